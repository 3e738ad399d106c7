"""Answers: what is said of a difference follows from it and its error, and the waterfall ends at the trial."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator import text
from simulator.lab.answer import Measured
from simulator.lab.measures import FEN, measure, unit_of
from simulator.lab.waterfall import PROFIT_PARTS, waterfall

values = st.integers(-(10**15), 10**15)
errors = st.floats(0, 1e12)


@given(values, values, errors)
def test_the_interval_holds_the_difference_and_the_verdict_follows(
    today: int, trial: int, error: float
) -> None:
    each = Measured(today, trial, error)
    assert each.low <= each.difference <= each.high
    assert each.difference - each.low >= 1.95 * error - abs(each.difference) * 1e-9
    if each.verdict == "up":
        assert each.difference > 0 and each.low >= 0
    elif each.verdict == "down":
        assert each.difference < 0 and each.high <= 0
    elif each.verdict == "same":
        assert (each.difference, each.low, each.high) == (0, 0, 0)
    else:
        assert each.low <= 0 <= each.high


@given(values, values)
def test_turning_the_policies_round_turns_the_verdict(today: int, trial: int) -> None:
    turned = {"up": "down", "down": "up", "same": "same", "not clear": "not clear"}
    error = abs(trial - today) / 3
    assert Measured(trial, today, error).verdict == turned[Measured(today, trial, error).verdict]


def test_a_change_that_cannot_matter_is_the_same_and_noise_is_not_clear() -> None:
    assert Measured(5, 5, 0.0).verdict == "same"
    assert Measured(5, 5, 2.0).verdict == "not clear"
    assert Measured(5, 6, 0.6).verdict == "not clear"
    assert Measured(5, 6, 0.5).verdict == "up"


def test_common_luck_is_worth_the_ratio_of_the_variances() -> None:
    assert Measured(5, 6, 0.5, 2.0).worth == 16
    assert Measured(5, 6, 0.5, 0.1).worth == 1
    assert Measured(5, 5, 0.0, 2.0).worth == 0
    assert Measured(5, 6, 0.5).worth == 0


@given(st.fixed_dictionaries({name: st.tuples(values, values) for name in PROFIT_PARTS}))
def test_the_waterfall_goes_from_one_profit_to_the_other(parts: dict[str, tuple[int, int]]) -> None:
    metrics = {name: Measured(*pair) for name, pair in parts.items()}
    today, trial = (sum(sign * parts[name][side] for name, sign in PROFIT_PARTS.items()) for side in (0, 1))
    metrics["profit_fen"] = Measured(today, trial)
    falls = waterfall(metrics)
    assert [fall.metric for fall in falls] == list(PROFIT_PARTS)
    assert falls[-1].after_fen == trial
    assert today + sum(fall.effect_fen for fall in falls) == trial


def test_every_part_of_profit_has_words_in_both_languages() -> None:
    for language in text.LANGUAGES:
        text.use(language)
        for name in (*PROFIT_PARTS, "profit_fen"):
            told = measure(name)
            assert told.meaning and told.title and unit_of(name) == FEN
            assert (measure(name).better or 0) == (PROFIT_PARTS.get(name, 1))

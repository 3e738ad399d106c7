"""Validation: targets and measures belong together, figures are pooled right, interventions do what they say."""

from __future__ import annotations

import re

import numpy as np
import pytest

from simulator import text
from simulator.codes import ACTIVE
from simulator.commands.validate_text import as_text
from simulator.engine import measures as m
from simulator.population.arms import EVERYBODY
from simulator.rules import events as e
from simulator.validation.measured import BESIDE, BESIDE_KEY, BETWEEN, PLAIN, results
from simulator.validation.parts import Part, percent, pooled
from simulator.validation.refit import fitted, meaning, monotone
from simulator.validation.report import GAUGE_CELLS, as_data, gauge, markdown, rows
from simulator.validation.scores import auc
from simulator.validation.targets import Target, targets
from simulator.validation.watch import Watched, standard, summed_between, town_of, warmed

PEOPLE = 300


def target(low: tuple[float, ...], high: tuple[float, ...]) -> Target:
    return Target("one", "fact", "事实", "how", low, high, "%", "somewhere", "某处")


def figure_count(told: Target) -> int:
    """How many figures a target has; one band may serve several."""
    return max(len(told.low), len(told.figures))


def test_every_target_has_a_measure_and_every_measure_a_target() -> None:
    assert {each.name for each in targets()} == set(PLAIN) | set(BETWEEN)
    assert all(each.source and each.source_zh and each.zh for each in targets())


@pytest.mark.parametrize("tongue", text.LANGUAGES)
def test_a_source_is_told_in_words_that_need_no_other_paper(tongue: str) -> None:
    text.use(tongue)
    for each in targets():
        assert not re.search(r"FACTS|RULES|§|\[|\bS\d", each.spoken_source), each.name
        assert (tongue == text.CHINESE) == bool(re.search("[\u4e00-\u9fff]", each.spoken_source))
    text.use(text.ENGLISH)


def test_bands_hold_what_lies_in_them() -> None:
    assert target((1.0,), (2.0,)).holds([1.0, 2.0, 2.1]) == [True, True, False]
    assert target((1.0, 5.0), (2.0, 6.0)).holds([1.5, 1.5]) == [True, False]


def test_seeds_are_pooled_by_sums() -> None:
    assert pooled([percent(1, 10), percent(9, 90)]) == pytest.approx(10.0)
    assert Part(1, 0).value == 0.0


def test_auc_counts_pairs() -> None:
    scores, bad = np.array([1, 2, 2, 3]), np.array([True, False, True, False])
    pairs = [(2, 1), (2, 2), (3, 1), (3, 2)]
    assert auc(scores, bad) == sum(1.0 if good > poor else 0.5 for good, poor in pairs) / len(pairs)


def test_sums_between_days_are_of_the_same_shopper() -> None:
    rows_ = np.array([[0, 5, 10], [0, 6, 20], [1, 6, 40]])
    who, after, until = np.array([0, 1, 0]), np.array([5, 5, 0]), np.array([6, 6, 100])
    assert summed_between(rows_, rows_[:, 2], who, after, until).tolist() == [20, 40, 30]


def test_the_fit_finds_what_a_bin_is_worth() -> None:
    rng = np.random.default_rng(3)
    first = rng.random(20_000) < 0.5
    good = rng.random(20_000) < np.where(first, 0.8, 0.5)
    bins = np.column_stack([first, ~first]).astype(float)
    level, weights = fitted(bins, np.zeros(20_000), good.astype(float))
    assert weights[0] - weights[1] == pytest.approx(np.log(4), abs=0.1)
    assert level + weights[1] == pytest.approx(0.0, abs=0.1)
    assert monotone([3.0, 1.0, 5.0], [0, 1, 2]) == [3, 3, 5]


def test_what_a_score_stands_for_is_read_off_the_outcomes() -> None:
    rng = np.random.default_rng(4)
    doublings = rng.uniform(-2.0, 4.0, 200_000)
    told = np.log(20) + doublings * np.log(2)
    true = np.log(10) + doublings * np.log(2) * 0.8
    good = rng.random(200_000) < 1 / (1 + np.exp(-true))
    odds, doubling = meaning(told, good.astype(float))
    assert odds == pytest.approx(10.0, rel=0.05) and doubling == pytest.approx(40 / 0.8, rel=0.05)


@pytest.mark.parametrize("value", [-100.0, 1.0, 1.5, 2.0, 100.0])
def test_a_gauge_shows_the_figure_and_the_band(value: float) -> None:
    shown = gauge(value, 1.0, 2.0)
    assert len(shown) == GAUGE_CELLS and shown.count("●") == 1
    inside = shown.index("●") in range(8, 17)
    assert inside == (1.0 <= value <= 2.0)


def test_a_report_names_every_target_measured() -> None:
    found = results([{each.name: [Part(1, 1)] * figure_count(each) for each in targets()}])
    assert len(found) == len(targets())
    told = markdown(found, 1)
    assert all(f"## {each.name}" in told for each in targets())
    assert all(len(rows(each, 1)) == figure_count(each.target) for each in found)
    assert as_data(found, 1)["of"] == len(targets())


def test_every_figure_of_a_target_with_several_is_called_something_and_has_a_unit() -> None:
    for each in targets():
        count = figure_count(each)
        assert len(each.figures) == len(each.figures_zh) == (count if count > 1 else 0), each.name
        assert not any("/" in unit for unit in each.units(count)), each.name


def two_seeds(first: float, second: float) -> str:
    """A report on the odds of 600 as two seeds of a hundred good ones each have them."""
    return markdown(results([{"score_odds": [Part(100, bad)]} for bad in (first, second)]), 2)


def test_a_spread_wider_than_its_band_is_explained_and_no_other() -> None:
    assert "The spread is wider than the band" in two_seeds(2, 20)
    assert "The spread is wider" not in two_seeds(5, 5)


@pytest.mark.parametrize("tongue", text.LANGUAGES)
def test_use_of_limits_is_told_by_both_definitions(tongue: str) -> None:
    text.use(tongue)
    found = results([{"agg_utilisation": [Part(30, 100, 100.0)], BESIDE_KEY.format("agg_utilisation"): [Part(whole, 200, 100.0)]} for whole in (36, 38)])
    for told in (markdown(found, 2), as_text(found, 2)):
        (line,) = [line for line in told.splitlines() if "18.5" in line]
        assert "30.0" in line and "simulate" in line
    assert as_data(found, 2)["targets"][0]["all_open_lines"] == 18.5
    assert set(BESIDE) == {"agg_utilisation"}
    text.use(text.ENGLISH)


def test_one_seed_has_no_spread() -> None:
    (one,) = results([{"full_share": [Part(7, 10, 100.0)]}])
    assert [row[:3] for row in rows(one, 1)] == [("", "70.0", "-")]
    told = markdown([one], 1)
    assert "one seed, which wavers" in told and "±" not in told and "seeds 1 to" not in told


@pytest.mark.slow
def test_interventions_change_what_they_say_and_nothing_before_their_day() -> None:
    policy = standard()
    people = warmed(town_of(1), PEOPLE, policy, 100)
    raised = people.copy()
    raised.set_town(town_of(1, arm=EVERYBODY, raise_ppm=300_000, arm_day=1))
    for each in (people, raised):
        each.live(policy, 0, 0)
    assert np.array_equal(people.accounts, raised.accounts)
    active = people.accounts["status"] == ACTIVE
    for each in (people, raised):
        each.live(policy, 1, 1)
    before, after = people.accounts["limit_fen"][active], raised.accounts["limit_fen"][active]
    assert active.any() and (after == before + before.astype(np.int64) * 300_000 // 1_000_000).all()
    none = warmed(town_of(1, arm=EVERYBODY, no_line=1), PEOPLE, policy, 100)
    assert not (none.accounts["status"] == ACTIVE).any()
    forced = warmed(town_of(1, arm=EVERYBODY, force=1), PEOPLE, policy, 100)
    assert (forced.accounts["opened_day"] > -900_000).sum() > (people.accounts["opened_day"] > -900_000).sum()


@pytest.mark.slow
def test_watching_keeps_the_same_sums_as_the_tally() -> None:
    policy = standard()
    seen = Watched(warmed(town_of(2), PEOPLE, policy, 100), policy, 2, events=True)
    assert len(seen.rows[e.STATEMENT_MADE]) == seen.flow(m.STATEMENTS, 0, 1)
    assert seen.rows[e.PURCHASE_AUTHORISED][:, 3].sum() == seen.flow(m.LINE_GMV, 0, 1)
    assert len(seen.rows[e.PAYMENT_MISSED]) == seen.flow(m.MISSED, 0, 1)
    assert seen.ends["exposure_fen"][1].sum() == seen.stock(m.EXPOSURE)[1]
    assert seen.ends["limit_fen"][1][seen.open_lines()[1]].sum() == seen.stock(m.LIMIT_TOTAL)[1]

"""What is said to the player is said rightly of another shopper, in both languages."""

from __future__ import annotations

import re

import pytest

from simulator.messages import is_told_beside, sentence
from simulator.messages.reasons import share_text
from simulator.person import of_another, said_of_another
from simulator.text import CATALOGUES, LANGUAGES, _, one_day, use
from tests.tui.lives import STATES, life

TO_THE_PLAYER = re.compile(r"\byou(r|rs|rself)?\b|[你您]", re.IGNORECASE)


@pytest.mark.parametrize(
    ("to_the_player", "of_another_one"),
    [
        ("You asked for a credit line.", "They asked for a credit line."),
        ("Others report you {actual} days late; {threshold} allowed.", "Others report them {actual} days late; {threshold} allowed."),
        ("{actual} days since you asked; {threshold} needed.", "{actual} days since they asked; {threshold} needed."),
        ("You have locked the line yourself.", "They have locked the line themselves."),
        ("{amount} was written off. It is still yours to pay.", "{amount} was written off. It is still theirs to pay."),
        ("A purchase waits for you", "A purchase waits for them"),
        ("Show that it is you.", "Show that it is them."),
        ("Your limit less what you use of it.", "Their limit less what they use of it."),
        ("你用掉的占额度的比例。", "TA用掉的占额度的比例。"),
    ],
)  # fmt: skip
def test_another_shopper_is_they(to_the_player: str, of_another_one: str) -> None:
    assert said_of_another(to_the_player) == of_another_one


def test_nothing_of_any_catalogue_still_speaks_to_the_player() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in CATALOGUES.glob("*.po"))
    assert TO_THE_PLAYER.search(texts)
    assert not TO_THE_PLAYER.search(said_of_another(texts))


@pytest.mark.parametrize(
    ("ppm", "told"), [(27_660, "2.8 %"), (25_000, "2.5 %"), (300_000, "30 %"), (299_999, "29.99 %"), (899_900, "89.99 %"), (500, "0.05 %")]
)  # fmt: skip
def test_a_share_has_one_decimal_and_never_seems_to_have_reached_a_bound(ppm: int, told: str) -> None:
    assert share_text(ppm) == told


@pytest.mark.parametrize(
    ("many", "one"), [("1 days, seed 1", "1 day, seed 1"), ("1 people, 11 days", "1 person, 11 days"), ("1 policies", "1 policy"),
                      ("21 days, 1.1 days", "21 days, 1.1 days")]
)  # fmt: skip
def test_one_of_a_kind_is_told_as_one(many: str, one: str) -> None:
    assert one_day(many) == one


@pytest.mark.parametrize("language", LANGUAGES)
def test_money_that_goes_says_what_for(language: str) -> None:
    """Not "It took …" of nobody knows what; and what an event of life tells is not told beside it again."""
    use(language)
    spent = {kind: {"event": "expenses_paid", "kind": kind, "amount_fen": 113_984} for kind in ("living", "shock", "other")}
    assert len({sentence(event) for event in spent.values()}) == len(spent)
    assert [kind for kind, event in spent.items() if is_told_beside(event)] == ["shock"]
    illness = {"event": "life_event", "kind": "illness", "figures": {"amount_fen": 381_785, "paid_fen": 381_785}}
    assert sentence(illness).count("3,817.85") == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_no_life_told_of_another_speaks_to_the_player(language: str, state: str) -> None:
    use(language)
    events = life(state).events
    with of_another():
        told = [sentence(event) for event in events]
    assert not TO_THE_PLAYER.search(" ".join(told))
    assert _("You asked for a credit line.") == ("You asked for a credit line." if language == "en" else "你申请了额度。")

"""What is said to the player is said rightly of another shopper, in both languages."""

from __future__ import annotations

import re

import pytest

from simulator.person import said_of_another
from simulator.text import CATALOGUES

TO_THE_PLAYER = re.compile(r"\byou(r|rs|rself)?\b|[你您]", re.IGNORECASE)


@pytest.mark.parametrize(
    ("to_the_player", "of_another_one"),
    [
        ("You asked to close the line.", "They asked to close the line."),
        ("Others report you {actual} days late; {threshold} allowed.", "Others report them {actual} days late; {threshold} allowed."),
        ("{actual} days since you asked; {threshold} needed.", "{actual} days since they asked; {threshold} needed."),
        ("You have locked the line yourself.", "They have locked the line themselves."),
        ("{amount} was written off. It is still yours to pay.", "{amount} was written off. It is still theirs to pay."),
        ("A purchase waits for you", "A purchase waits for them"),
        ("Show that it is you.", "Show that it is them."),
        ("Your limit less what you use of it.", "Their limit less what they use of it."),
        ("你用掉的占额度的比例。", "该用户用掉的占额度的比例。"),
    ],
)  # fmt: skip
def test_another_shopper_is_they(to_the_player: str, of_another_one: str) -> None:
    assert said_of_another(to_the_player) == of_another_one


def test_nothing_of_any_catalogue_still_speaks_to_the_player() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in CATALOGUES.glob("*.po"))
    assert TO_THE_PLAYER.search(texts)
    assert not TO_THE_PLAYER.search(said_of_another(texts))

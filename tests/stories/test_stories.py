"""Each story does what it says, and says enough."""

from __future__ import annotations

import re

import pytest

from simulator import text
from simulator.messages import sentence
from simulator.story import load_story, story_names, story_path
from tests.stories.runs import run, steps_of

FIGURE = re.compile(r"\d[\d,]*\.\d\d")
MOST_CAPTION_WORDS = 12


def test_there_are_stories_enough() -> None:
    """The life of an account takes more than a few."""
    assert len(story_names()) >= 22


@pytest.mark.parametrize("name", story_names())
def test_story_passes(name: str) -> None:
    """Every expectation holds, and no rule tried a transition outside the table."""
    assert run(name).failures == []
    assert run(name).faults == 0


@pytest.mark.parametrize("name", story_names())
def test_story_ends_in_expectations(name: str) -> None:
    """The last step pins status, exposure and cash."""
    last = steps_of(name)[-1]
    assert last["do"] == "expect"
    assert {"status", "exposure_fen", "cash_fen"} <= last.keys()


@pytest.mark.parametrize("name", story_names())
def test_story_shows_its_sums(name: str) -> None:
    """At least three figures stand in comments, worked out by hand."""
    lines = story_path(name).read_text(encoding="utf-8").splitlines()
    comments = " ".join(line for line in lines if line.startswith("#"))
    assert len(set(FIGURE.findall(comments))) >= 3


@pytest.mark.parametrize("name", story_names())
def test_captions_are_short(name: str) -> None:
    """A caption fits one line of the screen."""
    for step in steps_of(name):
        if step["do"] == "caption":
            assert len(step["text"].split()) <= MOST_CAPTION_WORDS


@pytest.mark.parametrize("name", story_names())
def test_title_and_captions_are_told_in_chinese_too(name: str) -> None:
    """And a story keeps the same events in every language."""
    told = [load_story(name).title, *(step["text"] for step in steps_of(name) if step["do"] == "caption")]
    try:
        text.use("zh")
        assert [each for each in told if text._(each) == each] == []
        caption = {"event": "caption", "text": told[-1]}
        assert sentence(caption) == text._(told[-1]) and caption["text"] == told[-1]
    finally:
        text.use("en")

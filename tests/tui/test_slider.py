"""The slider: keys, mouse and typing reach what they should, and a held key tells only the newest value."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from simulator.policy.ranges import Range
from tests.tui.on_screen import screen_rows
from tui.themes import THEMES
from tui.widgets.slider import Slider, Track

RANGE = Range(400, 700, 5, 50)


def read(text: str) -> int:
    """A whole number up to 1000."""
    if not text.isdigit():
        raise ValueError(f"{text} is no number.")
    return int(text)


def track(labels: tuple[str, ...] = ()) -> Track:
    """A track from 400 to 700 in steps of 5, today at 550; or a few labels."""
    ends = Range(0, len(labels) - 1, 1, 1) if labels else RANGE
    return Track(
        ends.low, ends.high, ends.step, ends.leap, 1 if labels else 550,
        lambda value: labels[value] if labels else str(value), read,
        lambda value, steps: ends.moved(value, steps, (0, 600)), "points", labels,
    )  # fmt: skip


class SliderApp(App[None]):
    """A slider alone, and what it told."""

    def __init__(self, shown: Track) -> None:
        """What it slides over."""
        super().__init__()
        self.shown = shown
        self.told: list[Any] = []
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dark"

    def compose(self) -> ComposeResult:
        """The slider."""
        yield Slider()

    def on_mount(self) -> None:
        """At today's value, with the keys."""
        self.slider.show(self.shown, self.shown.today)
        self.slider.focus()

    @property
    def slider(self) -> Slider:
        """The slider."""
        return self.query_one(Slider)

    def on_slider_changed(self, message: Slider.Changed) -> None:
        """A value was told."""
        self.told.append(message.value)

    def on_slider_refused(self, message: Slider.Refused) -> None:
        """Something typed cannot be."""
        self.told.append(message.sentence)


@asynccontextmanager
async def sliding(labels: tuple[str, ...] = ()) -> AsyncIterator[tuple[SliderApp, Pilot[None]]]:
    """An app with a slider."""
    app = SliderApp(track(labels))
    async with app.run_test(size=(80, 3)) as pilot:
        await pilot.pause()
        yield app, pilot


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (["left"], 545),
        (["right", "right"], 560),
        (["shift+left"], 500),
        (["pageup"], 600),
        (["pagedown"], 500),
        (["home"], 400),
        (["end"], 600),
        (["5", "3", "3", "enter"], 533),
        (["enter", "5", "3", "3", "enter", "right"], 535),
        (["5", "3", "3", "enter", "left"], 530),
        (["5", "3", "escape"], 550),
        (["5", "4", "backspace", "3", "1", "enter"], 531),
        (["4", "0", "ctrl+a", "5", "enter"], 540),
        (["6", "5", "0", "left", "left", "ctrl+k", "0", "0", "enter"], 600),
        (["1", "5", "4", "0", "home", "delete", "end", "backspace", "5", "enter"], 545),
        (["5", "5", "left", "ctrl+u", "4", "0", "right", "5", "backspace", "ctrl+e", "enter"], 405),
    ],
)
async def test_keys_reach_their_values(keys: list[str], value: int) -> None:
    async with sliding() as (app, pilot):
        await pilot.press(*keys)
        await pilot.pause()
        assert app.slider.value == value
        assert app.told == [] or app.told[-1] == value
        assert str(value) in screen_rows(app)[0]


async def test_what_cannot_be_typed_stays_to_be_mended() -> None:
    async with sliding() as (app, pilot):
        await pilot.press("5", "x", "enter")
        assert app.told == ["5x is no number."]
        assert app.slider.value == 550 and "5x" in screen_rows(app)[0]
        await pilot.press("backspace", "0", "0", "enter")
        assert app.slider.value == 500 and app.slider.typing is None


async def test_both_values_and_the_way_between_are_drawn() -> None:
    async with sliding() as (app, pilot):
        assert "[]" in screen_rows(app)[0] and "(today 550)" in screen_rows(app)[0]
        await pilot.press("shift+left")
        row = screen_rows(app)[0]
        assert row.index("[]") < row.index("=") < row.index("|")
        assert "500 (today 550)" in row


async def test_the_mouse_slides_and_is_let_go() -> None:
    async with sliding() as (app, pilot):
        start, room = app.slider._room(app.shown)
        await pilot.mouse_down(Slider, offset=(start, 0))
        await pilot.pause()
        assert app.slider.value == 400
        await pilot.hover(Slider, offset=(start + room // 2, 0))
        await pilot.pause()
        assert abs(app.slider.value - 550) <= 10
        await pilot.mouse_up(Slider, offset=(start + room // 2, 0))
        stood = app.slider.value
        await pilot.hover(Slider, offset=(start + 2, 0))
        await pilot.pause()
        assert app.slider.value == stood


async def test_a_choice_shows_its_names_and_takes_keys_and_clicks() -> None:
    async with sliding(("none", "some", "all")) as (app, pilot):
        assert "( ) none   (o) some |   ( ) all" in screen_rows(app)[0]
        await pilot.press("right", "right")
        assert app.slider.value == 2
        await pilot.click(Slider, offset=(3, 0))
        assert app.slider.value == 0


async def test_a_held_key_tells_the_newest_value_and_few_others() -> None:
    """Many keys before anybody listens: the messages of all but the last are taken back."""
    async with sliding() as (app, pilot):
        app.slider.action_edge(-1)
        for _key in range(30):
            app.slider.move(1)
        await pilot.pause()
        assert app.slider.value == 550
        assert app.told[-1] == 550 and len(app.told) < 10


@given(st.integers(0, 1_000), st.integers(-80, 80), st.integers(0, 550), st.integers(550, 1_000))
def test_steps_stay_within_the_range_and_what_is_allowed(value: int, steps: int, low: int, high: int) -> None:
    moved = RANGE.moved(value, steps, (low, high))
    if steps:
        assert max(400, low) <= moved <= min(700, high)
        assert moved % 5 == 0 or moved in (low, high)
    else:
        assert moved == value


@given(st.integers(400, 700), st.integers(1, 60))
def test_as_many_steps_back_as_on_come_back_to_a_whole_step(value: int, steps: int) -> None:
    on = RANGE.moved(value - value % 5, steps, (0, 1_000))
    if on < 700:
        assert RANGE.moved(on, -steps, (0, 1_000)) == value - value % 5

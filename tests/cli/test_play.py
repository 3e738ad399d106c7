"""`play` and `demo`: what reaches the app, and what is said where no app can open."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tui import console
from tui.market_runner import A_DAY, A_MONTH, MAX, PAUSED

Asked = list[dict[str, Any]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Stands in for the app; what it was asked to open."""
    asked: Asked = []
    monkeypatch.setattr(console, "open_app", lambda **given: asked.append(given))
    return asked


def test_without_a_command_the_app_opens(run: Run, opened: Asked) -> None:
    assert run().status == 0
    assert opened == [{}]


def test_play_hands_on_what_was_asked(run: Run, opened: Asked, tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    told = run(
        "play",
        "--save",
        str(path),
        "--policy",
        "cautious",
        "--seed",
        "7",
        "--lang",
        "zh",
        "--screen",
        "market",
        "--speed",
        "max",
        "--shoppers",
        "5000",
        "--warm-up",
        "90",
    )

    assert told.status == 0
    assert opened == [
        {"save": path, "policy": "cautious", "seed": 7, "lang": "zh", "screen": "market", "speed": MAX,
         "shoppers": 5_000, "warm_up_days": 90}
    ]  # fmt: skip


def test_speeds_of_the_market_are_the_runners() -> None:
    assert console.SPEEDS == {"paused": PAUSED, "1": A_DAY, "30": A_MONTH, "max": MAX}


def test_play_opens_nothing_where_anything_is_wrong(run: Run, opened: Asked, tmp_path: Path) -> None:
    faults = run(
        "play",
        "--save",
        str(tmp_path),
        "--seed",
        "-1",
        "--lang",
        "fr",
        "--screen",
        "cellar",
        "--speed",
        "2",
        "--shoppers",
        "0",
        "--warm-up",
        "-1",
        "--policy",
        "nowhere",
    ).faults

    assert [fault.split()[0] for fault in faults[1:7]] == [
        "--seed", "--lang", "--screen", "--speed", "--shoppers", "--warm-up",
    ]  # fmt: skip
    assert len(faults) == 8
    assert opened == []


def test_demo_takes_a_story_by_name_or_file(run: Run, opened: Asked) -> None:
    assert run("demo").status == 0
    assert run("demo", "instalments", "--kiosk").status == 0
    assert opened == [{"story": console.FIRST_STORY, "kiosk": False}, {"story": "instalments", "kiosk": True}]


def test_without_a_terminal_the_app_says_so(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    with (tmp_path / "keys").open("w+") as file:
        monkeypatch.setattr(sys, "__stdin__", file)
        told = run("play")

    assert (told.status, told.out) == (1, "")
    assert told.err == "The app needs a terminal; `whiteslip story` needs none.\n"


@pytest.mark.parametrize(
    ("environment", "after"),
    [
        ({"TERM_PROGRAM": "iTerm.app"}, "1"),
        ({"TERM_PROGRAM": "iTerm.app", "TEXTUAL_DISABLE_KITTY_KEY": "0"}, "0"),
        ({"TERM_PROGRAM": "iTerm.app", "TMUX": "/tmp/tmux"}, None),
        ({"TERM_PROGRAM": "vscode"}, None),
        ({}, None),
    ],
)
def test_under_iterm2_input_methods_stay_whole(environment: dict[str, str], after: str | None) -> None:
    console.keep_input_methods_whole(environment)

    assert environment.get("TEXTUAL_DISABLE_KITTY_KEY") == after


@pytest.mark.parametrize(("environment", "after"), [({}, "120"), ({"TEXTUAL_FPS": "30"}, "30")])
def test_what_changed_is_drawn_soon_unless_the_user_says_otherwise(environment: dict[str, str], after: str) -> None:
    console.draw_soon(environment)

    assert environment["TEXTUAL_FPS"] == after

"""The console script: every command of the simulator, and those that open the app.

Textual is imported by `play` and `demo` alone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from simulator import text
from simulator.cli import app, run
from simulator.commands.faults import CommandFault
from simulator.text import _

SCREENS = ("home", "shop", "bills", "limit", "account", "inbox", "money")


@app.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Whiteslip, a flight simulator for shopping on credit. Not a lender: no real money, no real people."""
    if context.invoked_subcommand is None:
        open_app()


@app.command()
def play(
    save: Annotated[str | None, typer.Option(help="The save to play; made if absent.")] = None,
    policy: Annotated[str | None, typer.Option(help="The lender's policy of a new life.")] = None,
    seed: Annotated[int | None, typer.Option(help="The seed of a new life.")] = None,
    lang: Annotated[str | None, typer.Option(help="en or zh.")] = None,
    screen: Annotated[str | None, typer.Option(help="The screen to open: home, shop, bills, limit …")] = None,
) -> None:
    """Open the app on the last save, or on a new game."""
    faults = []
    if lang is not None and lang not in text.LANGUAGES:
        faults.append(_("--lang: en or zh."))
    if screen is not None and screen not in SCREENS:
        faults.append(_("--screen: one of {screens}.").format(screens=", ".join(SCREENS)))
    if seed is not None and seed < 0:
        faults.append(_("--seed: a whole number from 0."))
    if policy is not None:
        faults += _policy_faults(policy)
    if faults:
        raise CommandFault(faults)
    open_app(save=Path(save) if save else None, policy=policy, seed=seed, lang=lang, screen=screen)


@app.command()
def demo(
    source: Annotated[str, typer.Argument(metavar="NAME_OR_FILE", help="A story of ours, or a file.")] = "first-months",
    kiosk: Annotated[bool, typer.Option("--kiosk", help="Start again when nobody touches a key.")] = False,
) -> None:
    """Play a story by itself in the app."""
    from simulator.story import StoryError, load_story

    try:
        load_story(source)
    except StoryError as error:
        raise CommandFault(error.faults) from error
    open_app(story=source, kiosk=kiosk)


def _policy_faults(name: str) -> list[str]:
    from simulator.policy.faults import PolicyError
    from simulator.policy.load import load_policy

    try:
        load_policy(name)
    except PolicyError as error:
        return error.faults
    return []


def open_app(
    save: Path | None = None,
    policy: str | None = None,
    seed: int | None = None,
    lang: str | None = None,
    screen: str | None = None,
    story: str | None = None,
    kiosk: bool = False,
) -> None:
    """Open the app. iTerm2 loses what an input method commits under the newer key protocol."""
    if os.environ.get("TERM_PROGRAM") == "iTerm.app" and "TMUX" not in os.environ:
        os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    from tui.app import run_app

    run_app(save=save, policy=policy, seed=seed, lang=lang, screen=screen, story=story, kiosk=kiosk)


def main() -> None:
    """The console script."""
    sys.exit(run())


if __name__ == "__main__":
    main()

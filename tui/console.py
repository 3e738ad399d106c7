"""The console: every command of the simulator, and those that open the app.

Textual is imported by `play` and `demo` alone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from simulator import __version__, cli
from simulator.commands.faults import FAILED, CommandFault
from simulator.text import _

SCREENS = ("home", "shop", "bills", "limit", "account", "inbox", "money", "market", "explorer", "lab")
SPEEDS = {"paused": 0, "1": 1, "30": 30, "max": -1}
"""Days a second of the market; the runner's numbers."""
FIRST_STORY = "first-bill"


def _tell_version(asked: bool) -> None:
    """Do so and no more."""
    if asked:
        print(f"whiteslip {__version__}")
        raise typer.Exit


@cli.app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    _version: Annotated[bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Without a command, the app opens on the last save, or on a new life."""
    if context.invoked_subcommand is None:
        open_app()


@cli.app.command()
def play(
    save: Annotated[
        str | None, typer.Option(metavar="FILE", help="The save to play; made if absent.")
    ] = None,
    policy: Annotated[
        str | None, typer.Option(metavar="P", help="The lender's policy in a new life.")
    ] = None,
    seed: Annotated[str | None, typer.Option(metavar="N", help="The seed of a new life.")] = None,
    lang: Annotated[str | None, typer.Option(metavar="en|zh", help="The language.")] = None,
    screen: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="home, shop, bills, limit, account, inbox, money, market, explorer or lab."
        ),
    ] = None,
    speed: Annotated[
        str | None,
        typer.Option(metavar="paused|1|30|max", help="Days a second that the market lives at first."),
    ] = None,
    shoppers: Annotated[str | None, typer.Option(metavar="N", help="How many people the market has.")] = None,
    warm_up: Annotated[
        str | None, typer.Option("--warm-up", metavar="DAYS", help="Days that the market lived before day 0.")
    ] = None,
) -> None:
    """Open the app on the last save, or on a new life."""
    from simulator.commands.market_options import MOST_SHOPPERS, MOST_WARM_UP
    from simulator.commands.typed import Typed, shown

    typed = Typed()
    path = Path(save) if save is not None else None
    if path is not None and os.path.isdir(path):
        typed.faults.append(_("{given} is a folder; name a file.").format(given=shown(str(path))))
    chosen_seed = typed.seed(seed)
    typed.language(lang)
    typed.one_of("--screen", screen, SCREENS)
    typed.one_of("--speed", speed, tuple(SPEEDS))
    market = typed.whole("--shoppers", shoppers, 1, MOST_SHOPPERS)
    days = typed.whole("--warm-up", warm_up, 0, MOST_WARM_UP)
    if policy is not None:
        typed.policy(policy)
    typed.check()
    open_app(
        save=path, policy=policy, seed=chosen_seed, lang=lang, screen=screen, speed=SPEEDS[speed or "paused"],
        shoppers=market, warm_up_days=days,
    )  # fmt: skip


@cli.app.command()
def demo(
    source: cli.Story = FIRST_STORY,
    kiosk: Annotated[bool, typer.Option("--kiosk", help="Start again when nobody touches a key.")] = False,
) -> None:
    """Play a story by itself in the app."""
    from simulator.story import StoryError, load_story

    try:
        load_story(source)
    except StoryError as error:
        raise CommandFault(error.faults) from error
    open_app(story=source, kiosk=kiosk)


def open_app(**asked: Any) -> None:
    """Open the app with what was asked for."""
    if not _has_screen():
        raise CommandFault([_("The app needs a terminal; `whiteslip story` needs none.")], FAILED)
    keep_input_methods_whole(os.environ)
    draw_soon(os.environ)
    from tui.app import run_app

    status = run_app(**asked)
    if status:
        raise typer.Exit(status)


def _has_screen() -> bool:
    """Whether there is a terminal to draw on and to read keys from; a driver of one's own counts as one."""
    streams = (sys.__stdin__, sys.__stderr__)
    return "TEXTUAL_DRIVER" in os.environ or all(stream is not None and stream.isatty() for stream in streams)


def keep_input_methods_whole(environment: Any) -> None:
    """iTerm2's newer key protocol loses what an input method commits; tmux and the user's word go first."""
    if environment.get("TERM_PROGRAM") == "iTerm.app" and "TMUX" not in environment:
        environment.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")


def draw_soon(environment: Any) -> None:
    """What changed is drawn within 8 ms, where the toolkit by itself may wait for 17; the user's word goes first."""
    environment.setdefault("TEXTUAL_FPS", "120")


def run() -> int:
    """Run the command line that was typed; the exit status."""
    return cli.run()

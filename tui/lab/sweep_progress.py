"""Progress of a sweep in words: how far it is, how long it still takes, and what the keys do to it."""

from __future__ import annotations

from simulator.text import _, in_percent
from tui.keys import keyed
from tui.lab.sweep_desk import Work
from tui.lab.sweep_form import time_text
from tui.widgets.cells import Line, bar, words, wrapped

BAR = 24


def progress_lines(work: Work, width: int) -> list[Line]:
    """Nothing where nothing was begun."""
    match work.stage:
        case "loading":
            return [[words(_("Loading the engine ..."), role="accent")]]
        case "compiling":
            told = _("Making the Lab ready: the first time on a computer this takes a minute or two.")
            return wrapped(told, width, "accent")
        case "running":
            return [_running(work)]
        case "stopped":
            told = _("Stopped at {percent} %. What is done is kept: {key_g} goes on, here or another day.")
            return wrapped(keyed(told, percent=work.percent), width, "watch")
        case "failed":
            return wrapped(work.fault or _("It could not be worked out."), width, "bad")
    return []


def _running(work: Work) -> Line:
    """A bar, percent, and the time that is left."""
    left = "" if work.seconds_left is None else _("about {time} left").format(time=time_text(work.seconds_left))
    return [
        *bar(1_000_000 * work.done // max(1, work.of), BAR, "accent"), words(f"  {in_percent(work.percent)}  "), words(left, role="muted"),
        words("   " + keyed(_("{key_g} stop"))),
    ]  # fmt: skip

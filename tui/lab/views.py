"""Views of the Lab's answer: their names and keys, and what each shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from simulator.lab.answer import Answer, SwapShopper
from simulator.lab.mine import Mine
from simulator.lab.words import count_text
from simulator.policy.spoken import excess_text, nobody_text
from simulator.policy.warned import approves_nobody
from simulator.text import _, sentences
from tui.keys import key_as_set, keyed
from tui.lab.fairness import fairness_view
from tui.lab.keys import VIEWS, LabKeys
from tui.lab.money import money_view
from tui.lab.people import people_view
from tui.lab.risk import risk_view
from tui.lab.short import MILLION, done_text, short_view
from tui.lab.state import LabState
from tui.lab.swap import swap_view
from tui.widgets.cells import Cell, Line, words, wrapped

BROAD = 90
"""From so many columns on there is room to say in a sentence since when a trial holds."""
MOST_EXCESSES = 2
"""So many values above the legal cap are told over an answer."""


class Ways(NamedTuple):
    """What Enter does in the views."""

    lives: Callable[[SwapShopper], object]
    choose_fair: Callable[[], object]


def view_title(view: str) -> str:
    """A view's name."""
    return {
        "short": _("In short"),
        "money": _("Money"),
        "risk": _("Risk"),
        "people": _("People"),
        "fairness": _("Fairness"),
        "swap": _("Swap set"),
        "me": _("Me"),
    }[view]


def views_line(here: str, acts: Sequence[Callable[[], object]], room: int) -> Line:
    """The views, each with its key; the one that is seen stands out. The sweep, behind them, is a place of its own."""
    titles = [*(view_title(view) for view in VIEWS), _("Sweep")]
    texts = [f"{key_as_set(str(place), LabKeys)} {title}" for place, title in enumerate(titles, 1)]
    gap = "  " if sum(map(cell_len, texts)) + 2 * len(texts) - 2 <= room else " "
    line: Line = []
    for place, (text, act) in enumerate(zip(texts, acts, strict=True)):
        seen = place == VIEWS.index(here)
        line += [Cell(text, role="accent" if seen else "muted", bold=seen, action=act), words(gap)]
    return line[:-1]


def answer_lines(
    state: LabState, answer: Answer, of_what: str, under_way: str, mine: Mine | None, width: int, plain: bool, ways: Ways,
    seconds: int = 0,
) -> list[Line]:  # fmt: skip
    """What the answer is of, what is still under way, and the view of it."""
    if answer.done_ppm < MILLION:
        of_what += "   " + done_text(answer, seconds)
    head = wrapped(of_what, width, "muted")
    if width >= BROAD:
        head += wrapped(_since_when(answer), width, "muted")
    if answer.done_ppm < MILLION:
        told = _("Amounts and counts are of these first {people} people alone, and grow as more are asked.")
        head += wrapped(told.format(people=count_text(answer.shoppers)), width, "watch")
    if answer.done_ppm < MILLION and under_way:
        head += wrapped(under_way, width, "muted")
    for each in state.draft.excesses[:MOST_EXCESSES]:
        head += wrapped("[!] " + excess_text(each), width, "bad")
    if more := len(state.draft.excesses[MOST_EXCESSES:]):
        head += wrapped("[!] " + _("{count} more above the legal cap; the menu shows them under what is changed.").format(count=more), width, "bad")
    if approves_nobody(state.draft.policy):
        head += wrapped("[!] " + nobody_text(), width, "bad")
    if not state.draft.changes:
        head += wrapped(_("Nothing is changed yet: move a value with left and right."), width, "accent")
    return [*head, *_view(state, answer, mine, width, plain, ways)]


def _since_when(answer: Answer) -> str:
    """Which of the two ways of holding a trial against today is meant."""
    if answer.timeline == "from_today":
        return _("The trial holds from that day on; what was before stays. The menu has it as if always.")
    return _("Both policies hold since everybody's first day. The menu has it from today on.")


def _view(state: LabState, answer: Answer, mine: Mine | None, width: int, plain: bool, ways: Ways) -> list[Line]:
    match state.view:
        case "money":
            return money_view(answer, width)
        case "risk":
            return risk_view(answer, width, plain)
        case "people":
            return people_view(answer, width)
        case "fairness":
            return fairness_view(answer, width, state.fair, ways.choose_fair)
        case "swap":
            return swap_view(answer, width, ways.lives)
    return short_view(answer, mine if state.draft.changes else None, width, ways.lives)


def waiting_lines(state: str, under_way: str, width: int, seconds: int) -> list[Line]:
    """What the first answer waits for, by the estimator's state, and for how long it has."""
    told = under_way or _("Asking the first people; the first answer on a machine may take half a minute.")
    if state == "loading":
        told = keyed(_("Making the Lab ready: its rules are loaded. You can go elsewhere meanwhile; {key_7} shows your own life under the trial."), LabKeys)
    elif state == "compiling":
        told = keyed(_("Making the Lab ready: the first time on a computer this takes a minute or two. You can go elsewhere meanwhile; {key_7} shows your own life under the trial."), LabKeys)
    return wrapped(sentences(told, _("{seconds} s so far.").format(seconds=seconds)), width, "muted")

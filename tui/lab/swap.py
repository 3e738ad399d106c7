"""Swap set: shoppers by name whom the two policies treat differently; Enter opens both of their lives."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len

from simulator.lab.answer import Answer, SwapShopper
from simulator.lab.words import count_text
from simulator.money import money
from simulator.population.names import name_of
from simulator.text import _, language, one_day, sentences
from tui.keys import keyed
from tui.lab.keys import LabKeys
from tui.widgets.cells import Cell, Line, blank, heading, words, wrapped

KINDS = ("only_challenger", "only_champion", "limit", "life")
NAME, WHO, LIMITS = 16, 29, 24
"""Cells of the columns, so wide that the longest leave two free."""


def swap_view(answer: Answer, width: int, opens: Callable[[SwapShopper], object]) -> list[Line]:
    """How many each policy alone approves, then people of each kind."""
    swap = answer.swap
    hint = sentences(
        keyed(_("{key_Tab} goes to the names; Enter on one shows both lives side by side."), LabKeys),
        _("A score is that of the decision where one policy alone approves; elsewhere it is today's at the end."),
    )
    hints = wrapped(hint, width, "muted") if swap.shoppers else []
    lines: list[Line] = [*wrapped(swap_counts(answer), width), *hints, blank()]
    for kind in KINDS:
        people = [each for each in swap.shoppers if each.kind == kind]
        if people:
            lines.append(heading(_title(kind)))
            for each in people:
                lines += person_lines(each, width, opens)
            lines.append(blank())
    if not swap.shoppers:
        lines += wrapped(_("Both policies treat everybody alike so far."), width, "muted")
    return lines


def swap_counts(answer: Answer) -> str:
    """How many each policy alone approves."""
    return _("Only the trial approves {challenger}; only today's policy {champion}.").format(
        challenger=count_text(answer.swap.only_challenger), champion=count_text(answer.swap.only_champion)
    )


def _title(kind: str) -> str:
    return {
        "only_challenger": _("ONLY THE TRIAL APPROVES"),
        "only_champion": _("ONLY TODAY'S POLICY APPROVES"),
        "limit": _("LIMITS MOVED MOST"),
        "life": _("LIVES THAT WENT APART MOST"),
    }[kind]


def person_lines(each: SwapShopper, width: int, opens: Callable[[SwapShopper], object]) -> list[Line]:
    """Name, number and score; what each policy gave and what came of it."""
    name = name_of(each.surname, each.given, language())
    fens = each.champion_limit_fen, each.challenger_limit_fen
    limits = " -> ".join(money(fen) if has else _("no line") for fen, has in zip(fens, each.has_lines, strict=True))
    outcome = _outcome(each)
    first: Line = [
        Cell(name, NAME, action=lambda: opens(each)),
        words(_("no. {number}, {age}, score {score}").format(number=count_text(each.shopper), age=each.age, score=each.score), WHO, role="muted"),
        words(limits, LIMITS),
    ]  # fmt: skip
    used = NAME + WHO + LIMITS
    if used + cell_len(outcome) <= width:
        return [[*first, words(outcome, role="muted")]]
    return [first, [words(" " * NAME + outcome, role="muted")]]


def _outcome(each: SwapShopper) -> str:
    today, trial = _conduct(each.champion_worst_dpd), _conduct(each.challenger_worst_dpd)
    had, has = each.has_lines
    if not had:
        return _("under the trial {conduct}").format(conduct=trial)
    if not has:
        return _("under today's {conduct}").format(conduct=today)
    if today == trial:
        return _("under both {conduct}").format(conduct=today)
    return _("today {today}, trial {trial}").format(today=today, trial=trial)


def _conduct(worst_dpd: int) -> str:
    return one_day(_("{days} days late").format(days=worst_dpd)) if worst_dpd else _("never late")

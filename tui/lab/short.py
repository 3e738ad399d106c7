"""In short: the few measures that matter most, whom the policies part, and what becomes of the player."""

from __future__ import annotations

from collections.abc import Callable

from simulator.lab.answer import Answer, SwapShopper
from simulator.lab.mine import Mine
from simulator.text import _
from tui.keys import keyed
from tui.lab.keys import LabKeys
from tui.lab.money import waterfall_lines
from tui.lab.swap import person_lines, swap_counts
from tui.lab.tables import metric_rows, table
from tui.widgets.cells import Line, blank, wrapped

FIRST = (
    "approval_ppm", "approved", "exposure_fen", "profit_fen", "dpd90_plus_ppm", "over_indebted", "leavers", "complaints",
)  # fmt: skip
BELOW = ("approval_ppm", "exposure_fen", "profit_fen", "dpd90_plus_ppm")
"""What stands below the values, where the answer itself is behind them."""
PEOPLE, MILLION = 2, 1_000_000


def short_view(
    answer: Answer, mine: Mine | None, width: int, opens: Callable[[SwapShopper], object]
) -> list[Line]:
    """A few measures, two people, the player, and the way from one profit to the other."""
    lines = table(_("IN SHORT"), metric_rows(answer.metrics, FIRST), width)
    lines += wrapped(swap_counts(answer), width)
    others = {each.shopper: each for each in reversed(answer.swap.shoppers)}
    for each in sorted(others.values(), key=answer.swap.shoppers.index)[:PEOPLE]:
        lines += person_lines(each, width, opens)
    if mine is not None:
        lines += wrapped(_mine_words(mine), width, "accent")
    return [*lines, blank(), *waterfall_lines(answer, width)]


def done_text(answer: Answer, seconds: int) -> str:
    """How much of the whole is answered, and that more is worked on."""
    told = _("done {percent} %").format(percent=answer.done_ppm // 10_000)
    return _("{done}, more are asked: {seconds} s so far").format(done=told, seconds=seconds) if seconds else told


def effect_lines(answer: Answer, unanswered: str, width: int, seconds: int = 0) -> list[Line]:
    """The first few measures alone, for below the values; why they are still of an older trial, or that they are of
    some people.
    """
    title = _("IN SHORT")
    if unanswered:
        title += "   " + unanswered
    elif answer.done_ppm < MILLION:
        title += "   " + done_text(answer, seconds)
    return table(title, metric_rows(answer.metrics, BELOW), width)


def _mine_words(mine: Mine) -> str:
    if mine.twin.parting() is None:
        return _("You: the same life.")
    moved = [
        figure
        for figure in mine.figures
        if figure.name == "limit_fen" and figure.champion != figure.challenger
    ]
    return (
        keyed(_("You: another limit, another life; {key_7} shows it."), LabKeys)
        if moved
        else keyed(_("You: the same limit, another life; {key_7} shows it."), LabKeys)
    )

"""Vintages: lines by the month in which they were opened, followed by age; under both policies where these differ."""

from __future__ import annotations

from rich.cells import cell_len

from simulator.lab.answer import Answer, Vintage
from simulator.lab.words import PERCENT_PPM, decimal_text, rounded
from simulator.text import _
from tui.widgets.cells import Cell, Line, amount, words

MONTH, WHOSE, SIDES = 8, 7, 2


def vintage_table(answer: Answer, width: int) -> list[Line]:
    """For each month of opening the share ever over 90 days late at each age, as far as months have passed.

    The first ages, when nobody can be so late yet, are left out; so are the next ones where the width asks for it.
    """
    late = [each.age for each in answer.vintages if each.ever_90.champion or each.ever_90.challenger]
    if not late:
        return []
    told = [_shares(each) for each in answer.vintages]
    room = 1 + max(len(text) for pair in told for text in pair)
    ages = range(min(late), 1 + max(each.age for each in answer.vintages))[-((width - MONTH - WHOSE) // room) :]
    found = dict(zip(((each.opened, each.age) for each in answer.vintages), told, strict=True))
    lines: list[Line] = [
        [Cell(_("EVER OVER 90 DAYS LATE, % of the lines opened in a month"), bold=True)],
        [words(_("opened"), MONTH + WHOSE, role="muted"), *(amount(str(age), None, room, "muted") for age in ages),
         words("  " + _("months later"), role="muted")],
    ]  # fmt: skip
    if sum(cell_len(cell.fitted()) for cell in lines[1]) > width:
        lines[1].pop()
    for month in dict.fromkeys(opened for opened, age in found if age in ages):
        lines += _rows(month, [age for age in ages if (month, age) in found], found, room)
    return lines


def _rows(month: str, ages: list[int], found: dict[tuple[str, int], tuple[str, str]], room: int) -> list[Line]:
    """A month's row for each policy, or one for both where no share differs."""
    sides = [[found[month, age][side] for age in ages] for side in range(SIDES)]
    alike = sides[0] == sides[1]
    names = [(_("both"), "ink")] if alike else [(_("today"), "muted"), (_("trial"), "accent")]
    return [
        [words("" if side else month, MONTH), words(name, WHOSE, role=role),
         *(amount(text, f"lab:vintage:{month}:{age}", room, role) for age, text in zip(ages, sides[side], strict=True))]
        for side, (name, role) in enumerate(names)
    ]  # fmt: skip


def _shares(each: Vintage) -> tuple[str, str]:
    """The shares under both policies in per cent."""
    today, trial = (
        decimal_text(rounded(ppm, PERCENT_PPM)) for ppm in (each.ever_90.champion, each.ever_90.challenger)
    )
    return today, trial

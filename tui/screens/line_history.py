"""What became of a line: the statuses that it passed through, and how its limit moved, each step with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from simulator import codes
from simulator.calendar import Calendar
from simulator.messages import status_mark, status_text
from simulator.money import money
from simulator.text import _, date_text, one_day
from simulator.views import LimitChange, glance, limit_view
from simulator.views.history import Stay, stays, store_record
from simulator.world import World
from tui.screens.money_charts import debt_chart
from tui.widgets.cells import Cell, Line, amount, blank, heading, words, wrapped
from tui.widgets.chart import HEIGHT, step_chart

STATUS, DAYS, BOUGHT, WHAT = 17, 11, 18, 26
ROOMY, HIGHEST = 12, 13
"""Rows of which a chart of two lines needs more, and the most that it takes."""
LEAST = 5
"""Rows below which a history is not begun: two blank ones, two heads, a step."""
ROLES = {
    codes.ACTIVE: "good", codes.SOFT_BLOCKED: "bad", codes.SUSPENDED: "bad", codes.CHARGED_OFF: "bad",
    codes.APPLIED: "watch", codes.DECLINED: "watch", codes.CLOSURE_REVIEW: "watch",
}  # fmt: skip


def history_lines(world: World, width: int, room: int, plain: bool) -> list[Line]:
    """Statuses and limits, the latest ones where there is no room for all; a chart where there is."""
    passed, changes = stays(world), limit_view(world).changes
    if room < LEAST:
        return []
    if not passed:
        told = _("It begins when you ask for a line: every status and every limit will stand here with its reason.")
        lines = [blank(), heading(_("HISTORY OF YOUR LINE")), *wrapped(told, width - 2, "muted", 2)]
        return [*lines, *_record_lines(world, room - len(lines))]
    statuses, limits = _stay_rows(passed, glance(world).mark, width), change_rows(changes, width)
    for_limits = sum(map(len, limits)) + 2 if limits else 0
    shown = _latest(statuses, max(room - 2 - for_limits, (room - 2) // 2))
    lines = [blank(), heading(_("STATUS OF YOUR LINE, so far")), *shown]
    shown = _latest(limits, room - len(lines) - 2)
    if not shown:
        return lines
    lines += [blank(), heading(_("LIMIT, how it moved")), *shown]
    return [*lines, *_chart_lines(world, changes, width, room - len(lines) - 1, plain)]


def _chart_lines(
    world: World, changes: Sequence[LimitChange], width: int, room: int, plain: bool
) -> list[Line]:
    """The limit, and where there is room to tell two lines apart what was owed under it; what is written off uses no limit."""
    if room > ROOMY and world.account.status != codes.CHARGED_OFF:
        owed = debt_chart(world, width, min(HIGHEST, room - 1), plain)
        if owed:
            return [blank(), *owed]
    return [blank(), *limit_chart(changes, world.calendar, world.day, width)] if room > HEIGHT else []


def _record_lines(world: World, room: int) -> list[Line]:
    """Before there is a line: the purchases that count when one is asked for."""
    seen = store_record(world)
    lines = [blank(), heading(_("ON YOUR RECORD, what you bought in the last {days} days").format(days=world.policy.record_days))]
    rows = [
        [[words("  " + date_text(each.date, weekday=False), BOUGHT, role="muted"),
          Cell(each.what, WHAT, figure=f"decision:{each.seq}"), amount(money(each.amount_fen), None)]]
        for each in seen.bought
    ]  # fmt: skip
    if seen.earlier:
        count = one_day(_("{count} orders").format(count=seen.earlier))
        before = [words("  " + _("before"), BOUGHT, role="muted"), words(count, WHAT), amount(money(seen.earlier_fen), None)]
        rows = [[before], *rows]
    if not rows:
        rows = [[[words("  " + _("Nothing yet: what you buy with cash will stand here."), role="muted")]]]
    return [*lines, *_latest(rows, room - len(lines))] if room >= LEAST else []


def _latest(rows: Sequence[list[Line]], room: int) -> list[Line]:
    """The last of some rows, whole ones, that fit into so many lines."""
    shown: list[Line] = []
    for row in reversed(rows):
        if len(row) + len(shown) > room:
            break
        shown = [*row, *shown]
    return shown


def _stay_rows(passed: Sequence[Stay], now: str, width: int) -> list[list[Line]]:
    """Since when, which status, for how long, and why; the last with the mark that it bears `now`."""
    dates = [date_text(each.date, weekday=False) for each in passed]
    dated = max(map(cell_len, dates)) + 2
    rows: list[list[Line]] = []
    for date, each in zip(dates, passed, strict=True):
        name = codes.STATUSES[each.status]
        first, *more = wrapped(each.why, width - dated - STATUS - DAYS, "muted")
        status = f"{now if each is passed[-1] else status_mark(name)} {status_text(name)}"
        lasted = one_day(_("{days} days").format(days=each.days)) if each.days else _("that day")
        rows.append(
            [
                [words(date, dated, role="muted"),
                 Cell(status, STATUS, role=ROLES.get(each.status, "ink"), figure=f"decision:{each.seq}"), words(lasted, DAYS), *first],
                *([words("", dated + STATUS + DAYS), *line] for line in more),
            ]
        )  # fmt: skip
    return rows


def change_rows(changes: Sequence[LimitChange], width: int) -> list[list[Line]]:
    """When the limit moved, who moved it, from what to what, and why: for each change the rows that it needs."""
    dates = [date_text(each.date, weekday=False) for each in changes]
    dated = max(map(cell_len, dates), default=0) + 2
    rows: list[list[Line]] = []
    for date, each in zip(dates, changes, strict=True):
        up = each.to_fen >= each.from_fen
        first, *more = wrapped(each.why, max(16, width - dated - 42), "muted")
        rows.append(
            [
                [words(date, dated, role="muted"), words(_mover(each.by), 12), amount(money(each.from_fen), None, 11),
                 amount(money(each.to_fen), f"decision:{each.seq}", 11, "good" if up else "bad"),
                 words(_(" up  ") if up else _(" down"), 6), *first],
                *([words("", dated + 40), *line] for line in more),
            ]
        )  # fmt: skip
    return rows


def limit_chart(changes: Sequence[LimitChange], calendar: Calendar, today: int, width: int) -> list[Line]:
    """The permanent limit in steps from its first day to today."""
    return step_chart(
        [(calendar.day_of(each.date), each.to_fen) for each in changes if each.kind == "permanent"], today, width
    )


def _mover(by: str) -> str:
    return {
        "opening": _("opening"),
        "lender": _("review"),
        "request": _("you asked"),
        "season": _("season"),
        "expiry": _("season"),
        "closure": _("closure"),
    }[by]

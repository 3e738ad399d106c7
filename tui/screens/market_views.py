"""The pages of the market's screen: now, arrears, limits, decisions, result. Lines from one snapshot."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rich.cells import cell_len

from simulator.calendar import add_months
from simulator.explain import measure_text
from simulator.explain.market import finished_months
from simulator.lab.words import Scale, amount_text, scales
from simulator.market.protocol import Snapshot
from simulator.money import money
from simulator.text import _, date_text, in_percent, one_day, tier_text
from simulator.views.among import FEWEST, among
from simulator.views.market import (
    COSTS,
    Group,
    Headline,
    Pair,
    arrears_over_time,
    buckets,
    decisions,
    headline,
    limit_groups,
    over_limit_count,
    result_rows,
    use_groups,
)
from simulator.world import World
from tui.screens.home import percent
from tui.widgets.cells import Cell, Line, amount, bar, blank, heading, words, wrapped
from tui.widgets.chart import LAYERS, Series, bars, line_chart, stack_chart, stacks_shown

NAME, FIGURE, HIGHEST, BUCKET = 19, 18, 12, 11
FEW_MONTHS, MOST_MONTHS = 10, 36
LEAST_PPM, LEAST_SHARE = 1_000, 10
"""A share that grows by a tenth of a point and by a tenth of itself is worth a mark."""
GAP = "   "
"""Between counts; a line that is too long breaks here."""


def now_lines(seen: Snapshot, width: int, days: int = 1) -> list[Line]:
    """Stocks now and about a month ago, and what was done today or in the last days."""
    found = headline(seen, days)
    room = max(12, min(FIGURE, (width - NAME - 11) // 3))
    before, since = _("before"), _("since then")
    if found.before_date:  # a month's end, and seldom a whole month before today
        before = _("on {date}").format(date=date_text(found.before_date, year=False, weekday=False))
        since = _("in {days} days").format(days=found.stock_days)
    limits, closed, suspended = (
        (_("Limits today"), _("Closed today"), _("Suspended today"))
        if days == 1
        else (
            text.format(days=days) for text in (_("Limits, {days} days"), _("Closed, {days} days"), _("Suspended, {days} days"))
        )
    )

    def figure(name: str) -> str:
        return f"market:today:{name}" if days == 1 else f"market:recent:{name}:{days}"

    lines: list[Line] = [
        [words("", NAME), *(amount(text, None, room, "muted") for text in (_("now"), before, since))],
        _stock(_("Active"), found.active, "active", room, lambda count: f"{count:,}"),
        _stock(_("Owed, million"), _as_shown(found.owed_fen, stock_unit().fen // 100), "owed", room, stock_text),
        _stock(_("Over 30 days"), _as_shown(found.over_30_ppm, 100), "over_30", room, two_places, points_text, watched=found.between_month_ends),
        [
            words(limits, NAME, role="muted"),
            *_flow(_("up"), found.up, found.up_fen, figure("limit_increases"), figure("increased_fen"), 1, "good"),
            words(GAP),
            *_flow(_("down"), found.down, found.down_fen, figure("limit_decreases"), figure("decreased_fen"), -1, "bad"),
        ],
        *_festival(found, days),
        [
            words(closed, NAME, role="muted"),
            *_counts(_closed_names(), found.closed, {key: figure(name) for key, name in _CLOSED_FIGURES.items()}),
        ],
        [
            words(suspended, NAME, role="muted"),
            *_counts(
                _suspended_names(), found.suspended, {cause: figure(f"suspended_{cause}") for cause in found.suspended}
            ),
        ],
    ]  # fmt: skip
    return [*lines[:4], *(part for line in lines[4:] for part in _broken(line, width))]


def _broken(line: Line, width: int) -> list[Line]:
    """A line of counts in as many rows as it needs, each begun below the first count."""
    rows: list[Line] = [[line[0]]]
    group: Line = []
    for cell in line[1:]:
        group.append(cell)
        if cell.text == GAP:
            rows = _put(rows, group, width)
            group = []
    return _put(rows, group, width)


def _put(rows: list[Line], group: Line, width: int) -> list[Line]:
    used = sum(cell_len(cell.fitted()) for cell in rows[-1])
    need = sum(cell_len(cell.fitted()) for cell in group if cell.text != GAP)
    if len(rows[-1]) > 1 and used + need > width:
        return [*rows, [words("", NAME), *group]]
    return [*rows[:-1], [*rows[-1], *group]]


def _stock(
    name: str,
    pair: Pair,
    figure: str,
    room: int,
    text: Callable[[int], str],
    change_text: Callable[[int], str] | None = None,
    watched: bool = False,
) -> Line:
    """A stock with its change in figures and in a word; where growth that is worth a word is bad news, with a mark."""
    change = pair.change
    line: Line = [
        words(name, NAME), amount(text(pair.now), f"market:{figure}", room, "ink", True),
        amount("" if pair.before is None else text(pair.before), None, room, "muted"),
    ]  # fmt: skip
    if change is None:
        return line
    direction = _("up") if change > 0 else _("down") if change < 0 else _("same")
    bad = watched and change >= max(LEAST_PPM, (pair.before or 0) // LEAST_SHARE)
    return [
        *line, amount(("+" if change > 0 else "") + (change_text or text)(change), None, room),
        words(f"  {direction}{' [!]' if bad else ''}", role="watch" if bad else "muted"),
    ]  # fmt: skip


def _as_shown(pair: Pair, unit: int) -> Pair:
    """Both values as they are rounded on the screen, so that their difference is the one that a reader sees."""
    now, before = ((value + unit // 2) // unit * unit if value is not None else None for value in (pair.now, pair.before))
    return Pair(now or 0, before)


def stock_unit() -> Scale:
    """The unit of what is owed: a million yuan, 万元 in Chinese as the Lab has it."""
    return scales()[-2]


def stock_text(fen: int) -> str:
    """What is owed in that unit, with two decimals."""
    return amount_text(fen, stock_unit())


def points_text(ppm: int) -> str:
    """A difference of two shares."""
    return _("{points} pt").format(points=f"{ppm / 10_000:.2f}")


def two_places(ppm: int) -> str:
    """A share with two decimals, halves up."""
    return in_percent(f"{(ppm + 50) // 100 / 100:.2f}")


def _flow(word: str, count: int, fen: int, count_of: str, sum_of: str, sign: int, role: str) -> Line:
    return [
        words(f"{word} ", role="muted"), Cell(f"{count:,}", figure=count_of, role=role), words(" "),
        Cell(money(sign * fen, sign=True), figure=sum_of, role=role),
    ]  # fmt: skip


def _festival(found: Headline, days: int) -> list[Line]:
    """How much of the moves is a festival's extra limit that came or went: no judgement lies in it."""
    moved = (found.festival_up, found.festival_down)
    if None in moved:
        return [[words("", NAME), words(_("festival extras are counted with them"), role="muted")]]
    if not any(moved):
        return []
    line: Line = [words("  " + _("of it, festivals"), NAME, role="muted")]
    for word, count, kind in ((_("up"), moved[0], "limit_up"), (_("down"), moved[1], "limit_down")):
        line += [words(word + " ", role="muted"), Cell(f"{count:,}", figure=f"market:festival:{kind}:{days}"), words(GAP)]
    return [line]


_CLOSED_FIGURES = {
    "shopper": "closed_by_shopper", "overdue": "closed_overdue", "fraud": "closed_fraud", "breach": "closed_breach",
}  # fmt: skip


def _closed_names() -> dict[str, str]:
    return {
        "shopper": _("asked for"), "overdue": _("not paid"), "fraud": _("fraud"), "breach": _("broken terms"),
    }  # fmt: skip


def _suspended_names() -> dict[str, str]:
    return {"overdue": _("late"), "plan": _("relief"), "fraud": _("alert"), "breach": _("broken terms")}


def _counts(names: dict[str, str], counts: dict[str, int], figures: dict[str, str]) -> Line:
    line: Line = []
    for key, name in names.items():
        line += [
            words(name + " ", role="muted"),
            Cell(f"{counts[key]:,}", figure=figures[key]),
            words(GAP),
        ]
    return line


def arrears_lines(
    seen: Snapshot, width: int, height: int, marks: Sequence[int] = (), plain: bool = False
) -> list[Line]:
    """What is owed by how late it is: now, and the late part over time."""
    found = buckets(seen)
    lines: list[Line] = [heading(_("OWED by days late"))]
    late = max((each.share_ppm for each in found[1:]), default=0)
    room = max(10, width - BUCKET - 37)
    for number, each in enumerate(found):
        line: Line = [
            words(each.name, BUCKET), amount(percent(each.share_ppm), None, 8), amount(money(each.fen), f"market:bucket:{number}", 17),
        ]  # fmt: skip
        if number:
            line += [words("  "), bar(each.share_ppm * 1_000_000 // max(late, 1), room, LAYERS[number - 1][1])[0]]
        lines.append(line)
    lines += wrapped(_("The bars compare what is late; all of M0 would be far longer."), width, "muted")
    months = arrears_over_time(seen)
    under = [mark - len(seen.monthly) for mark in marks]
    chart = stack_chart(months, width, max(4, min(HIGHEST, height - len(lines) - 4)), percent, marks=under)
    if chart:
        legend: Line = [words(" " * 13)]
        for place, (mark, role) in enumerate(LAYERS):
            legend += [Cell(mark, role=role, filled=True), words(f" M{place + 1}  ", role="muted")]
        last = last_month_end(seen)
        first = add_months(last.replace(day=1), 1 - min(len(months), stacks_shown(width)))
        lines += [
            blank(),
            heading(_("LATE, share of all that is owed, {first} to {last}").format(first=f"{first:%Y-%m}", last=f"{last:%Y-%m}")),
            *chart,
            legend,
        ]
    else:
        told = _("Nothing has been late at a month's end so far.") if len(seen.bucket_fen) else _("Month by month from the first month's end on.")
        lines += [blank(), [words(told, role="muted")]]
    return lines


def last_month_end(seen: Snapshot) -> datetime.date:
    """The last day of the last month that has ended."""
    tomorrow = seen.date + datetime.timedelta(days=1)
    return tomorrow.replace(day=1) - datetime.timedelta(days=1)


def limit_lines(
    seen: Snapshot, width: int, height: int, marks: Sequence[int] = (), plain: bool = False
) -> list[Line]:
    """How limits and their use are spread."""
    limits = bars(
        [(_group_text(group, money_short), group.count, f"{group.count:,}") for group in limit_groups(seen)],
        width,
        "limit",
        20,
    )
    groups = use_groups(seen)
    uses = bars(
        [(_group_text(group, whole_percent), group.count, f"{group.count:,}") for group in groups],
        width,
        "owed",
        20,
    )
    return [
        heading(_("LIMITS, lines by amount")),
        *limits,
        blank(),
        heading(_("USE, lines by share of the limit")),
        *uses,
        *_over_limit(seen, groups[-1].count, width),
    ]


def _over_limit(seen: Snapshot, over_permanent: int, width: int) -> list[Line]:
    """How many of those past their permanent limit owe more than they may: a festival's extra is no part of that limit."""
    if not over_permanent:
        return []
    over = over_limit_count(seen)
    told = _("Over 100 %: {extra} by a festival's extra, {over} owe more than they may.")
    return wrapped(told.format(extra=f"{max(0, over_permanent - over):,}", over=f"{over:,}"), width, "muted")


def _group_text(group: Group, text: Callable[[int], str]) -> str:
    if group.up_to == 0:
        return _("nothing")
    if group.up_to is None:
        return _("over {low}").format(low=text(group.above or 0))
    if not group.above:
        return _("up to {high}").format(high=text(group.up_to))
    return _("{low} to {high}").format(low=text(group.above), high=text(group.up_to))


def money_short(fen: int) -> str:
    """Whole yuan."""
    return f"{fen // 100:,}"


def whole_percent(ppm: int) -> str:
    """A share without decimals."""
    return in_percent(ppm // 10_000)


def decision_lines(
    seen: Snapshot, width: int, height: int, marks: Sequence[int] = (), plain: bool = False
) -> list[Line]:
    """Approvals and declines, and what was decisive."""
    found = decisions(seen)
    today = headline(seen)
    lines: list[Line] = [
        heading(one_day(_("ASKED FOR A LINE, last {days} days").format(days=found.days))),
        [words(_("Approved lines"), NAME), amount(f"{found.approved:,}", None, 12, "good"), words("   " + _("on this day") + " ", role="muted"),
         Cell(f"{today.approved:,}", figure="market:today:approved")],
        [words(_("Declined"), NAME), amount(f"{found.declined:,}", None, 12, "watch"), words("   " + _("on this day") + " ", role="muted"),
         Cell(f"{today.declined:,}", figure="market:today:declined")],
        *wrapped(_("Declined also by a condition, before any score; the Lab's share of approvals is of those decided by score."), width, "muted"),
        blank(),
        heading(_("WHY NOT, a decline may have several reasons")),
    ]  # fmt: skip
    if not found.reasons:
        return [*lines, [words("  " + _("Nobody was declined."), role="muted")]]
    room = max(4, height - len(lines))
    return [
        *lines,
        *bars([(reason, count, f"{count:,}") for reason, count in found.reasons[:room]], width, "watch", 20),
    ]


def result_lines(
    seen: Snapshot, width: int, height: int, marks: Sequence[int] = (), plain: bool = False
) -> list[Line]:
    """Profit and loss, and profit over the months."""
    months = finished_months(seen)
    if not months:
        return [
            heading(_("PROFIT AND LOSS")),
            [words(_("Month by month from the first month's end on."), role="muted")],
        ]
    label = 28 if width >= 70 else 26
    last_room = min(18, (width - label) * 4 // 9)
    total_room = min(22, width - label - last_room)
    since = _("since {date}").format(date=date_text(seen.date - datetime.timedelta(days=seen.day), weekday=False))
    lines: list[Line] = [
        [Cell(_("PROFIT AND LOSS"), label, bold=True), amount(str(months[-1].get("month", "")), None, last_room, "muted"), amount(since, None, total_room, "muted")]
    ]  # fmt: skip
    for name, last, total in result_rows(seen):
        sign = -1 if name in COSTS else 1
        strong = name == "profit_fen"
        role = "ink" if sign * total >= 0 else "owed"
        lines.append(
            [Cell(measure_text(name), label, bold=strong), amount(money(sign * last), None, last_room, role, strong), amount(money(sign * total), f"market:result:{name}", total_room, role, strong)]
        )  # fmt: skip
    if seen.day >= 0 and last_month_end(seen) != seen.date:
        lines += wrapped(_("The last month has not ended: what is posted by the month is not in it."), width, "watch")
    shown = months[-MOST_MONTHS:]
    places = [mark + len(shown) - len(seen.monthly) for mark in marks]
    chart = _profits(shown, width, max(4, min(FEW_MONTHS, height - len(lines) - 2)), places, plain)
    told = _("PROFIT a month, {first} to {last}; | marks a change of policy")
    title = told.format(first=shown[0].get("month", ""), last=shown[-1].get("month", ""))
    return [*lines, blank(), heading(title), *chart]


def _profits(
    months: Sequence[Mapping[str, Any]], width: int, height: int, marks: Sequence[int], plain: bool
) -> list[Line]:
    """Profit month by month: a bar each while there are few, for a line of a few steps cannot be read."""
    profits = [int(month.get("profit_fen", 0)) for month in months]
    if len(profits) > FEW_MONTHS:
        return line_chart([Series(profits, "good")], width, height, money, marks, plain)
    names = [f"{month.get('month', '')}{' |' if place in marks else ''}" for place, month in enumerate(months)]
    return bars([(name, fen, money(fen)) for name, fen in zip(names, profits, strict=True)], width, "good")


def you_lines(seen: Snapshot, world: World | None, width: int) -> list[Line]:
    """Where the player is among people like him."""
    if world is None:
        return [heading(_("YOU")), [words(_("Nobody's life is being played."), role="muted")]]
    found = among(seen, world.account)
    who = _("People of city tier {tier} and age {low} to {high}: {count}; {lines} of them have a line.").format(
        count=f"{found.people:,}", tier=tier_text(found.city_tier), low=found.ages[0], high=found.ages[1], lines=f"{found.with_line:,}"
    )  # fmt: skip
    lines: list[Line] = [heading(_("YOU among people like you")), *wrapped(who, width, "muted"), blank()]
    if not found.places:
        told = _("You have no line yet.") if found.with_line >= FEWEST else _("Too few people like you have a line.")
        return [*lines, *wrapped(told, width)]
    for place in found.places:
        text = {
            "owed": _("In all you owe less than {count} of 100").format(count=place.more),
            "limit": _("Your limit is higher than that of {count} of 100").format(count=place.less),
            "score": _("Your score is higher than that of {count} of 100").format(count=place.less),
        }[place.name]
        shown = str if place.name == "score" else money
        share = place.more if place.name == "owed" else place.less
        middle = _("you {mine}, the middle one {middle}").format(mine=shown(place.value), middle=shown(place.middle))
        lines += [
            [Cell(text, bold=True)],
            [*bar(share * 10_000, max(10, min(50, width - 38)), "accent"), words("  " + middle, role="muted")],
            blank(),
        ]
    return lines

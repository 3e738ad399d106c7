"""Why? for the market's own figures: what is counted, and the sum that it is. RULES §13."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from simulator.engine.measures import CAUSES, NEWS_KINDS
from simulator.explain.answer import COUNT, FEN, PPM, Explanation, Input, UnknownFigure, answer
from simulator.market.protocol import BUCKETS, Snapshot, people_count
from simulator.messages.names import bucket_days, bucket_name
from simulator.text import _, date_text

_RULE = "RULES 13"
RESULT = (
    "fee_income_fen", "merchant_income_fen", "late_income_fen", "recovered_fen", "charged_off_fen",
    "provision_change_fen", "funding_cost_fen", "operating_cost_fen", "collection_cost_fen", "acquisition_cost_fen", "profit_fen",
)  # fmt: skip
"""Measures of the profit and loss, as they are shown; the last is what the others leave."""
FESTIVAL_CAUSES = ("season", "expiry")
"""Causes of a change that a festival brings: its extra limit comes, and goes."""
PROVISION_CHANGE, PROFIT = "provision_change_fen", "profit_fen"


def flows(snapshot: Snapshot, days: int) -> Mapping[str, int]:
    """What was done today, or in the last days together, as far back as it is kept."""
    if days <= 1:
        return snapshot.today
    return {name: int(values[-days:].sum()) for name, values in snapshot.daily.items()}


def festival_changes(snapshot: Snapshot, kind: str, days: int) -> list[int] | None:
    """How many of the last days' changes of a limit (`limit_up` or `limit_down`) are a festival season's extra
    that came or went, a count a day, oldest first; None where the news that are kept do not go back so far.
    """
    import numpy as np

    news, first = snapshot.news, snapshot.day - days + 1
    if snapshot.news_total > len(news) and (not len(news) or int(news["day"].min()) >= first):
        return None
    causes = [CAUSES.index(cause) for cause in FESTIVAL_CAUSES]
    found = (news["kind"] == NEWS_KINDS.index(kind)) & (news["day"] >= first) & np.isin(news["cause"], causes)
    return [int(count) for count in np.bincount(news["day"][found] - first, minlength=days)]


def result_of(snapshot: Snapshot, name: str) -> int:
    """A measure of the profit and loss since day 0."""
    if name != PROVISION_CHANGE:
        return int(snapshot.totals.get(name, 0))
    before = snapshot.opening_provision_fen
    return int(snapshot.totals.get("provision_fen", before)) - before


def finished_months(snapshot: Snapshot) -> list[Mapping[str, Any]]:
    """Every finished month that is kept, oldest first: the last of the warm-up, then those since day 0."""
    return [*snapshot.warm_up_months, *snapshot.monthly]


def last_result_of(snapshot: Snapshot, name: str) -> int:
    """The same of the month that was finished last; 0 where there is none."""
    before, last = ({}, {}, *finished_months(snapshot))[-2:]
    if name != PROVISION_CHANGE:
        return int(last.get(name, 0))
    return int(last.get("provision_fen", 0)) - int(before.get("provision_fen", 0))


def why_market(snapshot: Snapshot, figure: str) -> Explanation:
    """The answer for `market:NAME` or `market:NAME:KEY`. Raises UnknownFigure."""
    _market, _sep, rest = figure.partition(":")
    name, _sep, key = rest.partition(":")
    if name not in _FIGURES:
        known = ", ".join(f"market:{each}" for each in _FIGURES)
        raise UnknownFigure(
            _("There is no figure “{figure}”; there are {kinds}.").format(figure=figure, kinds=known)
        )
    return _FIGURES[name](snapshot, key, figure)


def _counted(title: str, sentence: str, name: str, unit: str, snapshot: Snapshot, figure: str) -> Explanation:
    """A figure that the engine counts shopper by shopper: a stock, or a flow of today."""
    value = int(snapshot.stocks.get(name, snapshot.today.get(name, 0)))
    given = Input(
        "counted", _("Counted among {count} shoppers").format(count=f"{people_count(snapshot):,}"), value, unit
    )
    return answer(figure, title, sentence, value, "counted", [given], rule=_RULE, unit=unit)


def _active(snapshot: Snapshot, key: str, figure: str) -> Explanation:
    sentence = _("Lines that owe something or bought something in the running cycle.")
    return _counted(_("Active lines"), sentence, "active", COUNT, snapshot, figure)


def _owed(snapshot: Snapshot, key: str, figure: str) -> Explanation:
    parts = [
        Input(
            f"m{number}",
            bucket_name(number),
            int(snapshot.stocks[f"m{number}_fen"]),
            figure=f"market:bucket:{number}",
        )
        for number in range(BUCKETS)
    ]
    return answer(
        figure, _("Owed"), _("All principal owed on lines not written off, billed or not, by how late it is; fees are not in it."),
        sum(part.value for part in parts), " + ".join(part.name for part in parts), parts, rule=_RULE,
    )  # fmt: skip


def _bucket(snapshot: Snapshot, key: str, figure: str) -> Explanation:
    if key not in map(str, range(BUCKETS)):
        raise UnknownFigure(_("Buckets are M0 to M6."))
    number = int(key)
    low, high = bucket_days(number)
    late = _("{low} days late or more") if number == BUCKETS - 1 else _("{low} to {high} days late")
    days = late.format(low=low, high=high) if number else _("not late")
    sentence = _("All principal owed on lines that are {days}; fees are not in it.").format(days=days)
    return _counted(f"M{number}", sentence, f"m{number}_fen", FEN, snapshot, figure)


def _over_30(snapshot: Snapshot, key: str, figure: str) -> Explanation:
    late, owed = int(snapshot.stocks["dpd30_plus_fen"]), int(snapshot.stocks["exposure_fen"])
    return answer(
        figure, _("Over 30 days late"), _("The share of all that is owed that lies on lines over 30 days late."),
        late * 1_000_000 // owed if owed else 0, "late * 1000000 // owed if owed else 0",
        [Input("late", _("Owed on lines over 30 days late"), late), Input("owed", _("Owed"), owed, figure="market:owed")],
        rule=_RULE, unit=PPM,
    )  # fmt: skip


def _today(snapshot: Snapshot, key: str, figure: str) -> Explanation:
    names = _names_today()
    if key not in names:
        raise UnknownFigure(_("Nothing of the name “{name}” is counted.").format(name=key))
    unit = FEN if key.endswith("_fen") else COUNT
    sentence = _("Counted of the events of the day; each of them stands in the life of its shopper.")
    return _counted(names[key], sentence, key, unit, snapshot, figure)


def _recent(snapshot: Snapshot, key: str, figure: str) -> Explanation:
    name, _sep, told = key.partition(":")
    names = _names_recent()
    if name not in names or not told.isdecimal():
        raise UnknownFigure(_("Nothing of the name “{name}” is counted.").format(name=key))
    days = int(told)
    unit = FEN if name.endswith("_fen") else COUNT
    values = [int(value) for value in snapshot.daily[name][-days:]]
    dates = [snapshot.date - datetime.timedelta(days=len(values) - 1 - place) for place in range(len(values))]
    parts = [
        Input(f"day_{place}", date_text(date, weekday=False), value, unit)
        for place, (date, value) in enumerate(zip(dates, values, strict=True))
        if value
    ]
    formula = " + ".join(part.name for part in parts) or "0"
    sentence = _("Counted of the events of each day; each of them stands in the life of its shopper.")
    return answer(figure, names[name], sentence, sum(values), formula, parts, rule=_RULE, unit=unit)


def _festival(snapshot: Snapshot, key: str, figure: str) -> Explanation:
    kind, _sep, told = key.partition(":")
    if kind not in ("limit_up", "limit_down") or not told.isdecimal():
        raise UnknownFigure(_("Nothing of the name “{name}” is counted.").format(name=key))
    counts = festival_changes(snapshot, kind, int(told)) or []
    dates = [snapshot.date - datetime.timedelta(days=len(counts) - 1 - place) for place in range(len(counts))]
    parts = [
        Input(f"day_{place}", date_text(date, weekday=False), count, COUNT)
        for place, (date, count) in enumerate(zip(dates, counts, strict=True))
        if count
    ]
    title = _("Raised for a festival") if kind == "limit_up" else _("Festival over")
    sentence = _("Before a festival many limits are raised for a while, by themselves, and fall back when it is over. No judgement of the shopper lies in it.")
    formula = " + ".join(part.name for part in parts) or "0"
    return answer(figure, title, sentence, sum(counts), formula, parts, rule="RULES 10", unit=COUNT)


def _names_today() -> dict[str, str]:
    return {
        "limit_increases": _("Limits raised today"), "increased_fen": _("Raised today, all together"),
        "limit_decreases": _("Limits cut today"), "decreased_fen": _("Cut today, all together"),
        "approved": _("Approved today"), "declined": _("Declined today"), "closed_by_shopper": _("Closed today: asked for"),
        "closed_overdue": _("Closed today: not paid"), "closed_fraud": _("Closed today: fraud"),
        "closed_breach": _("Closed today: broken terms"), "suspended_overdue": _("Suspended today: late"),
        "suspended_plan": _("Suspended today: while a hardship plan runs"),
        "suspended_fraud": _("Suspended today: alert"), "suspended_breach": _("Suspended today: broken terms"),
    }  # fmt: skip


def _names_recent() -> dict[str, str]:
    return {
        "limit_increases": _("Raised limits"), "increased_fen": _("Raised, all together"), "limit_decreases": _("Cut limits"),
        "decreased_fen": _("Cut, all together"), "approved": _("Approved lines"), "declined": _("Declined"),
        "closed_by_shopper": _("Closed: asked for"), "closed_overdue": _("Closed: not paid"), "closed_fraud": _("Closed: fraud"),
        "closed_breach": _("Closed: broken terms"), "suspended_overdue": _("Suspended: late"),
        "suspended_plan": _("Suspended: while a hardship plan runs"),
        "suspended_fraud": _("Suspended: alert"), "suspended_breach": _("Suspended: broken terms"),
    }  # fmt: skip


def _result(snapshot: Snapshot, key: str, figure: str) -> Explanation:
    if key not in RESULT:
        raise UnknownFigure(_("Nothing of the name “{name}” is counted.").format(name=key))
    if key == PROFIT:
        return _profit(snapshot, figure)
    if key == PROVISION_CHANGE:
        return _provision_change(snapshot, figure)
    months = [month for month in snapshot.monthly if key in month]
    recent = months[-12:]
    before = int(snapshot.totals.get(key, 0)) - sum(int(month[key]) for month in recent)
    inputs = [
        Input(f"month_{place}", str(month["month"]), int(month[key])) for place, month in enumerate(recent)
    ]
    inputs.append(Input("rest", _("Months before and days since"), before))
    return answer(
        figure, measure_text(key), _("All months together, by the lender's books."), int(snapshot.totals.get(key, 0)),
        " + ".join(each.name for each in inputs), inputs, rule=_RULE,
    )  # fmt: skip


def _profit(snapshot: Snapshot, figure: str) -> Explanation:
    parts = [
        Input(name.removesuffix("_fen"), measure_text(name), result_of(snapshot, name), figure=f"market:result:{name}")
        for name in RESULT
        if name != PROFIT
    ]
    losses = ("charged_off", "provision_change", "funding_cost", "operating_cost", "collection_cost", "acquisition_cost")
    formula = " ".join(f"{'-' if part.name in losses else '+'} {part.name}" for part in parts).removeprefix("+ ")
    return answer(
        figure, measure_text(PROFIT), _("What is earned, less what is lost and what it costs. All months together."),
        result_of(snapshot, PROFIT), formula, parts, rule="RULES 12",
    )  # fmt: skip


def _provision_change(snapshot: Snapshot, figure: str) -> Explanation:
    before = snapshot.opening_provision_fen
    change = result_of(snapshot, PROVISION_CHANGE)
    parts = [
        Input("now", _("Provision at the last month's end"), before + change),
        Input("before", _("Provision on the first day"), before),
    ]
    return answer(
        figure, measure_text(PROVISION_CHANGE), _("By how much more is put aside for what is expected to be lost."),
        change, "now - before", parts, rule="RULES 12",
    )  # fmt: skip


def measure_text(name: str) -> str:
    """A measure of the profit and loss in plain words."""
    return {
        "fee_income_fen": _("Fees of plans and carrying"), "merchant_income_fen": _("Paid by shops"),
        "late_income_fen": _("Late fees"), "recovered_fen": _("Recovered"), "charged_off_fen": _("Write-offs"),
        PROVISION_CHANGE: _("Change in provision"),
        "funding_cost_fen": _("Funding"), "operating_cost_fen": _("Operating"), "collection_cost_fen": _("Collection"),
        "acquisition_cost_fen": _("Finding customers"), "profit_fen": _("Profit"),
    }[name]  # fmt: skip


_FIGURES: dict[str, Callable[[Snapshot, str, str], Explanation]] = {
    "active": _active, "owed": _owed, "bucket": _bucket, "over_30": _over_30, "today": _today, "recent": _recent, "festival": _festival,
    "result": _result,
}  # fmt: skip

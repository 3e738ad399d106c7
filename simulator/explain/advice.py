"""Advice: what would change a decision, by what binds and what this life has; figures that nothing here moves are said
to stay.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from simulator import codes
from simulator.explain.streak import counts_on
from simulator.explain.waits import COOLING_OFF, ask_again_text, days_text
from simulator.messages import remedy_text
from simulator.messages.reasons import reason_title, reasons_of
from simulator.policy.record import PolicyRecord
from simulator.rules.arithmetic import ratio_ppm
from simulator.rules.scoring import APPLICATION_CHARACTERISTICS
from simulator.text import _, capital, date_text, listed, one_day
from simulator.world import World

Reason = Mapping[str, Any]
Event = dict[str, Any]


def what_changes(world: World, event: Event) -> list[str]:
    """What would change what an event decided, each step once; the wait of an earlier refusal is left out where this one
    has begun it anew.
    """
    if event["event"] == "expenses_paid" and event.get("fund_fen"):
        return [_("Take money out of the fund in time, on the Money page: it does not arrive at once.")]
    anew = bool(ask_again_text(world, event))
    told: dict[str, list[str]] = {}
    for each in reasons_of(event):
        if not (anew and each["code"] == COOLING_OFF):
            told.setdefault(advice_text(world, each, event), []).append(each["code"])
    steps = [_of_characteristics(named, advice) for advice, named in told.items()]
    return [each for each in (*steps, days_text(world, event)) if each]


def _of_characteristics(named: list[str], advice: str) -> str:
    """Advice on characteristics, which are named before it; that on conditions and the like stands alone."""
    if not set(named) <= set(APPLICATION_CHARACTERISTICS) - set(_OF_LIFE):
        return advice
    return _("{title}: {told}").format(title=capital(listed(map(reason_title, named))), told=advice)


def advice_text(world: World, reason: Reason, event: Event | None = None) -> str:
    """What would change a reason of an event, or of today."""
    of_life = _OF_LIFE.get(reason["code"])
    if of_life is None:
        return remedy_text(reason)
    return of_life(world, reason, event)


def _policy(world: World, event: Event | None) -> PolicyRecord:
    return world.life.record if event is None else world.record_on(event["day"])


def _late_elsewhere(world: World, reason: Reason, event: Event | None) -> str:
    """A month late elsewhere counts until so many whole months have passed; RULES §2, §11."""
    policy = _policy(world, event)
    months = policy.reopen_clean_months if reason["code"] == "elsewhere_record" else policy.recent_months
    least = reason["value"] if "value" in reason else reason["threshold"] + 1
    date = world.date if event is None else datetime.date.fromisoformat(event["date"])
    since = (world.date.year - date.year) * 12 + world.date.month - date.month
    reported = list(world.account.elsewhere_dpd)[since : since + months + 1]
    late = [place for place, days in enumerate(reported) if days >= least]
    if not late:
        return _("The record elsewhere stops counting by itself after {months} whole months.").format(months=months)
    last = date.year * 12 + date.month + months - late[0]
    ends = datetime.date(last // 12, last % 12 + 1, 1)
    return _("The record elsewhere stops counting by itself on {date}.").format(date=date_text(ends, weekday=False))


def _at_maximum(world: World, reason: Reason, event: Event | None) -> str:
    if reason["threshold"] == _policy(world, event).max_limit_fen:
        return _("It is the lender's largest line; nothing you do changes it.")
    return _("The bound is a share of your income, which stays as your form told it.")


def _no_growth(world: World, reason: Reason, event: Event | None) -> str:
    policy = _policy(world, event)
    if any(policy.increase_ppm[grade] for grade in range(_grade(world, event))):
        return _("On-time bills raise the score, and so the grade.")
    return _("No better grade has one either; only other rules of the lender would change it.")


def _grade(world: World, event: Event | None) -> int:
    """The grade of the line at an event, or today."""
    before = world.events[: event["seq"]] if event is not None else []
    for each in reversed(before):
        if each["event"] in ("score_changed", "line_opened"):
            return codes.GRADES.index(each["grade"])
    return world.account.grade


def _debts_too_heavy(world: World, reason: Reason, event: Event | None) -> str:
    account = world.account
    if ratio_ppm(account.instalments_elsewhere_fen, account.income_fen) > reason["threshold"]:
        return _("Your instalments elsewhere alone are more, and they stay as your form told them.")
    if account.instalments_elsewhere_fen:
        return _("Pay the bill and settle plans here; instalments elsewhere stay as your form told them.")
    return _("Pay the bill and settle plans here.")


def _streak_too_short(world: World, reason: Reason, event: Event | None) -> str:
    """How many more bills, and today also on which day that can be reached."""
    if event is not None:
        return remedy_text(reason)
    missing = reason["threshold"] - reason["actual"]
    day = next(islice(counts_on(world), missing - 1, None))
    told = _("Pay {missing} more bills on time: with one every month until {date}.")
    return one_day(told.format(missing=missing, date=date_text(world.calendar.date_of(day), weekday=False)))


_OF_LIFE: dict[str, Callable[[World, Reason, Event | None], str]] = {
    "bureau_record": _late_elsewhere,
    "elsewhere_record": _late_elsewhere,
    "elsewhere_dpd": _late_elsewhere,
    "at_maximum": _at_maximum,
    "no_growth_for_grade": _no_growth,
    "debts_too_heavy": _debts_too_heavy,
    "streak_too_short": _streak_too_short,
}
"""Reasons whose advice rests on the life and the policy, where a sentence of `messages.reasons` would not do."""

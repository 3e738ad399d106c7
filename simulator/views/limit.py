"""The limit: its history with a reason at each step, what drives it, and "what if I …"."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from simulator import codes
from simulator.explain.advice import advice_text
from simulator.explain.season import over_text
from simulator.explain.streak import counts_on
from simulator.messages import news_reason_text, reason_text
from simulator.rules.arithmetic import ratio_ppm
from simulator.rules.balances import billed_fen, due_day, exposure_fen, minimum_fen
from simulator.rules.limits import raise_refusals
from simulator.rules.reasons import LIMIT_REFUSED, findings
from simulator.text import _, one_day, sentences
from simulator.world import World


@dataclass(frozen=True)
class LimitChange:
    """One step of the limit."""

    seq: int
    date: datetime.date
    kind: str
    by: str
    from_fen: int
    to_fen: int
    why: str


@dataclass(frozen=True)
class LimitView:
    """Everything on the limit screen."""

    limit_fen: int
    temporary_fen: int
    temporary_until: datetime.date | None
    over_words: str
    used_fen: int
    use_ppm: int
    score: int
    grade: int
    streak: int
    changes: list[LimitChange]
    speaks_against: list[tuple[str, str]]
    next_review: datetime.date | None
    too_soon: str
    """That the bills on time cannot suffice by the next review, with how many there can be; empty where they can."""


def limit_view(world: World) -> LimitView:
    """How the limit stands and came about."""
    account, policy, ask = world.account, world.life.record, world.ask()
    against = [
        {"code": reason.code, "unit": reason.unit, "actual": finding.actual, "threshold": finding.threshold}
        for reason, finding in findings(
            LIMIT_REFUSED, raise_refusals(account, policy, ask), account, policy, ask
        )
    ]
    if account.hardship:  # days late stand still and nothing late can be paid: the plan is what speaks against it
        running = {"code": "hardship_running", "unit": "none", "actual": 0, "threshold": 0}
        against = [running, *(each for each in against if each["code"] not in ("not_active", "past_due"))]
    review = _next_review(world)
    return LimitView(
        account.limit_fen, account.temporary_fen, season_until(world), over_text(world), exposure_fen(account),
        ratio_ppm(exposure_fen(account), account.limit_fen), account.score, account.grade, account.streak,
        [_change(event) for event in world.events if event["event"] in ("line_opened", "limit_changed")],
        [(reason_text(reason), advice_text(world, reason)) for reason in against] if account.limit_fen else [],
        world.calendar.date_of(review) if review is not None else None, _too_soon(world, review),
    )  # fmt: skip


def season_until(world: World) -> datetime.date | None:
    """The last day of the season's extra; None where there is none."""
    day = world.account.temporary_until_day
    return world.calendar.date_of(day) if day != codes.NEVER else None


def _change(event: dict[str, Any]) -> LimitChange:
    date = datetime.date.fromisoformat(event["date"])
    if event["event"] == "line_opened":
        return LimitChange(event["seq"], date, "permanent", "opening", 0, event["limit_fen"], news_reason_text(event))
    words = sentences(*map(reason_text, event["reasons"]))
    return LimitChange(
        event["seq"], date, event["kind"], event["by"], event["from_fen"], event["to_fen"], words
    )


def _too_soon(world: World, review_day: int | None) -> str:
    """That a review comes before enough bills have fallen due, however well they are paid."""
    needed = world.life.record.increase_streak
    if review_day is None or world.account.streak >= needed:
        return ""
    found = world.account.streak + sum(1 for _day in takewhile(lambda day: day <= review_day, counts_on(world)))
    if found >= needed:
        return ""
    return one_day(_("By then it is {count} bills at most.").format(count=found))


def _next_review(world: World) -> int | None:
    """The morning after the statement day on which the next review falls."""
    account, months = world.account, world.life.record.review_months
    if not account.limit_fen or not months or account.status in (codes.CLOSURE_REVIEW, codes.RUN_OFF):
        return None
    from simulator.calendar import next_statement_day

    to_go = months - account.cycles % months
    day = world.day
    for _cycle in range(to_go):
        day = next_statement_day(world.calendar, day, account.statement_day) + 1
    return day


@dataclass(frozen=True)
class WhatIf:
    """What would become of the limit in half a year of one conduct."""

    label: str
    limit_fen: int
    score: int
    grade: int
    why: str


HALF_A_YEAR = 185


def what_ifs(world: World) -> list[WhatIf]:
    """Half a year lived on trial copies, autopay off and the money taken to be there: pay in full, the minimum, nothing."""
    if not world.account.limit_fen:
        return []
    return [
        _half_a_year(world, _("Pay every bill in full"), "full"),
        _half_a_year(world, _("Pay only minimums"), "minimum"),
        _half_a_year(world, _("Pay nothing"), ""),
    ]


def _half_a_year(world: World, label: str, paying: str) -> WhatIf:
    trial = world.trial()
    trial.live_quietly()
    trial.do({"do": "autopay", "mode": "off"})
    changes: list[str] = []
    for _day in range(HALF_A_YEAR):
        for event in trial.next_day():
            if event["event"] == "limit_changed" and event["kind"] == "permanent":
                changes = [reason_text(reason) for reason in event["reasons"]]
        account = trial.account
        asked = billed_fen(account) if paying == "full" else minimum_fen(account)
        if paying and asked and account.statement_count and due_day(account) == trial.day:
            trial.shopper.cash_fen += asked
            trial.do({"do": "repay", "amount": paying})
    return WhatIf(label, trial.account.limit_fen, trial.account.score, trial.account.grade, sentences(*changes))

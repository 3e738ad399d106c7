"""Seasons: temporary limits around festivals (RULES §10)."""

from __future__ import annotations

from typing import Any

from simulator.account import Account
from simulator.codes import ACTIVE, EXPIRY, NEVER, SEASON, TEMPORARY
from simulator.policy.record import PolicyRecord, Season
from simulator.registry import rule
from simulator.rules.arithmetic import down_to_hundred_yuan, share
from simulator.rules.ask import Ask, Finding
from simulator.rules.balances import carried_fen, exposure_fen
from simulator.rules.ending import line_closed
from simulator.rules.events import LIMIT_CHANGED, emit, remember
from simulator.rules.reasons import LIMIT_SEASON, declare
from simulator.rules.scoring import days_since

SEASON_OPENS, SEASON_OVER = 1, 2
TEMPORARY_FROM_GRADE = 2
"""Grade C or better. RULES §10."""
_DAYS_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


@rule
def season_opens(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """A festival season opens for active lines with nothing late and grade C or better."""
    grade = account.grade
    graded = (grade >= 0) & (grade <= TEMPORARY_FROM_GRADE)
    suits = (account.status == ACTIVE) & (account.dpd == 0) & graded
    return Finding(suits, account.limit_fen, policy.temporary_limit_ppm)


@rule
def season_over(account: Account, policy: PolicyRecord, ask: Ask) -> Finding:
    """The temporary limit's last day has passed."""
    ended = account.temporary_until_day != NEVER and ask.day > account.temporary_until_day
    return Finding(ended, days_since(ask.day, account.temporary_until_day), 0)


declare(
    LIMIT_SEASON,
    ("season_opens", "fen", season_opens),
    ("season_over", "days", season_over),
    ("line_closed", "none", line_closed),
)


@rule
def day_of_year(year: int, month: int, dom: int) -> int:
    """Day of the year from 1."""
    leap = month > 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _DAYS_BEFORE_MONTH[month - 1] + dom + int(leap)


@rule
def days_to_season(season: Season, ask: Ask) -> int:
    """Days until a season's next first day, 0 on that day. It may lie in a year before its festival's."""
    year = ask.year
    festival = day_of_year(year, season.month, season.dom)
    ahead = festival - season.before - day_of_year(year, ask.month, ask.dom)
    while ahead < 0:
        ahead += day_of_year(year, 12, 31) - festival
        year += 1
        festival = day_of_year(year, season.month, season.dom)
        ahead += festival
    return ahead


@rule
def season_month(policy: PolicyRecord, ask: Ask) -> bool:
    """Whether a season's first day may lie in this calendar month."""
    return policy.season_months >> ask.month - 1 & 1 == 1


@rule
def may_open(season: Season, ask: Ask) -> bool:
    """Whether this season's first day may lie in this calendar month."""
    return season.first_months >> ask.month - 1 & 1 == 1


@rule
def season_length(season: Season) -> int:
    """Days from a season's first to its last."""
    return season.before + season.after


@rule
def temporary_limits(account: Account, policy: PolicyRecord, ask: Ask, log: Any) -> None:
    """Give temporary limits on a season's first day, take them back after its last. RULES §10."""
    if season_over(account, policy, ask).holds:
        end_temporary(account, ask, log)
    if not season_month(policy, ask) or not season_opens(account, policy, ask).holds:
        return
    for i in range(policy.season_count):
        season = policy.season[i]
        if not may_open(season, ask) or days_to_season(season, ask) > 0:
            continue
        temporary = down_to_hundred_yuan(share(account.limit_fen, policy.temporary_limit_ppm))
        if temporary <= account.temporary_fen:
            continue
        remember(log, account, ask)
        emit(log, LIMIT_CHANGED, ask.day, TEMPORARY, account.temporary_fen, temporary, SEASON,
             topic=LIMIT_SEASON, reasons=SEASON_OPENS)  # fmt: skip
        account.temporary_fen = temporary
        account.temporary_until_day = ask.day + season_length(season)


@rule
def end_temporary(account: Account, ask: Ask, log: Any) -> None:
    """A temporary limit goes; what it carried beyond the permanent one joins the next minimum."""
    if account.temporary_fen > 0:
        remember(log, account, ask)
        emit(log, LIMIT_CHANGED, ask.day, TEMPORARY, account.temporary_fen, 0, EXPIRY,
             topic=LIMIT_SEASON, reasons=SEASON_OVER)  # fmt: skip
        exposure = exposure_fen(account)
        over = max(0, exposure - account.limit_fen)
        account.expiry_extra_fen = min(carried_fen(account), over)
    account.temporary_fen = 0
    account.temporary_until_day = NEVER

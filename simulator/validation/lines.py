"""Lines: how much of limits is used, what rolls on, what is lost, who stays. Over the last of two years."""

from __future__ import annotations

import numpy as np

from simulator.engine import measures as m
from simulator.rules import columns as c
from simulator.rules import events as e
from simulator.validation.bills import bills_of
from simulator.validation.parts import PERCENT, THOUSAND, Part, percent, ratio
from simulator.validation.watch import LAST_YEAR, Watched, Whole

YEAR = slice(LAST_YEAR[0], LAST_YEAR[1] + 1)
HALF_YEAR = 6
YOUNG = 35


def agg_utilisation(seen: Watched) -> list[Part]:
    """Exposure over permanent limits of accounts that owe or bought in the cycle, at month-ends."""
    book = (seen.open_lines() & (seen.ends["active"] > 0))[YEAR]
    return [percent(seen.ends["exposure_fen"][YEAR][book].sum(), seen.ends["limit_fen"][YEAR][book].sum())]


def use_of_all_lines(seen: Watched) -> Part:
    """All exposure over the permanent limits of all open lines, at month-ends: `utilisation_ppm` of the market."""
    return percent(seen.stock(m.EXPOSURE)[YEAR].sum(), seen.stock(m.LIMIT_TOTAL)[YEAR].sum())


def _uses(seen: Watched, month: int) -> tuple[Whole, Whole]:
    """Limits and uses in ppm of open lines at a month's end."""
    some = seen.open_lines()[month] & (seen.ends["limit_fen"][month] > 0)
    limits = seen.ends["limit_fen"][month][some]
    return limits, seen.ends["exposure_fen"][month][some] * 1_000_000 // limits


def util_shape(seen: Watched) -> list[Part]:
    """Open accounts with no use, up to 10 %, and over 90 up to 100 %, at month-ends."""
    uses = np.concatenate([_uses(seen, month)[1] for month in range(*YEAR.indices(seen.months))])
    low = (uses > 0) & (uses <= 100_000)
    high = (uses > 900_000) & (uses <= 1_000_000)
    return [percent(some.sum(), len(uses)) for some in (uses == 0, low, high)]


def util_by_limit(seen: Watched) -> list[Part]:
    """Mean use in the lowest fifth of limits over that in the highest."""
    limits, uses = _uses(seen, LAST_YEAR[1])
    order = np.argsort(limits, kind="stable")
    fifth = len(order) // 5
    return [ratio(uses[order[:fifth]].mean(), uses[order[-fifth:]].mean())]


def util_before_default(seen: Watched) -> list[Part]:
    """Rise of use over the six months before first going late, less that of the never late, in points."""
    late = seen.ends["worst_dpd"]
    uses = seen.ends["exposure_fen"] / np.maximum(1, seen.ends["limit_fen"])
    lines = seen.open_lines()
    rise, cases = 0.0, 0
    for month in range(HALF_YEAR + 1, seen.months):
        held = lines[month - HALF_YEAR - 1] & lines[month - 1]
        first = held & (late[month - 1] == 0) & (late[month] > 0)
        never = held & (late[-1] == 0)
        change = uses[month - 1] - uses[month - HALF_YEAR - 1]
        if first.any() and never.any():
            rise += float((change[first] - change[never].mean()).sum())
            cases += int(first.sum())
    return [Part(rise, cases, PERCENT)]


def roll_m1_m2(seen: Watched) -> list[Part]:
    """Of the balance in M1 at a month's end: in M2 a month later."""
    roll = seen.roll(*LAST_YEAR)
    return [percent(roll[1, 2], roll[1].sum())]


def roll_m2_m3(seen: Watched) -> list[Part]:
    """Of the balance in M2 at a month's end: in M3 a month later."""
    roll = seen.roll(*LAST_YEAR)
    return [percent(roll[2, 3], roll[2].sum())]


def stock_30_90(seen: Watched) -> list[Part]:
    """Balance over 30 and over 90 days past due, of all; mean of month-ends."""
    owed = seen.stock(m.EXPOSURE)[YEAR].sum()
    return [percent(seen.stock(late)[YEAR].sum(), owed) for late in (m.DPD30, m.DPD90)]


def charge_off_year(seen: Watched) -> list[Part]:
    """Charged off in a year over the mean balance."""
    return [percent(seen.flow(m.CHARGED_OFF_FEN, *LAST_YEAR), seen.stock(m.EXPOSURE)[YEAR].mean())]


def activity_mix(seen: Watched) -> list[Part]:
    """Open accounts by the bills due in the last two months: inactive, full payers, revolvers or plan users, switching."""
    bills = bills_of(seen, seen.months - 4)
    here = seen.open_lines()[-3] & seen.open_lines()[-1]
    carried = ~bills.full | (bills.plan > 0)
    seen_as = np.zeros((2, seen.count), np.int64)
    for cycle, month in enumerate((seen.months - 2, seen.months - 1)):
        mine = (bills.due >= seen.first_day(month)) & (bills.due < seen.first_day(month + 1))
        seen_as[cycle, bills.shopper[mine]] = 1 + carried[mine]
    low, high = seen_as.min(axis=0)[here], seen_as.max(axis=0)[here]
    kinds = (high == 0, high == 1, (high == 2) & (low != 1), (high == 2) & (low == 1))
    return [percent(kind.sum(), here.sum()) for kind in kinds]


def attrition(seen: Watched) -> list[Part]:
    """Lines closed in a year by their owners, and by anybody, over the mean open."""
    held = seen.stock(m.OPEN)[YEAR].mean()
    own = seen.flow(m.CLOSED_SHOPPER, *LAST_YEAR)
    closed = sum(seen.flow(flow, *LAST_YEAR) for flow in range(m.CLOSED_SHOPPER, m.CLOSED_ENDED + 1))
    return [percent(own, held), percent(closed, held)]


def complaints(seen: Watched) -> list[Part]:
    """Complaints to the regulator per 1,000 accounts and year."""
    return [Part(seen.flow(m.REGULATOR_COMPLAINTS, *LAST_YEAR), seen.stock(m.OPEN)[YEAR].mean(), THOUSAND)]


def young_share(seen: Watched) -> list[Part]:
    """Of what is owed on plans at the end: by people up to 35."""
    accounts, _shoppers = seen.people.whole()
    plans = accounts["plans"]
    owed = (plans["unbilled_fen"].astype(np.int64) + plans["billed_unpaid_fen"]).sum(axis=1)
    return [percent(owed[accounts["age"] <= YOUNG].sum(), owed.sum())]


def age_u(seen: Watched) -> list[Part]:
    """Ever over 90 days late by age at opening: 21 to 24, and 60 and over, each against 30 to 34."""
    accounts = seen.people.accounts
    held = accounts["opened_day"] > -900_000
    bad = accounts["worst_dpd"] > 90

    def rate(low: int, high: int) -> float:
        some = held & (accounts["age"] >= low) & (accounts["age"] <= high)
        return float(bad[some].mean()) if some.any() else 0.0

    middle = rate(30, 34)
    return [ratio(rate(21, 24), middle), ratio(rate(60, 99), middle)]


def stacking(seen: Watched) -> list[Part]:
    """Of plan users of a year: two plans open at once; plans begun a head; more than one a month."""
    plans = seen.rows[e.PLAN_CREATED]
    start = seen.first_day(LAST_YEAR[0])
    begun = np.bincount(plans[plans[:, 1] >= start, 0], minlength=seen.count)
    users = begun > 0
    both = np.zeros(seen.count, bool)
    ends = np.zeros(seen.count, np.int64)
    for row in plans:
        who, day = row[0], row[1]
        end = day + 30 * row[c.PLAN_TERMS]
        both[who] |= day < ends[who] and min(end, ends[who]) >= start
        ends[who] = max(ends[who], end)
    heads = users.sum()
    return [
        percent((both & users).sum(), heads), ratio(begun.sum(), heads), percent((begun > 12).sum(), heads),
    ]  # fmt: skip

"""From the validated policy to the record of whole numbers that the rules read.

Made by names alone: switches become 0 or 1, grades 0..4, choices their place among the codes,
tables lists in the order of their keys, lists of tables slots with a count.
"""

from __future__ import annotations

import datetime
import functools
import operator
from collections.abc import Mapping
from typing import Any

from simulator.codes import GRADES, SETTLEMENTS
from simulator.policy.caps import plan_simple_rates
from simulator.policy.record import (
    BINS,
    EARLIER_FEES,
    FUNDED_GRADE,
    NO_BOUND,
    NO_VALUE,
    EarlierFees,
    PolicyRecord,
)
from simulator.policy.schema import Policy
from simulator.policy.scorecards import Characteristic, Scorecard, scorecards
from simulator.row import Row

A_LEAP_YEAR = 2024
_CODES = {name: code for names in (GRADES, SETTLEMENTS) for code, name in enumerate(names)}


def to_record(policy: Policy, cards: Mapping[str, Scorecard] | None = None) -> PolicyRecord:
    """The record of a policy, with the scorecards that come with Whiteslip unless others are given."""
    values: dict[str, Any] = policy.flat()
    festivals = values["season"]
    values["season"] = [_season(festival) for festival in festivals]
    values["season_count"] = len(festivals)
    values["season_months"] = functools.reduce(operator.or_, (each["first_months"] for each in values["season"]), 0)
    values["earlier_fees"], values["earlier_fee_count"] = [], 0
    values["plan_simple_rate_ppm"] = plan_simple_rates(policy)
    values |= {name: _card(card) for name, card in (cards or scorecards()).items()}
    return PolicyRecord(
        **{name: _numeric(values[name], kind, shape) for name, kind, shape in PolicyRecord.layout}
    )


def following(record: PolicyRecord, earlier: PolicyRecord, day: int) -> PolicyRecord:
    """The record of a policy that takes over from another on a day: it knows what merchants were charged before.

    Of more changes of those fees than there is room for, the oldest are forgotten.
    """
    made = record.copy()
    known = [fees.copy() for fees in earlier.earlier_fees[: earlier.earlier_fee_count]]
    charged = EarlierFees(until_day=day, merchant_fee_ppm=earlier.merchant_fee_ppm, funded_fee_ppm=_funded(earlier))
    if (record.merchant_fee_ppm, _funded(record)) != (charged.merchant_fee_ppm, charged.funded_fee_ppm):
        known = [*known, charged][-EARLIER_FEES:]
    made.earlier_fees = known + [EarlierFees() for _ in range(EARLIER_FEES - len(known))]
    made.earlier_fee_count = len(known)
    return made


def _funded(record: PolicyRecord) -> list[int]:
    """The fee rates of plans that merchants fund, by terms."""
    return [rates[FUNDED_GRADE] for rates in record.fee_rate_ppm]


def _numeric(value: Any, kind: Any, shape: tuple[int, ...]) -> Any:
    """A value as a field of the record holds it; lists are filled up with empty slots."""
    if shape:
        parts = list(value.values() if isinstance(value, dict) else value)
        made = [_numeric(part, kind, shape[1:]) for part in parts]
        return made + [_empty(kind, shape[1:]) for _ in range(shape[0] - len(made))]
    if isinstance(value, dict):
        return _row(kind, value)
    return _CODES[value] if isinstance(value, str) else int(value)


def _row(kind: type[Row], values: dict[str, Any]) -> Row:
    """A nested row from a table of the same names."""
    return kind(**{name: _numeric(values[name], part, shape) for name, part, shape in kind.layout})


def _empty(kind: Any, shape: tuple[int, ...]) -> Any:
    """The empty slot of a list."""
    if shape:
        return [_empty(kind, shape[1:]) for _ in range(shape[0])]
    return 0 if isinstance(kind, str) else kind()


def _season(festival: dict[str, Any]) -> dict[str, int]:
    """A festival with its day as two numbers, and the months in which its season may begin."""
    month, dom = (int(part) for part in festival["day"].split("-"))
    return {**festival, "month": month, "dom": dom, "first_months": _first_months(month, dom, festival["before"])}


def _first_months(month: int, dom: int, before: int) -> int:
    """The calendar months that may hold a season's first day, a bit each, whether or not a leap day lies between."""
    ahead = datetime.timedelta(before)
    months = {(datetime.date(year, month, dom) - ahead).month for year in (A_LEAP_YEAR, A_LEAP_YEAR + 1)}
    return sum(1 << each - 1 for each in months)


def _pointless(characteristic: Characteristic) -> int:
    """The bound of the last of the first bins that give no points."""
    bound = NO_VALUE
    for one in characteristic.bins:
        if one.points != 0:
            break
        bound = NO_BOUND if one.to is None else one.to
    return bound


def _card(card: Scorecard) -> dict[str, Any]:
    """A scorecard as slots: bounds, none from the last bin on, and points."""
    return {
        "characteristics": [
            {
                "bins": len(each.bins),
                "bounds": [NO_BOUND if one.to is None else one.to for one in each.bins]
                + [NO_BOUND] * (BINS - len(each.bins)),
                "points": [one.points for one in each.bins],
                "pointless": _pointless(each),
            }
            for each in card.characteristics
        ],
    }

"""Summary: how an account stands, in the words of INTERFACE; the same for the player and for the market."""

from __future__ import annotations

import datetime
from typing import Any

from simulator import codes
from simulator.account import Account
from simulator.population.shopper import Shopper
from simulator.row import hash_of
from simulator.rules.balances import available_fen, exposure_fen
from simulator.rules.health import health_of


def state_hash(account: Account, shopper: Shopper) -> str:
    """Hash of the two records by named fields, in hexadecimal."""
    return hash_of(account=account, shopper=shopper)


def summary_of(account: Account, shopper: Shopper, seq: int, day: int, date: datetime.date) -> dict[str, Any]:
    """The `summary` line of INTERFACE: the account as it stands on a day."""
    liquid = shopper.cash_fen + shopper.fund_fen
    return {
        "seq": seq,
        "day": day,
        "date": date.isoformat(),
        "event": "summary",
        "status": codes.STATUSES[account.status],
        "locked": bool(account.locked),
        "limit_fen": account.limit_fen,
        "available_fen": available_fen(account),
        "exposure_fen": exposure_fen(account),
        "dpd": account.dpd,
        "bucket": f"M{account.bucket}",
        "cash_fen": shopper.cash_fen,
        "fund_fen": shopper.fund_fen,
        "score": account.score,
        "grade": codes.GRADES[account.grade] if account.grade >= 0 else None,
        "health": health_of(account, shopper.income_fen, shopper.expenses_fen, liquid),
        "state_hash": state_hash(account, shopper),
    }

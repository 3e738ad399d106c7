"""A market that answers by arithmetic: each figure follows from the policy, so that a test can say what it is.

It stands in for the engine where a test is about the screen: what is asked, cancelled, drawn and copied.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from simulator.lab.answer import (
    FAIRNESS,
    Answer,
    Brought,
    Gap,
    Group,
    GroupBy,
    Measured,
    Roll,
    Swap,
    SwapShopper,
    Vintage,
)
from simulator.lab.twin import TwinLives
from simulator.lab.waterfall import PROFIT_PARTS
from simulator.policy.schema import Policy
from tests.lives import played

KEYS: dict[GroupBy, tuple[str, ...]] = {
    "age": ("18-24", "25-34", "35-44", "45-54", "55-65"),
    "city_tier": ("1", "2", "3", "4", "5"),
    "income_fifth": ("1", "2", "3", "4", "5"),
    "owner": ("yes", "no"),
    "grade": ("A", "B", "C", "D", "E"),
}
GROUP_SHARES = (
    "approval_ppm", "service_over_40_ppm", "fee_burden_ppm", "leaver_ppm", "complaint_ppm", "loss_ppm",
)  # fmt: skip
SIZES = (500, 5_000, 50_000)
Kind = Literal["only_champion", "only_challenger", "limit", "life"]
KINDS: tuple[Kind, ...] = ("only_challenger", "limit", "life")


def looseness(policy: Policy) -> int:
    """How loose a policy is: points under the standard cut-off, and thousandths of income lent."""
    return 550 - policy.grade_cutoffs.E + policy.income_multiple_ppm // 1_000 - 600


def metrics(champion: Policy, challenger: Policy, shoppers: int) -> dict[str, Measured]:
    """Every measure that the views show, straight from how loose the two policies are."""
    moved = looseness(challenger) - looseness(champion)

    def measured(today: int, each: int) -> Measured:
        error = abs(each * moved) * 30 / shoppers**0.5
        return Measured(today, today + each * moved, error, error * 4)

    found = {
        name: measured(shoppers * size, shoppers * size // 500) for size, name in enumerate(PROFIT_PARTS, 3)
    }
    profit = Measured(
        sum(sign * found[name].champion for name, sign in PROFIT_PARTS.items()),
        sum(sign * found[name].challenger for name, sign in PROFIT_PARTS.items()),
        shoppers / 3 if moved else 0.0,
    )
    amounts = (
        "gmv_fen", "line_fen", "exposure_fen", "average_exposure_fen", "plan_fee_income_fen", "revolving_income_fen",
        "provision_fen", "store_margin_fen", "average_limit_fen", "given_up_fen", "limit_total_fen",
        *(f"m{bucket}_fen" for bucket in range(7)),
    )  # fmt: skip
    shares = (
        "return_ppm",
        "approval_ppm",
        "dpd30_plus_ppm",
        "dpd90_plus_ppm",
        "loss_ppm",
        "instalment_share_ppm",
    )
    counts = (
        "applications", "approved", "declined", "limits_raised", "limits_cut", "limits_review", "limits_late", "limits_season",
        "declined_student", "declined_score_too_low", "service_over_40", "over_indebted", "leavers", "complaints",
        "suspended_overdue", "closed_by_system",
    )  # fmt: skip
    return {
        **found,
        "profit_fen": profit,
        **{name: measured(shoppers * 70, shoppers) for name in amounts},
        **{name: measured(61_300, 130) for name in shares},
        **{name: measured(shoppers // 20, max(1, shoppers // 2_000)) for name in counts},
    }


def answer(champion: Policy, challenger: Policy, shoppers: int, done_ppm: int = 1_000_000) -> Answer:
    """A whole answer."""
    moved = looseness(challenger) - looseness(champion)
    share = Measured(200_000, 200_000 + 40 * moved, abs(moved) * 3.0)
    groups = tuple(
        Group(by, key, shoppers // len(keys), dict.fromkeys(GROUP_SHARES, share))
        for by, keys in KEYS.items()
        for key in keys
    )
    gaps = tuple(
        Gap(by, name, KEYS[by][0], KEYS[by][-1], Measured(9_000, 9_000 + moved, 1.0 if moved else 0.0))
        for by in FAIRNESS
        for name in GROUP_SHARES[:5]
    )
    rolls = tuple(Roll(f"M{bucket}", f"M{bucket + 1}", share) for bucket in range(6))
    vintages = tuple(Vintage("2025-01", age, Measured(age * 900, age * (900 + moved))) for age in range(13))
    people = tuple(_person(number, kind, moved) for number, kind in enumerate(KINDS, 7))
    swap = Swap(0, abs(moved), people) if moved else Swap()
    return Answer(
        shoppers,
        365,
        1,
        done_ppm,
        "from_today",
        metrics(champion, challenger, shoppers),
        groups,
        gaps,
        rolls,
        vintages,
        swap,
    )


def _person(number: int, kind: Kind, moved: int) -> SwapShopper:
    """Somebody whom the policies treat differently."""
    return SwapShopper(
        number, kind, number, number, 3, 31, 541, 50_000, 50_000 + 1_000 * abs(moved), 0, 24
    )


class MarketDouble:
    """Answers three times, each over more shoppers; can be held up between two of them."""

    def __init__(self, champion: Policy) -> None:
        """The champion; nothing was asked yet."""
        self.champion = champion
        self.asked: list[Policy] = []
        self.finished: list[Policy] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.error: Exception | None = None
        self.state = "ready"
        self.since: datetime.date | None = None
        self.brought: Brought | None = None

    def estimate(
        self, challenger: Policy, on_answer: Callable[[Answer], None], cancel: Callable[[], bool]
    ) -> None:
        """Answer, unless cancelled between."""
        self.asked.append(challenger)
        if self.error is not None:
            raise self.error
        for place, shoppers in enumerate(SIZES, 1):
            found = answer(self.champion, challenger, shoppers, place * 1_000_000 // len(SIZES))
            on_answer(replace(found, since=self.since))
            self.may_go_on.wait(timeout=20)
            if cancel():
                return
        self.finished.append(challenger)

    def lives(self, challenger: Policy, shopper: int) -> TwinLives:
        """A life that the challenger's first event makes another one."""
        events = played().events
        return TwinLives(events, [*events[:4], {**events[4], "amount_fen": 1}, *events[5:]])

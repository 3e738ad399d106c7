"""Checkout: every way to pay for an amount, what it costs, and what it does to limit and bill."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from simulator.codes import TERMS
from simulator.explain.buying import CASH, FREE, LATER, ON_TERMS, next_bill, step_of, tried
from simulator.explain.offers import quoted
from simulator.messages import reason_text, remedy_text
from simulator.population.catalogue import Item
from simulator.quote import Quote
from simulator.rules.arithmetic import ratio_ppm
from simulator.rules.balances import billed_fen, exposure_fen
from simulator.text import sentences
from simulator.world import World


@dataclass(frozen=True)
class Way:
    """One way to pay. `step` is what to do; `refusal` says why it cannot be done, `remedy` what then."""

    key: str
    terms: int
    free: bool
    month_fen: int
    fee_fen: int
    total_fen: int
    simple_percent: Decimal | None
    effective_percent: Decimal | None
    exact_percent: Decimal | None
    step: dict[str, Any]
    quote: Quote | None
    refusal: str
    remedy: str


@dataclass(frozen=True)
class CheckoutView:
    """All ways to pay for one thing, and what the line looks like after each."""

    name: str
    amount_fen: int
    ways: list[Way]
    use_ppm: int


@dataclass(frozen=True)
class After:
    """What a purchase does: what can be used then, the share in use, and the next bill before and after."""

    can_use_fen: int
    use_before_ppm: int
    use_after_ppm: int
    bill_before_fen: int
    bill_after_fen: int
    bill_open: bool


def checkout(world: World, item: Item) -> CheckoutView:
    """The ways to pay for an item today."""
    ways = [_cash(world, item)]
    if world.account.grade >= 0:
        ways.append(_way(world, item, 1, False))
        ways += [_way(world, item, terms, False) for terms in TERMS]
        ways += [_way(world, item, terms, True) for terms in item.free_terms]
    use = ratio_ppm(exposure_fen(world.account), world.account.limit_fen)
    return CheckoutView(item.name, item.price_fen, ways, use)


def billed_tonight(world: World) -> datetime.date | None:
    """The due day of what is bought on the line today where tonight's bill takes it up; None on other days."""
    if world.date.day != world.account.statement_day:
        return None
    return world.date + datetime.timedelta(days=world.life.record.due_offset_days)


def above_cap(world: World, way: Way) -> bool:
    """Whether a plan's rate by exact dates is above the legal cap, which looks at equal months."""
    return way.exact_percent is not None and way.exact_percent * 10_000 > world.policy.rate_cap_ppm


def _cash(world: World, item: Item) -> Way:
    step = step_of(item, CASH)
    refusal, remedy = _refused(world, step)
    return Way(CASH, 1, False, item.price_fen, 0, item.price_fen, None, None, None, step, None, refusal, remedy)


def _way(world: World, item: Item, terms: int, free: bool) -> Way:
    key = LATER if terms == 1 else f"{FREE if free else ON_TERMS}{terms}"
    step = step_of(item, key)
    refusal, remedy = _refused(world, step)
    if terms == 1:
        zero = Decimal("0.00")
        return Way(
            key,
            1,
            False,
            item.price_fen,
            0,
            item.price_fen,
            zero,
            zero,
            zero,
            step,
            None,
            refusal,
            remedy,
        )
    made = quoted(world, item.price_fen, terms, int(free))
    return Way(
        key, terms, free, made.payments[0].total_fen, made.total_fee_fen, made.total_fen, made.rates.simple_rate_percent,
        made.rates.effective_rate_percent, made.rates.xirr_percent, step, made, refusal, remedy,
    )  # fmt: skip


def _refused(world: World, step: dict[str, Any]) -> tuple[str, str]:
    """Why a purchase would not go through. One that would wait goes through."""
    _trial, reasons = tried(world, step)
    return sentences(*map(reason_text, reasons)), sentences(*map(remedy_text, reasons))


def after(world: World, way: Way) -> After:
    """What the line looks like after buying so, the open bill paid in full meanwhile."""
    bought, _reasons = tried(world, way.step)
    use_after = ratio_ppm(exposure_fen(bought.account), bought.account.limit_fen)
    return After(
        bought.can_use_fen(), ratio_ppm(exposure_fen(world.account), world.account.limit_fen), use_after, _next_bill_fen(world),
        _next_bill_fen(bought), billed_fen(world.account) > 0,
    )  # fmt: skip


def _next_bill_fen(life: World) -> int:
    """The next bill in full if the open one is paid today; 0 where none comes."""
    _then, made = next_bill(life)
    return int(made["balance_fen"]) if made is not None else 0

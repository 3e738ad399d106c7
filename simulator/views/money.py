"""Money: income, cash, fund, what debts take, the bureau as a lender would see it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from simulator.explain.scores import no_costs_text
from simulator.rules.arithmetic import ratio_ppm
from simulator.rules.hardship import debt_service_fen
from simulator.views.health import health_points
from simulator.views.home import Coming, coming
from simulator.world import World


@dataclass(frozen=True)
class MoneyView:
    """Everything on the money screen."""

    income_fen: int
    pay_day: int
    out_of_work_until: datetime.date | None
    expenses_fen: int
    cash_fen: int
    fund_fen: int
    on_its_way: list[tuple[datetime.date, int]]
    debt_service_fen: int
    debt_share_ppm: int
    elsewhere_fen: int
    health: int
    quarters: tuple[int, int, int, int]
    no_costs: str
    reported: list[tuple[datetime.date, int]]
    coming: list[Coming]


def money_view(world: World) -> MoneyView:
    """How the player's money stands."""
    account, shopper = world.account, world.shopper
    date = world.calendar.date_of
    service = debt_service_fen(account)
    refunds = [(date(refund.arrives_day), refund.amount_fen) for refund in account.refunds if refund.order]
    moves = [(date(move.arrives_day), move.amount_fen) for move in shopper.fund_out if move.amount_fen]
    return MoneyView(
        shopper.income_fen, shopper.pay_day, date(shopper.job_back_day) if shopper.job_back_day > world.day else None,
        shopper.expenses_fen, shopper.cash_fen, shopper.fund_fen, sorted(refunds + moves), service,
        ratio_ppm(service, shopper.income_fen), account.instalments_elsewhere_fen,
        *health_points(world), no_costs_text(world),
        [
            (datetime.date.fromisoformat(event["date"]), event["dpd"])
            for event in world.events if event["event"] == "bureau_reported"
        ],
        coming(world),
    )  # fmt: skip

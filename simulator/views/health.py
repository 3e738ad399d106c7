"""Health in points: the whole of 100, and quarters of up to 25 that add up to it as they are shown."""

from __future__ import annotations

from typing import NamedTuple

from simulator.rules.arithmetic import MILLION
from simulator.rules.health import QUARTER, health_of, health_parts
from simulator.world import World


class HealthPoints(NamedTuple):
    """Points of financial health, and of what is left over, put by, free of debts, paid on time."""

    whole: int
    quarters: tuple[int, int, int, int]


def health_points(world: World) -> HealthPoints:
    """Health as the rules have it; of quarters that are rounded, those go up that are nearest to it."""
    account, shopper = world.account, world.shopper
    told = (account, shopper.income_fen, shopper.expenses_fen, shopper.cash_fen + shopper.fund_fen)
    whole = health_of(*told)
    exact = [part * QUARTER for part in health_parts(*told)]
    points = [part // MILLION for part in exact]
    nearest = sorted(range(len(exact)), key=lambda place: -(exact[place] % MILLION))
    for place in nearest[: whole - sum(points)]:
        points[place] += 1
    surplus, buffer, debt, timely = points
    return HealthPoints(whole, (surplus, buffer, debt, timely))

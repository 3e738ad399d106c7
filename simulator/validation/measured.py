"""Measured: every target measured on worlds of several seeds, and whether it lies in its band."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass

from simulator.validation import bills, lines, scores, shopping, twins
from simulator.validation.parts import Part, pooled
from simulator.validation.targets import Target, targets
from simulator.validation.watch import Watched, standard, town_of, warmed

SHOPPERS = 20_000
MONTHS = 24
DAYS = 1_200
"""How far the calendar reaches: 36 months and a month more."""

PLAIN: dict[str, Callable[[Watched], list[Part]]] = {
    measure.__name__: measure
    for measure in (
        bills.full_share, bills.min_share, bills.gap_50_98, bills.round_payments, bills.day1_late, bills.cure_30,
        bills.late_tail, bills.late_fee_users, lines.agg_utilisation, lines.util_shape, lines.util_by_limit,
        lines.util_before_default, lines.roll_m1_m2, lines.roll_m2_m3, lines.stock_30_90, lines.charge_off_year,
        lines.activity_mix, lines.attrition, lines.complaints, lines.young_share, lines.age_u, lines.stacking,
        scores.score_auc, scores.score_odds, shopping.payday, shopping.weekday, shopping.singles_day, shopping.returns,
    )
}  # fmt: skip
BETWEEN: dict[str, Callable[[twins.Twins], list[Part]]] = {
    measure.__name__: measure for measure in (twins.mpc_cli, twins.mpc_path, twins.spend_lift, twins.reminder)
}
"""Measures between twin worlds."""
BESIDE: dict[str, Callable[[Watched], Part]] = {"agg_utilisation": lines.use_of_all_lines}
"""By target: a figure by another definition, which is told beside those of the target and has no band."""
BESIDE_KEY = "{} beside"


@dataclass(frozen=True)
class Result:
    """One target: pooled figures, the spread over seeds (standard deviation), in or out of its bands."""

    target: Target
    figures: list[float]
    spread: list[float]
    inside: list[bool]
    beside: float | None = None
    """The pooled figure by another definition, where there is one."""

    @property
    def holds(self) -> bool:
        """Whether every figure lies in its band."""
        return all(self.inside)


def measure_seed(seed: int, shoppers: int = SHOPPERS, *, between: bool = True) -> dict[str, list[Part]]:
    """Every measure of one seed; without twin worlds those between worlds are left out."""
    policy = standard()
    people = warmed(town_of(seed), shoppers, policy, DAYS)
    before = people.copy()
    seen = Watched(people, policy, MONTHS, events=True)
    found = {name: measure(seen) for name, measure in PLAIN.items()}
    found |= {BESIDE_KEY.format(name): [measure(seen)] for name, measure in BESIDE.items()}
    if between:
        seen.go_on(policy, twins.THREE_YEARS)
        worlds = twins.twins_of(seed, shoppers, before, seen)
        found |= {name: measure(worlds) for name, measure in BETWEEN.items()}
    return found


def results(by_seed: list[dict[str, list[Part]]]) -> list[Result]:
    """Targets that were measured, pooled over seeds."""
    return [
        _result(target, [found[target.name] for found in by_seed], [found.get(BESIDE_KEY.format(target.name), []) for found in by_seed])
        for target in targets() if target.name in by_seed[0]
    ]  # fmt: skip


def _result(target: Target, by_seed: list[list[Part]], beside: list[list[Part]]) -> Result:
    figures = [pooled(list(parts)) for parts in zip(*by_seed, strict=True)]
    spread = [
        statistics.stdev(part.value for part in parts) if len(by_seed) > 1 else 0.0
        for parts in zip(*by_seed, strict=True)
    ]
    told = [part for parts in beside for part in parts]
    return Result(target, figures, spread, target.holds(figures), pooled(told) if told else None)

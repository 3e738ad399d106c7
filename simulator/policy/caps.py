"""Legal caps: what in a policy costs more a year than `rate_cap_ppm` (RULES §4).

Compared are the simple rate of each plan, without fen rounding, rounded up to the ppm, and each daily rate × 365.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from simulator.calendar import DAYS_A_YEAR
from simulator.policy.faults import dotted, shown
from simulator.policy.fields import Place
from simulator.policy.schema import Policy
from simulator.rates import simple_rate_ppm
from simulator.text import _, percent_text

DAILY_RATES = ("revolving_fee_ppm", "late_fee_ppm", "settle_daily_ppm")


class Excess(NamedTuple):
    """One rate above the cap: a daily one, or that of plans of some number of terms."""

    place: Place
    given_ppm: int
    yearly_ppm: int
    cap_ppm: int
    grades: str = ""

    def sentence(self) -> str:
        """What is above the cap, by how much, and what is allowed."""
        return self._plan_sentence() if self.grades else self._daily_sentence()

    def _daily_sentence(self) -> str:
        text = _(
            "{field} is {given} ppm a day, {yearly} a year; allowed is at most {most} ppm a day, "
            "so that a year stays within {cap} (rate_cap_ppm)."
        )
        return text.format(
            field=self.place[0],
            given=shown(self.given_ppm),
            yearly=percent_text(self.yearly_ppm),
            most=shown(self.cap_ppm // DAYS_A_YEAR),
            cap=percent_text(self.cap_ppm),
        )

    def _plan_sentence(self) -> str:
        text = _(
            "{field} is up to {given} ppm a term, {yearly} a year, in grade {grades}; allowed is at most "
            "{cap} a year (rate_cap_ppm)."
        )
        return text.format(
            field=dotted(self.place),
            given=shown(self.given_ppm),
            yearly=percent_text(self.yearly_ppm),
            grades=self.grades,
            cap=percent_text(self.cap_ppm),
        )


def over_cap(policy: Policy) -> list[Excess]:
    """Every rate above the cap: daily rates by name, plans by their terms."""
    cap_ppm = policy.rate_cap_ppm
    found = []
    for name in DAILY_RATES:
        daily_ppm = getattr(policy, name)
        if daily_ppm * DAYS_A_YEAR > cap_ppm:
            found.append(Excess((name,), daily_ppm, daily_ppm * DAYS_A_YEAR, cap_ppm))
    fees = policy.flat()["fee_rate_ppm"]
    for terms, simple_ppm in plan_simple_rates(policy).items():
        dear = [grade for grade, rate_ppm in simple_ppm.items() if rate_ppm > cap_ppm]
        if dear:
            dearest = max(dear, key=lambda grade: simple_ppm[grade])
            place = ("fee_rate_ppm", terms)
            found.append(Excess(place, fees[terms][dearest], simple_ppm[dearest], cap_ppm, ", ".join(dear)))
    return found


def plan_simple_rates(policy: Policy) -> dict[str, dict[str, int]]:
    """The simple yearly rate of each plan in ppm, rounded up, by terms and grade."""
    return {
        terms: {grade: _simple_rate_ppm(int(terms), fee_ppm) for grade, fee_ppm in by_grade.items()}
        for terms, by_grade in policy.flat()["fee_rate_ppm"].items()
    }


@lru_cache(maxsize=1_024)
def _simple_rate_ppm(terms: int, fee_rate_ppm: int) -> int:
    """Remembered, as it is exact and slow: an editor asks for the same rates at each change."""
    return simple_rate_ppm(terms, fee_rate_ppm)

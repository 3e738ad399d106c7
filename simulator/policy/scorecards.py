"""Scorecards: what the lender scores, as data: characteristics, their bins and points.

Three cards: `application` at opening, `behaviour` after each bill, `monitor` at each purchase. A
value falls into the first bin whose bound `to` is not below it; the last bin has none. The names of
the characteristics are the order in which the rules work their values out (RULES §2, §10, §11).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from simulator.files import fixture
from simulator.policy import record
from simulator.policy.faults import Fault, PolicyError, by_line, model_faults
from simulator.policy.fields import kind_of_model
from simulator.policy.tomlfile import TomlFile, read_toml
from simulator.policy.values import Strict, Unit, Words
from simulator.text import _

CHARACTERISTICS: dict[str, tuple[str, ...]] = {
    "application": (
        "store_orders", "store_spend_fen", "store_months", "return_share_ppm", "income_fen",
        "debt_service_ppm", "fund_fen", "elsewhere_dpd", "enquiries", "loans_elsewhere", "bureau_months",
        "job_months", "address_months", "age", "profile_items", "trusted_contacts", "own_worst_dpd",
    ),
    "behaviour": (
        "utilisation_ppm", "pay_ratio_ppm", "months_since_late", "on_time_streak", "active_months",
        "fund_fen", "tenure_months",
    ),
    "monitor": (
        "orders_today", "amount_today_ppm", "resale_share_ppm", "emptied_ppm", "night", "same_merchant",
        "round_amount", "refund_loops", "unknown_device",
    ),
}  # fmt: skip
"""The characteristics of each card, in the order of the rules."""

Family = Literal["history", "means", "elsewhere", "stability", "trust"]
FAMILIES: dict[Family, Words] = {
    "history": Words(en="History with the store", zh="本店记录"),
    "means": Words(en="Means", zh="还款能力"),
    "elsewhere": Words(en="Conduct elsewhere", zh="他处信用"),
    "stability": Words(en="Stability", zh="稳定性"),
    "trust": Words(en="Social trust", zh="社会信任"),
}
"""Families of the application card."""

TOP_SCORE = 1_000

Points = Annotated[int, Field(ge=0, le=1_000), Unit("points")]
Bound = Annotated[int, Field(ge=0, le=1_000_000_000_000), Unit("value")]


class Bin(Strict):
    """Values up to `to`, and what they earn; the last bin has no bound."""

    to: Bound | None = None
    points: Points
    label: Words


class Characteristic(Strict):
    """One thing that is scored."""

    name: str
    title: Words
    family: Family | None = None
    unit: Literal["count", "fen", "ppm", "months", "days", "years", "yes or no"]
    bins: Annotated[list[Bin], Field(min_length=3, max_length=record.BINS)]

    @property
    def best_points(self) -> int:
        """The most points that it gives."""
        return max(each.points for each in self.bins)

    def bin_of(self, value: int) -> int:
        """The bin of a value, counted from 0."""
        within = (place for place, each in enumerate(self.bins) if each.to is not None and value <= each.to)
        return next(within, len(self.bins) - 1)


class Scorecard(Strict):
    """One scorecard: characteristics in the order of the rules."""

    title: Words
    characteristics: Annotated[list[Characteristic], Field(max_length=record.CHARACTERISTICS)]


@cache
def scorecards() -> dict[str, Scorecard]:
    """The three scorecards by name; PolicyError with every fault where the data are wrong."""
    return {
        name: load_scorecard(name, fixture("scorecards", f"{name}.toml"), f"{name}.toml")
        for name in CHARACTERISTICS
    }


def load_scorecard(name: str, path: Path, shown: str) -> Scorecard:
    """Read and check one scorecard; PolicyError with every fault."""
    file = read_toml(path, shown)
    try:
        card = Scorecard.model_validate(file.values)
    except ValidationError as error:
        wrong = model_faults(error, kind_of_model(Scorecard), file.fault)
        raise PolicyError(by_line(wrong.values())) from None
    if faults := [*_wrong_names(name, card, file), *_wrong_bins(card, file), *_wrong_total(name, card, file)]:
        raise PolicyError(by_line(faults))
    return card


def _wrong_names(name: str, card: Scorecard, file: TomlFile) -> Iterator[Fault]:
    """Characteristics other than those that the rules give values for, or in another order."""
    given = tuple(each.name for each in card.characteristics)
    if given != CHARACTERISTICS[name]:
        text = _("The characteristics are {given}; allowed are {allowed}, in this order.")
        sentence = text.format(given=", ".join(given), allowed=", ".join(CHARACTERISTICS[name]))
        yield file.fault(("characteristics",), sentence)
    for place, each in enumerate(card.characteristics):
        if name == "application" and each.family is None:
            text = _("{name} has no family; allowed is one of {families}.")
            sentence = text.format(name=each.name, families=", ".join(FAMILIES))
            yield file.fault(("characteristics", place), sentence)


def _wrong_bins(card: Scorecard, file: TomlFile) -> Iterator[Fault]:
    """Bins whose bounds do not rise up to a last bin without one."""
    for place, each in enumerate(card.characteristics):
        bounds = [one.to for one in each.bins]
        known = [bound for bound in bounds[:-1] if bound is not None]
        rising = len(known) == len(bounds) - 1 and all(low < high for low, high in pairwise(known))
        if not rising or bounds[-1] is not None:
            text = _("The bounds of {name} are {given}; allowed are rising ones, and none for the last bin.")
            given = ", ".join("-" if bound is None else str(bound) for bound in bounds)
            sentence = text.format(name=each.name, given=given)
            yield file.fault(("characteristics", place, "bins"), sentence)


def _wrong_total(name: str, card: Scorecard, file: TomlFile) -> Iterator[Fault]:
    """A score whose best is not 1000; alert scores have no such top."""
    best = sum(each.best_points for each in card.characteristics)
    if name != "monitor" and best != TOP_SCORE:
        text = _("The best bins add up to {best}; allowed is {top}.")
        yield file.fault(("characteristics",), text.format(best=best, top=TOP_SCORE))

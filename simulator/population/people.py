"""People: who a shopper is, drawn from the streams or given, and the records a life begins with.

A person's traits hang together: income with age, city tier and job; what is put by with income;
store history with income and age; the bureau's file with age. Shopper k of a seed is the same
person however many others there are.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from difflib import get_close_matches
from typing import Any

from simulator.account import Account
from simulator.faulty import Faulty
from simulator.files import fixture
from simulator.policy.faults import shown
from simulator.population.jobs import JOB_NAMES
from simulator.population.names import name_of, name_places
from simulator.population.shopper import Shopper
from simulator.population.traits import FREELANCER, Traits, draw_traits, settle_in
from simulator.text import _, language

JOBS = (
    "courier", "factory worker", "shop assistant", "cook", "driver", "nurse", "teacher", "clerk", "designer", "engineer",
    "manager", "shop owner", "farmer", "freelancer", "student",
)  # fmt: skip
"""Jobs by number; a story may name another, which counts as a freelancer."""

STORY_KEYS = (
    "name", "age", "student", "city_tier", "job", "income_fen", "pay_day", "expenses_fen", "cash_fen", "fund_fen",
    "orders_180d", "spend_180d_fen", "instalments_elsewhere_fen", "bureau_dpd", "identity_age_days", "owner",
    "statement_day",
)  # fmt: skip


class PersonError(Faulty):
    """Traits that cannot be."""


@dataclass(frozen=True)
class Person:
    """A person at the start: the keys of Stories, and what else the lender's form and store know."""

    name: str
    age: int
    student: bool
    city_tier: int
    job: str
    income_fen: int
    pay_day: int
    expenses_fen: int
    cash_fen: int
    fund_fen: int
    orders_180d: int
    spend_180d_fen: int
    instalments_elsewhere_fen: int
    bureau_dpd: int
    identity_age_days: int
    owner: bool
    statement_day: int
    store_months: int
    return_share_ppm: int
    enquiries: int
    loans_elsewhere: int
    bureau_months: int
    job_months: int
    address_months: int
    profile_items: int
    trusted_contacts: int
    discipline_ppm: int
    attention_ppm: int
    instalment_taste_ppm: int
    price_sense_ppm: int

    def keys(self) -> dict[str, Any]:
        """The shopper keys of Stories, as `life_began` tells them."""
        return {name: getattr(self, name) for name in STORY_KEYS}

    def as_dict(self) -> dict[str, Any]:
        """Every trait, as a save keeps it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Person:
        """The inverse of `as_dict`."""
        return cls(**values)


def draw_person(seed: int, shopper: int) -> Person:
    """The person of a number under a seed."""
    traits = Traits()
    draw_traits(traits, seed, shopper)
    drawn = {field.name: getattr(traits, field.name) for field in fields(Person) if field.name not in _WORDS}
    surname, given = name_places(seed, shopper)
    return Person(
        name=name_of(surname, given, language()), job=JOBS[traits.job], student=bool(traits.student),
        owner=bool(traits.owner), **drawn,
    )  # fmt: skip


_WORDS = ("name", "job", "student", "owner")
"""What a person tells otherwise than the traits do."""


_BOUNDS: dict[str, tuple[int, int]] = {
    "age": (0, 120),
    "city_tier": (1, 5),
    "income_fen": (0, 100_000_000),
    "pay_day": (1, 31),
    "expenses_fen": (0, 100_000_000),
    "cash_fen": (0, 10_000_000_000),
    "fund_fen": (0, 10_000_000_000),
    "orders_180d": (0, 10_000),
    "spend_180d_fen": (0, 1_000_000_000),
    "instalments_elsewhere_fen": (0, 100_000_000),
    "bureau_dpd": (0, 999),
    "identity_age_days": (0, 36_500),
    "statement_day": (0, 28),
}


def complete(given: Mapping[str, Any], seed: int, shopper: int = 0) -> Person:
    """The person with these traits; what is not given is drawn. Raises PersonError with all faults."""
    faults = [_fault(name, value) for name, value in given.items()]
    found = [fault for fault in faults if fault]
    if found:
        raise PersonError(found)
    drawn = draw_person(seed, shopper).as_dict()
    if "income_fen" in given and "expenses_fen" not in given:
        share = drawn["expenses_fen"] * 1_000 // max(1, drawn["income_fen"])
        drawn["expenses_fen"] = given["income_fen"] * share // 1_000
    return Person.from_dict({**drawn, **given})


def _fault(name: str, value: Any) -> str | None:
    if name not in STORY_KEYS:
        return _("shopper: there is no key “{key}”; there are {keys}.").format(
            key=name, keys=", ".join(STORY_KEYS)
        )
    if name in ("name", "job"):
        fits, allowed = isinstance(value, str) and 0 < len(value) <= 40, _("text of 1 to 40 letters")
    elif name in ("student", "owner"):
        fits, allowed = isinstance(value, bool), _("true or false")
    else:
        low, high = _BOUNDS[name]
        fits = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
        allowed = _("a whole number from {low} to {high}").format(low=f"{low:,}", high=f"{high:,}")
    text = _("shopper, {key}: {given} is not allowed; {allowed}.")
    return None if fits else text.format(key=name, given=shown(value), allowed=allowed)


def unknown_job(job: str) -> str:
    """That a job is none of ours, and as what the lender's form has it; "" where it is one."""
    if job in JOBS:
        return ""
    word = job.strip().casefold()
    named = [english for english, chinese in JOB_NAMES if word in (english, chinese)]
    text = _("shopper, job: “{job}” is none of the jobs here and is told as freelancer on the form; there are {jobs}.")
    if near := named or get_close_matches(word, JOBS):
        text = _("shopper, job: “{job}” is none of the jobs here and is told as freelancer on the form; did you mean {jobs}?")
    return text.format(job=job, jobs=", ".join(near or JOBS))


@functools.cache
def _start_table() -> list[dict[str, Any]]:
    with fixture("people", "start.toml").open("rb") as file:
        people: list[dict[str, Any]] = tomllib.load(file)["person"]
    return people


@dataclass(frozen=True)
class StartPerson:
    """One of the people to choose from at the start."""

    key: str
    name: str
    job: str
    place: str
    note: str
    person: Person


def start_people() -> list[StartPerson]:
    """The people to choose from at the start, named in the reader's language."""
    own = language()
    chosen = []
    for told in _start_table():
        traits = dict(told["traits"])
        traits["name"] = told["name"][own]
        known = {field.name for field in fields(Person)}
        whole = {**draw_person(told["seed"], 0).as_dict(), **traits}
        person = Person.from_dict({name: value for name, value in whole.items() if name in known})
        chosen.append(
            StartPerson(
                told["key"],
                told["name"][own],
                told["job"][own],
                told["place"][own],
                told["note"][own],
                person,
            )
        )
    return chosen


def begin_records(person: Person) -> tuple[Account, Shopper]:
    """The two records on day 0: what the lender may know, and the shopper's own side."""
    told = {name: value for name, value in person.as_dict().items() if name not in _WORDS}
    job = JOBS.index(person.job) if person.job in JOBS else FREELANCER
    traits = Traits(job=job, student=int(person.student), owner=int(person.owner), **told)
    account, shopper = Account(), Shopper()
    settle_in(account, shopper, traits, 0)
    return account, shopper

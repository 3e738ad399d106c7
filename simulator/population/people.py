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
from typing import Any

from simulator.account import Account
from simulator.files import fixture
from simulator.population.names import given_names, name_of, surname_weights
from simulator.population.shopper import Shopper
from simulator.random import Purpose, below, between, chance, draw, quantile, weighted
from simulator.text import _, language

JOBS = (
    "courier", "factory worker", "shop assistant", "cook", "driver", "nurse", "teacher", "clerk", "designer", "engineer",
    "manager", "shop owner", "farmer", "freelancer", "student",
)  # fmt: skip
"""Jobs by number; a story may name another, which counts as a freelancer."""
_JOB_FACTOR = (85, 80, 70, 80, 95, 100, 110, 100, 130, 165, 190, 110, 55, 95, 25)
_JOB_WEIGHTS = (8, 14, 10, 6, 8, 5, 6, 12, 6, 8, 5, 6, 4, 6, 0)
STUDENT_JOB, OWNER_JOB, FREELANCER = 14, 11, 13

TIER_INCOME_FEN = (900_000, 700_000, 600_000, 500_000, 400_000)
"""Median monthly take-home by city tier. FACTS §5 [M-lo]."""
_SPREAD = (420, 620, 740, 840, 920, 1000, 1090, 1200, 1360, 1640, 2500)
"""Deciles of income around its median, per mille: a spread of about 0.43 in logs. FACTS §5 [S113]."""

STORY_KEYS = (
    "name", "age", "student", "city_tier", "job", "income_fen", "pay_day", "expenses_fen", "cash_fen", "fund_fen",
    "orders_180d", "spend_180d_fen", "instalments_elsewhere_fen", "bureau_dpd", "identity_age_days", "owner",
    "statement_day",
)  # fmt: skip


class PersonError(Exception):
    """Traits that cannot be; `faults` says why, a sentence each."""

    def __init__(self, faults: list[str]) -> None:
        """Keep the faults."""
        super().__init__(" ".join(faults))
        self.faults = faults


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

    def drawn(purpose: int, ordinal: int = 0) -> int:
        return draw(seed, shopper, 0, purpose, ordinal)

    age = quantile(drawn(Purpose.AGE), (18, 22, 25, 28, 31, 34, 38, 42, 47, 54, 65))
    student = age <= 23 and chance(drawn(Purpose.STUDENT), 250_000)
    tier = 1 + weighted(drawn(Purpose.TIER), (12, 20, 22, 26, 20))
    owner = not student and age >= 24 and chance(drawn(Purpose.OWNER), 100_000)
    job = STUDENT_JOB if student else OWNER_JOB if owner else weighted(drawn(Purpose.JOB), _JOB_WEIGHTS)
    by_age = min(1_100, 620 + 22 * (age - 18)) if age < 45 else 1_050
    income = TIER_INCOME_FEN[tier - 1] * _JOB_FACTOR[job] // 100 * by_age // 1_000
    income = income * quantile(drawn(Purpose.INCOME), _SPREAD) // 1_000 // 1_000 * 1_000
    discipline = quantile(
        drawn(Purpose.DISCIPLINE), (0, 250_000, 420_000, 560_000, 690_000, 850_000, 1_000_000)
    )
    kept_ppm = 30_000 + discipline // 6
    expenses = (
        income * (1_000_000 - kept_ppm - drawn(Purpose.EXPENSES) % 150_000) // 1_000_000 // 1_000 * 1_000
    )
    months_put_by = quantile(drawn(Purpose.SAVINGS), (0, 10, 25, 45, 70, 110, 170, 260, 420, 700, 1_500))
    savings = income * months_put_by // 100 * (400_000 + discipline) // 1_000_000
    fund = savings * 6 // 10 if chance(drawn(Purpose.FUND), 600_000) else 0
    orders = quantile(drawn(Purpose.STORE_ORDERS), (0, 0, 1, 2, 4, 6, 9, 13, 19, 29, 60))
    basket = 4_000 + income // 100
    spend = (
        orders * basket * quantile(drawn(Purpose.STORE_SPEND), (300, 600, 850, 1_200, 1_900, 4_000)) // 1_000
    )
    file_months = max(0, between(drawn(Purpose.BUREAU_AGE), -24, 12 * max(1, age - 20)))
    loans = 0 if file_months == 0 else weighted(drawn(Purpose.LOANS), (38, 30, 17, 9, 4, 2))
    late = file_months > 0 and chance(drawn(Purpose.BUREAU), 160_000 - discipline // 8)
    surname = weighted(drawn(Purpose.SURNAME), surname_weights())
    given = below(drawn(Purpose.GIVEN_NAME), len(given_names()))
    return Person(
        name=name_of(surname, given, language()),
        age=age,
        student=student,
        city_tier=tier,
        job=JOBS[job],
        income_fen=income,
        pay_day=weighted(drawn(Purpose.PAY_DAY), (0, 4, 1, 1, 1, 12, 1, 1, 6, 1, 30, 1, 1, 1, 1, 30, 1, 1, 1, 1, 12, 1, 1, 1, 1, 12, 1, 1, 8)) or 10,
        expenses_fen=expenses,
        cash_fen=savings - fund + income // 5,
        fund_fen=fund,
        orders_180d=orders,
        spend_180d_fen=spend,
        instalments_elsewhere_fen=income * loans * between(drawn(Purpose.LOANS, 1), 2, 11) // 100 // 100 * 100,
        bureau_dpd=quantile(drawn(Purpose.BUREAU, 1), (1, 2, 4, 8, 15, 31, 75)) if late else 0,
        identity_age_days=between(drawn(Purpose.IDENTITY_AGE), 0, 120),
        owner=owner,
        statement_day=0,
        store_months=0 if orders == 0 else quantile(drawn(Purpose.STORE_AGE), (1, 5, 11, 20, 32, 50, 96)),
        return_share_ppm=quantile(drawn(Purpose.RETURNS), (0, 30_000, 80_000, 140_000, 230_000, 520_000)),
        enquiries=weighted(drawn(Purpose.ENQUIRIES), (30, 26, 18, 11, 7, 4, 2, 1, 1)),
        loans_elsewhere=loans,
        bureau_months=file_months,
        job_months=0 if student else min(12 * (age - 17), quantile(drawn(Purpose.JOB_AGE), (1, 6, 14, 26, 44, 80, 240))),
        address_months=min(12 * age, quantile(drawn(Purpose.ADDRESS_AGE), (1, 6, 14, 28, 50, 90, 300))),
        profile_items=weighted(drawn(Purpose.PROFILE), (3, 10, 22, 30, 23, 12)),
        trusted_contacts=weighted(drawn(Purpose.CONTACTS), (8, 20, 30, 22, 12, 8)),
        discipline_ppm=discipline,
        attention_ppm=quantile(drawn(Purpose.ATTENTION), (150_000, 450_000, 650_000, 780_000, 880_000, 960_000, 1_000_000)),
        instalment_taste_ppm=quantile(drawn(Purpose.INSTALMENT_TASTE), (0, 60_000, 160_000, 300_000, 480_000, 720_000, 1_000_000)),
        price_sense_ppm=quantile(drawn(Purpose.PRICE_SENSE), (0, 200_000, 400_000, 550_000, 700_000, 850_000, 1_000_000)),
    )  # fmt: skip


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
        allowed = isinstance(value, str) and 0 < len(value) <= 40
        return None if allowed else _("shopper, {key}: text of 1 to 40 letters.").format(key=name)
    if name in ("student", "owner"):
        return None if isinstance(value, bool) else _("shopper, {key}: true or false.").format(key=name)
    low, high = _BOUNDS[name]
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        return _("shopper, {key}: a whole number from {low} to {high}.").format(
            key=name, low=f"{low:,}", high=f"{high:,}"
        )
    return None


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
    job = JOBS.index(person.job) if person.job in JOBS else FREELANCER
    account = Account(
        age=person.age, student=int(person.student), job=job, city_tier=person.city_tier, owner=int(person.owner),
        income_fen=person.income_fen, fund_fen=person.fund_fen,
        instalments_elsewhere_fen=person.instalments_elsewhere_fen, loans_elsewhere=person.loans_elsewhere,
        enquiries=person.enquiries, bureau_months=person.bureau_months, store_months=person.store_months,
        return_share_ppm=person.return_share_ppm, job_months=person.job_months, address_months=person.address_months,
        profile_items=person.profile_items, trusted_contacts=person.trusted_contacts,
        record_orders=person.orders_180d, record_spend_fen=person.spend_180d_fen,
        identity_day=-person.identity_age_days, statement_day=person.statement_day,
    )  # fmt: skip
    account.elsewhere_dpd[0] = person.bureau_dpd
    shopper = Shopper(
        income_fen=person.income_fen, pay_day=person.pay_day, expenses_fen=person.expenses_fen,
        cash_fen=person.cash_fen, fund_fen=person.fund_fen, discipline_ppm=person.discipline_ppm,
        attention_ppm=person.attention_ppm, instalment_taste_ppm=person.instalment_taste_ppm,
        price_sense_ppm=person.price_sense_ppm,
    )  # fmt: skip
    return account, shopper

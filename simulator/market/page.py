"""Page: what an opened shopper's page shows besides: employer, town, telephone. Nothing decides by it.

It is filled in by Faker from the seed and the shopper's number, so that it is the same whenever it is opened.
The telephone's middle is left out: it is nobody's number.
"""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass

from simulator.files import fixture
from simulator.text import CHINESE, language

_WITHOUT_EMPLOYER = frozenset(("shop owner", "farmer", "freelancer", "student"))
_HIDDEN = slice(3, 7)


@dataclass(frozen=True)
class Page:
    """Employer ("" for those who have none), town and telephone."""

    employer: str
    town: str
    phone: str


def page_of(seed: int, number: int, job: str) -> Page:
    """The page of a shopper, in the reader's language."""
    from faker import Faker

    fake = Faker("zh_CN")
    fake.seed_instance(f"{seed}:{number}")
    town, firm, phone = fake.city_name(), fake.company(), fake.phone_number()
    hidden = phone[: _HIDDEN.start] + "****" + phone[_HIDDEN.stop :]
    if job in _WITHOUT_EMPLOYER:
        firm = ""
    if language() == CHINESE:
        return Page(firm, town, hidden)
    return Page(_firm_in_english(firm), _romanised().get(town, town), hidden)


def _firm_in_english(firm: str) -> str:
    """The firm's own name romanised, its kind in words."""
    for ending, kind in _KINDS.items():
        own = firm.removesuffix(ending)
        if own != firm:
            return f"{_romanised().get(own, own)} {kind}"
    return firm


_KINDS = {
    "科技有限公司": "Technology",
    "网络有限公司": "Networks",
    "信息有限公司": "Information",
    "传媒有限公司": "Media",
}


@functools.cache
def _romanised() -> dict[str, str]:
    with fixture("people", "romanised.csv").open(encoding="utf-8", newline="") as file:
        return {row["zh"]: row["en"] for row in csv.DictReader(file)}

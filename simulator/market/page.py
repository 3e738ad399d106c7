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
TOWNS = {
    1: ("北京", "上海", "广州", "深圳"),
    2: ("成都", "重庆", "杭州", "武汉", "西安", "天津", "南京", "郑州", "长沙", "沈阳", "合肥", "佛山", "东莞", "济南", "昆明", "福州",
        "哈尔滨", "长春", "石家庄", "南宁", "贵阳", "南昌", "太原", "惠州"),
    3: ("兰州", "乌鲁木齐", "呼和浩特", "海口", "银川", "西宁", "邯郸", "淮安", "柳州", "潮州", "马鞍山", "六安", "宁德"),
    4: ("通辽", "辽阳", "阜新", "齐齐哈尔", "荆门", "汕尾", "梧州", "六盘水", "拉萨"),
    5: ("辛集", "兴城", "北镇", "永安", "嘉禾", "潜江", "大冶", "宜都", "合山", "关岭", "巢湖"),
}  # fmt: skip
"""Towns by tier, of those that the table of romanised names knows: about as the business papers rank them."""


@dataclass(frozen=True)
class Page:
    """Employer ("" for those who have none), town and telephone."""

    employer: str
    town: str
    phone: str


def page_of(seed: int, number: int, job: str, city_tier: int) -> Page:
    """The page of a shopper, in the reader's language."""
    from faker import Faker

    fake = Faker("zh_CN")
    fake.seed_instance(f"{seed}:{number}")
    town, firm, phone = fake.random_element(TOWNS[city_tier]), fake.company(), fake.phone_number()
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

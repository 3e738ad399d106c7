"""The catalogue: what can be bought, where, and what kind of goods it is (PRODUCT A3)."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from simulator.codes import MERCHANT_OFFLINE, MERCHANT_ONLINE, MERCHANT_UNKNOWN
from simulator.files import fixture
from simulator.money import parse_yuan
from simulator.text import _, language

_MOST_NEAR = 3
_KINDS = {"online": MERCHANT_ONLINE, "offline": MERCHANT_OFFLINE, "bills": MERCHANT_UNKNOWN}


class NoSuchItem(KeyError):
    """The catalogue has no such item; the message is a plain sentence."""

    def __str__(self) -> str:
        """The sentence itself."""
        return str(self.args[0])


@dataclass(frozen=True)
class Item:
    """One thing to buy: its key, names, category, merchant, price, and plans whose fee the merchant pays."""

    key: str
    en: str
    zh: str
    category: str
    merchant: str
    price_fen: int
    free_terms: tuple[int, ...]
    channel: str

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.zh if language() == "zh" else self.en


@functools.cache
def _table(name: str) -> dict[str, dict[str, Any]]:
    with fixture("catalogue", f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@functools.cache
def _items() -> dict[str, Item]:
    return {
        key: Item(
            key, told["en"], told["zh"], told["category"], told["merchant"], parse_yuan(told["price"]),
            tuple(told.get("free_terms", ())), _channel(told["merchant"]),
        )
        for key, told in _table("items").items()
    }  # fmt: skip


def _channel(merchant: str) -> str:
    return {"online": "online", "offline": "flash", "bills": "bills"}[_table("merchants")[merchant]["kind"]]


def items() -> tuple[Item, ...]:
    """Everything that can be bought, in the order of the catalogue."""
    return tuple(_items().values())


def item(key: str) -> Item:
    """An item by its key. Raises NoSuchItem."""
    found = _items().get(key)
    if found is None:
        raise NoSuchItem(_no_item(key))
    return found


def _no_item(key: str) -> str:
    """That there is no such item, with those that look like it by key or by name, or all there are."""
    word = key.strip().casefold()
    named = [each.key for each in items() if word in (each.en.casefold(), each.zh)]
    alike = get_close_matches(word.replace(" ", "_"), _items()) or [each.key for each in search(word)][:_MOST_NEAR]
    if word and (near := named or alike):
        return _("The catalogue has no item “{key}”; did you mean {near}?").format(key=key, near=", ".join(near))
    return _("The catalogue has no item “{key}”; the items are {known}.").format(key=key, known=", ".join(_items()))


def search(words: str, category: str = "") -> tuple[Item, ...]:
    """Items whose names in either language hold these words, of a category if one is given."""
    wanted = words.casefold().split()
    return tuple(
        each for each in items()
        if (not category or each.category == category)
        and all(word in each.en.casefold() or word in each.zh for word in wanted)
    )  # fmt: skip


def categories() -> tuple[str, ...]:
    """The keys of the categories."""
    return tuple(_table("categories"))


def category_name(category: str) -> str:
    """A category in the reader's language; what is no category of ours is its own name."""
    told = _table("categories").get(category)
    return told[language()] if told else category


def merchant_name(merchant: str) -> str:
    """A merchant in the reader's language; one that is not ours is its own name."""
    told = _table("merchants").get(merchant)
    return told[language()] if told else merchant


def item_name(category: str, merchant: str, amount_fen: int) -> str:
    """The item that was bought for this price at this merchant, else merchant or category."""
    for each in items():
        if each.merchant == merchant and each.category == category and each.price_fen == amount_fen:
            return each.name
    return merchant_name(merchant) or category_name(category)


def merchant_kind(merchant: str) -> int:
    """Whether a merchant sells online or offline; unknown for one that is not ours, and for bills."""
    told = _table("merchants").get(merchant)
    return _KINDS[told["kind"]] if told else MERCHANT_UNKNOWN


def is_resold(category: str) -> bool:
    """Whether goods of a category are easily turned into money again. FACTS §1.11."""
    told = _table("categories").get(category)
    return bool(told and told["resold"])

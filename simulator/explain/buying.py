"""Buying: what a thing costs and what it would do, found by buying it on a copy of the life.

A way to pay is named as `step_of` reads it: "cash", "later", "terms12", or "free12" where the merchant pays the fee.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from simulator.codes import TERMS
from simulator.explain.account import FIGURES
from simulator.explain.answer import Explanation, Input, Line, UnknownFigure, answer
from simulator.explain.offers import quoted
from simulator.explain.statements import statement
from simulator.messages import reason_text
from simulator.money import money
from simulator.population.catalogue import Item, NoSuchItem, item, merchant_name
from simulator.text import _, sentences
from simulator.world import World

CASH, LATER, ON_TERMS, FREE, NOTHING = "cash", "later", "terms", "free", "nothing"
TRIED = ("cash", "can_use", "available", "exposure", "utilisation")
"""Figures of the account and the person that are told of a purchase that was only tried."""
UNMOVED = ("limit", "temporary", "status")
"""Figures that no purchase moves."""


def step_of(bought: Item, way: str) -> dict[str, Any]:
    """The step of buying a thing so."""
    step = {"do": "buy", "item": bought.key}
    if way == CASH:
        return {**step, "pay": "cash"}
    terms = 1 if way == LATER else int(way.removeprefix(FREE).removeprefix(ON_TERMS))
    return {**step, "terms": terms, "merchant_funded": way.startswith(FREE), "channel": bought.channel}


def tried(world: World, step: Mapping[str, Any]) -> tuple[World, list[dict[str, Any]]]:
    """The life after a step that was only tried, and the reasons why it did not go through; none where it did."""
    trial = world.trial()
    for event in trial.do(step):
        if event["event"] in ("purchase_declined", "step_refused"):
            return trial, event["reasons"]
    return trial, []


def next_bill(life: World) -> tuple[World, dict[str, Any] | None]:
    """The next bill of a life if the open one is paid in full today, without what chance may bring, and the life then."""
    after = life.trial()
    after.live_quietly()
    after.shopper.cash_fen += 10**9
    after.do({"do": "repay", "amount": "full"})
    made = after.until_bill()
    return after, next((event for event in made if event["event"] == "statement_made"), None)


def price(world: World, key: str) -> Explanation:
    """`price:ITEM` and `price:ITEM:fee`: what the shop asks, and what paying at once adds to it."""
    item_key, _sep, what = key.partition(":")
    sold = _item(item_key)
    asked = Input("price", _("Price at {shop}").format(shop=merchant_name(sold.merchant)), sold.price_fen)
    if what == "fee":
        return answer(f"price:{key}", _("Fees in all"), _("Cash is paid at once, so nothing is added to the price."), 0, "fee",
                      [Input("fee", _("Fees"), 0)], rule="RULES 3")  # fmt: skip
    if what:
        raise UnknownFigure(_("There is no such offer."))
    told = answer(
        f"price:{key}", sold.name, _("What the shop asks. It is the same however you pay; instalments may add a fee to it."),
        sold.price_fen, "price", [asked], rule="RULES 3, 4",
    )  # fmt: skip
    return replace(told, lines=[*told.lines, *_in_all(world, sold)])


def _in_all(world: World, sold: Item) -> list[Line]:
    """What it comes to over each number of terms, where the price is large enough for them, for a person with a line."""
    _trial, refused = tried(world, step_of(sold, f"{ON_TERMS}{TERMS[0]}"))
    if world.account.grade < 0 or any(reason["code"] == "under_min_plan" for reason in refused):
        return []
    ways = [(terms, free) for free in (0, 1) for terms in (sold.free_terms if free else TERMS)]
    lines = []
    for terms, free in ways:
        made = quoted(world, sold.price_fen, terms, free)
        label = _("In all over {terms} terms, the shop pays the fee") if free else _("In all over {terms} terms")
        figure = f"offer:{sold.price_fen}:{terms}:total{':free' if free else ''}"
        lines.append(Line(label.format(terms=terms), money(made.total_fen), figure))
    return lines


def after(world: World, key: str) -> Explanation:
    """`after:ITEM:WAY:FIGURE`: a figure as it would be after buying a thing so, `bill` or `bill:PART` of the next bill;
    with the way `nothing` as it is without buying it.
    """
    item_key, _sep, rest = key.partition(":")
    way, _sep, what = rest.partition(":")
    sold = _item(item_key)
    trial = world if way == NOTHING else _bought(world, sold, way)
    if what == "bill" or what.startswith("bill:"):
        return _as_tried(world, key, _bill(world, trial, what.partition(":")[2] or "balance"), way != NOTHING)
    if what not in TRIED or way == NOTHING:
        raise UnknownFigure(_("There is no such offer."))
    return _as_tried(world, key, FIGURES[what](trial, ""), True)


def _item(key: str) -> Item:
    try:
        return item(key)
    except NoSuchItem as error:
        raise UnknownFigure(str(error)) from error


def _bought(world: World, sold: Item, way: str) -> World:
    ways = (CASH, LATER, *(f"{ON_TERMS}{terms}" for terms in TERMS), *(f"{FREE}{terms}" for terms in sold.free_terms))
    if way not in ways:
        raise UnknownFigure(_("There is no such offer."))
    trial, refused = tried(world, step_of(sold, way))
    if refused:
        raise UnknownFigure(sentences(*map(reason_text, refused)))
    return trial


def _bill(world: World, trial: World, part: str) -> Explanation:
    """The next bill, or a part of it, by the events that make it."""
    then, made = next_bill(trial)
    if made is None:
        return answer("bill", _("Bill in full"), _("No bill comes within three months."), 0, "nothing",
                      [Input("nothing", _("Nothing asked"), 0)], rule="RULES 5")  # fmt: skip
    return statement(then, f"{made['day']}:{part}")


def next_part(world: World, key: str) -> Explanation:
    """`next:balance` and `next:PART`: the next bill so far, if nothing is bought and the open bill is paid in full today."""
    then, made = next_bill(world)
    if made is None:
        raise UnknownFigure(_("No bill comes within three months."))
    told = statement(then, f"{made['day']}:{key or 'balance'}")
    before = _("The next bill so far, if nothing more is bought and the open bill is paid in full today.")
    lines = [replace(each, figure=_of_next(each.figure, made["day"])) for each in told.lines]
    entries = [seq for seq in told.entries if seq <= len(world.events)]
    return replace(told, figure=f"next:{key}", sentence=sentences(before, told.sentence), lines=lines, entries=entries)


def _of_next(figure: str | None, day: int) -> str | None:
    head = f"statement:{day}:"
    return f"next:{figure.removeprefix(head)}" if figure is not None and figure.startswith(head) else figure


def _as_tried(world: World, key: str, told: Explanation, is_bought: bool) -> Explanation:
    """An answer of a life that was tried, as one of the life in play: it goes deeper there, and cites what has happened."""
    if not is_bought:
        before = _("The next bill as it would be without this purchase, if nothing else is bought and the open bill is paid in full today.")
    elif told.figure.startswith(("statement:", "bill")):
        before = _("The next bill as it would be after this purchase, if nothing else is bought and the open bill is paid in full today.")
    else:
        before = _("As it would be after this purchase.")
    item_key, way, *_what = key.split(":")
    deeper = partial(_deeper, f"after:{item_key}:{way}")
    lines = [replace(each, figure=deeper(each.figure)) for each in told.lines]
    entries = [seq for seq in told.entries if seq <= len(world.events)]
    return replace(told, figure=f"after:{key}", sentence=sentences(before, told.sentence), lines=lines, entries=entries)


def _deeper(bought: str, figure: str | None) -> str | None:
    """The name of a figure of the life that was tried; None for one that only that life could be asked about."""
    if figure in TRIED:
        return f"{bought}:{figure}"
    if figure is not None and figure.startswith("statement:"):
        part = figure.rpartition(":")[2]
        return f"{bought}:bill" if part == "balance" else f"{bought}:bill:{part}"
    return figure if figure in UNMOVED else None

"""Shop: what can be bought, and orders so far."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len, set_cell_size

from simulator import codes
from simulator.money import MoneyError, money, typed_yuan, yuan
from simulator.population.catalogue import Item, category_name, merchant_name, search
from simulator.text import _, date_text, one_day
from simulator.views import OrderView, home, orders
from tui.keys import keyed
from tui.screens.base import GameScreen, Key
from tui.screens.checkout import CheckoutScreen
from tui.screens.dialogs import AskDialog, ChoiceDialog
from tui.screens.home import record_text
from tui.widgets.cells import Cell, Line, amount, blank, heading, words, wrapped

ROOMY = 84
"""Columns from which two stand between a price and its shop."""


class ShopScreen(GameScreen):
    """The catalogue, searchable, and the last orders."""

    HAS_SIDE = True

    def __init__(self) -> None:
        """Everything is shown at first."""
        super().__init__()
        self.wanted = ""

    def title_text(self) -> str:
        """The place."""
        return _("Shop")

    def question(self) -> str:
        """The question."""
        return _("What do I want, and how will I pay?")

    def help_text(self) -> list[str]:
        """What it is for."""
        return [
            _(
                "Enter on a thing goes to checkout, where every way to pay shows its true cost before you confirm."
            ),
            _(
                "Shops on the street take flash pay; bills for power, water, gas and phone can be paid here too."
            ),
            keyed(_("{key_f} finds by name in English or Chinese; {key_d} sends an order back within a week.")),
        ]

    def own_keys(self) -> list[Key]:
        """Find, return."""
        some = any(each.returnable or each.return_open for each in orders(self.world))
        return [
            Key("f", _("Find")),
            Key("d", _("Send back"), "" if some else _("No order can be sent back now.")),
        ]

    def do(self, key: str) -> None:
        """Find, or send back."""
        if key == "f":
            self.app.push_screen(
                AskDialog(_("Find"), _("a name, or nothing for all"), self.wanted, self._find),
                lambda _r: self.rebuild(),
            )
        else:
            self._choose_return()

    def _find(self, text: str) -> str:
        if text and not search(text):
            return _("Nothing is called “{text}”. Try another word.").format(text=text)
        self.wanted = text
        return ""

    def build(self, width: int) -> list[Line]:
        """The catalogue by category."""
        lines: list[Line] = []
        if self.world.account.grade < 0 or self.world.account.status in (codes.NONE, codes.DECLINED):
            lines += [*self._record(width), blank()]
        if self.wanted:
            lines += [
                [words(keyed(_("Found for “{text}”; {key_f} finds anew."), text=self.wanted), role="muted")],
                blank(),
            ]
        category = ""
        found = search(self.wanted)
        places = list(dict.fromkeys(each.category for each in found))
        for each in sorted(found, key=lambda each: places.index(each.category)):
            if each.category != category:
                category = each.category
                lines.append(heading(category_name(category)))
            lines.append(self._item(each, width))
        if self.size.width < 120:
            lines += [blank(), *self._orders(width)]
        return lines

    def _record(self, width: int) -> list[Line]:
        """Without a line: what cash purchases are good for, and how far they have come."""
        seen = home(self.world)
        if seen.may_ask:
            return [[words(keyed(_("You have no credit line. Your record is enough: press {key_a} to ask for one.")), role="muted")]]
        if not seen.record_lacks:
            return wrapped(seen.next_words, width, "muted")
        told = _(
            "You have no credit line: things are paid with cash. Purchases make the record that a line needs."
        )
        return [*wrapped(told, width, "muted"), [words(record_text(seen), role="muted")]]

    def build_side(self, width: int) -> list[Line]:
        """Orders beside."""
        return self._orders(width)

    def _item(self, each: Item, width: int) -> Line:
        """A thing with its price, its shop, and how it can be paid."""
        free = (
            _("  free over {terms} terms").format(terms="/".join(map(str, each.free_terms)))
            if each.free_terms
            else ""
        )
        way = {"flash": _("flash pay"), "bills": _("bill")}.get(each.channel, "") + free
        gap = "  " if width >= ROOMY else " "
        shop = gap + merchant_name(each.merchant)
        room = min(24, width - 36 - cell_len(way.strip()))
        if cell_len(shop) >= room:
            shop = set_cell_size(shop, max(0, room - 3)).rstrip() + ".. "
        return [
            words("  "), Cell(each.name, 24, action=self._buying(each)), amount(money(each.price_fen), f"price:{each.key}", 10),
            words(shop, room, role="muted"), words(way.strip(), role="muted"),
        ]  # fmt: skip

    def _buying(self, each: Item) -> Callable[[], object]:
        return lambda: self.app.push_screen(CheckoutScreen(each.key))

    def _orders(self, width: int) -> list[Line]:
        lines: list[Line] = [heading(_("Your orders"))]
        found = orders(self.world)
        if not found:
            lines.append([words("  " + _("None in this life yet."), role="muted")])
        shown = found[:12]
        name, state = (max((cell_len(text) for text in texts), default=0) for texts in
                       ([each.name for each in shown], [_state(each) for each in shown]))  # fmt: skip
        in_two = 15 + name + 11 + 2 + state > width
        for each in shown:
            date = date_text(each.date, year=False, weekday=False)
            head = words(f"  {each.order:>3} {date}", 15, role="muted")
            told = [amount(money(each.amount_fen), f"order:{each.order}", 10), words("  " + _state(each), role="muted")]
            if in_two:
                lines += [[head, words(each.name, width - 15)], [words("", 15), *told]]
            else:
                lines.append([head, words(each.name, max(name + 1, min(31, width - 48))), *told])
        return lines

    def _choose_return(self) -> None:
        choices = []
        for each in orders(self.world):
            if each.returnable:
                label = _("Send back {what}").format(what=each.name)
                note = _("the shop refunds it by {date}; until then what of it is on no bill yet waits")
                if each.state == codes.CASH_ORDER:
                    note = _("the shop refunds it by {date}; the money comes to your cash {days} days later")
                told = note.format(date=_by(each), days=self.world.policy.refund_days)
                choices.append((label, one_day(told), self._returning(each)))
            if each.return_open:
                told = _("the shop refunds {amount} by itself on {date}").format(amount=money(each.left_fen), date=_by(each))
                choices += [
                    (_("Have {what} refunded now, or a part of it").format(what=each.name), told, self._refunding(each)),
                    (_("Keep {what} after all").format(what=each.name), _("the return ends, nothing is refunded"), self._keeping(each)),
                ]
        self.app.push_screen(ChoiceDialog(_("Send something back"), choices))

    def _returning(self, each: OrderView) -> Callable[[], object]:
        return lambda: self.game.act({"do": "return", "order": each.order})

    def _refunding(self, each: OrderView) -> Callable[[], object]:
        def take(text: str) -> str:
            try:
                fen = typed_yuan(text)
            except MoneyError as error:
                return str(error)
            if not 0 < fen <= each.left_fen:
                return _("More than 0.00, up to {amount}.").format(amount=money(each.left_fen))
            self.game.act({"do": "refund", "order": each.order, "amount": yuan(fen)})
            return ""

        about = _("Refund of {what}").format(what=each.name)
        hint = _("up to {amount}").format(amount=money(each.left_fen))
        return lambda: self.app.push_screen(AskDialog(about, hint, yuan(each.left_fen), take))

    def _keeping(self, each: OrderView) -> Callable[[], object]:
        return lambda: self.game.act({"do": "end_return", "order": each.order})


def _by(each: OrderView) -> str:
    return date_text(each.refund_by, year=False, weekday=False)


def _state(each: OrderView) -> str:
    if each.return_open:
        return _("refund by {date}").format(date=_by(each))
    if each.refunded_fen:
        return _("refunded")
    if each.state == codes.HELD_ORDER:
        return _("waits")
    if each.state == codes.CASH_ORDER:
        return _("cash")
    return _("{terms} terms").format(terms=each.terms) if each.terms > 1 else _("on the line")

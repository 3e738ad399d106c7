"""Shop: what can be bought, orders so far; and checkout: what it costs, and when."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len

from simulator import codes
from simulator.money import money
from simulator.population.catalogue import Item, category_name, item, merchant_name, search
from simulator.text import _, date_text
from simulator.views import CheckoutView, OrderView, Way, checkout, home, orders
from simulator.views.checkout import after
from tui.screens.base import GameScreen, Key
from tui.screens.dialogs import AskDialog, ChoiceDialog, ConfirmDialog
from tui.screens.home import record_text, use_text
from tui.widgets.cells import Cell, Line, amount, blank, heading, words, wrapped
from tui.widgets.page import Page


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
            _("f finds by name in English or Chinese; d sends an order back within a week."),
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
                [words(_("Found for “{text}”; f finds anew.").format(text=self.wanted), role="muted")],
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
            return [[words(_("You have no credit line. Your record is enough: press a to ask for one."), role="muted")]]
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
        """A thing with its price; the shop's name gives way to how it can be paid."""
        free = (
            _("  free over {terms} terms").format(terms="/".join(map(str, each.free_terms)))
            if each.free_terms
            else ""
        )
        way = {"flash": _("flash pay"), "bills": _("bill")}.get(each.channel, "") + free
        shop = merchant_name(each.merchant)
        room = 24 if 38 + 24 + cell_len(way.strip()) <= width else 2
        return [
            words("  "), Cell(each.name, 26, action=self._buying(each)), amount(money(each.price_fen), None, 10),
            words("  " + shop if room > 2 else "", room, role="muted"), words(way.strip(), role="muted"),
        ]  # fmt: skip

    def _buying(self, each: Item) -> Callable[[], object]:
        return lambda: self.app.push_screen(CheckoutScreen(each.key))

    def _orders(self, width: int) -> list[Line]:
        lines: list[Line] = [heading(_("Your orders"))]
        found = orders(self.world)
        if not found:
            lines.append([words("  " + _("None in this life yet."), role="muted")])
        for each in found[:12]:
            date = date_text(each.date, year=False, weekday=False)
            head = words(f"  {each.order:>3} {date}", 15, role="muted")
            told = [amount(money(each.amount_fen), None, 10), words("  " + _state(each), role="muted")]
            if width < 60:
                lines += [[head, words(each.name, width - 15)], [words("", 15), *told]]
            else:
                lines.append([head, words(each.name, width - 48), *told])
        return lines

    def _choose_return(self) -> None:
        choices = []
        for each in orders(self.world):
            if each.returnable:
                label = _("Send back {what}").format(what=each.name)
                choices.append(
                    (label, _("its bill waits meanwhile; the shop refunds it"), self._returning(each))
                )
            if each.return_open:
                choices.append(
                    (
                        _("Shop refunds {what}").format(what=each.name),
                        money(each.amount_fen - each.refunded_fen),
                        self._refunding(each),
                    )
                )
                choices.append((_("Keep {what} after all").format(what=each.name), "", self._keeping(each)))
        self.app.push_screen(ChoiceDialog(_("Send something back"), choices))

    def _returning(self, each: OrderView) -> Callable[[], object]:
        return lambda: self.game.act({"do": "return", "order": each.order})

    def _refunding(self, each: OrderView) -> Callable[[], object]:
        left = each.amount_fen - each.refunded_fen
        return lambda: self.game.act({"do": "refund", "order": each.order, "amount": yuan(left)})

    def _keeping(self, each: OrderView) -> Callable[[], object]:
        return lambda: self.game.act({"do": "end_return", "order": each.order})


def yuan(fen: int) -> str:
    """An amount as a step takes it."""
    return money(fen).replace(",", "")


def _state(each: OrderView) -> str:
    if each.return_open:
        return _("return open")
    if each.refunded_fen:
        return _("refunded")
    if each.state == codes.HELD_ORDER:
        return _("waits")
    if each.state == codes.CASH_ORDER:
        return _("cash")
    return _("{terms} terms").format(terms=each.terms) if each.terms > 1 else _("on the line")


class CheckoutScreen(GameScreen):
    """One thing: every way to pay, the schedule, the yearly rate, what it does to limit and bill."""

    def __init__(self, key: str) -> None:
        """Checkout of one item."""
        super().__init__()
        self.item_key = key
        self.chosen = ""

    def title_text(self) -> str:
        """The place."""
        return _("Checkout")

    def question(self) -> str:
        """The question."""
        return _("What will it cost, and when?")

    def help_text(self) -> list[str]:
        """What it is for."""
        return [
            _("Move up and down to see the schedule of each way to pay; Enter buys after asking once more."),
            _(
                "Simple: the monthly rate times twelve. Effective: with interest on interest. Both are on what you still owe, so they are about twice what the fee suggests."
            ),
        ]

    def own_keys(self) -> list[Key]:
        """Confirm is Enter."""
        return [Key("Enter", _("Buy so"))]

    def build(self, width: int) -> list[Line]:
        """Ways to pay, then what the chosen one means."""
        seen = checkout(self.world, item(self.item_key))
        chosen = next((way for way in seen.ways if way.key == self.chosen), seen.ways[0])
        self.chosen = chosen.key
        lines: list[Line] = [
            [Cell(seen.name, bold=True), words("  "), Cell(money(seen.amount_fen), bold=True)],
            *self._heads(rates=any(way.simple_percent is not None for way in seen.ways)),
        ]
        for way in seen.ways:
            lines.append(self._way(seen, way))
        return [*lines, blank(), *self._about(chosen, width)]

    @staticmethod
    def _heads(rates: bool) -> list[Line]:
        """What stands in the columns; of rates, over what time, where any way to pay has one."""
        amounts: Line = [words("", 22), *(amount(text, None, 11, "muted") for text in (_("a month"), _("fees"), _("in all")))]
        if not rates:
            return [blank(), amounts]
        return [
            [words("", 55), amount(_("rate a year"), None, 21, "muted")],
            [*amounts, amount(_("simple"), None, 10, "muted"), amount(_("effective"), None, 11, "muted")],
        ]

    def _way(self, seen: CheckoutView, way: Way) -> Line:
        offer = (
            f"offer:{seen.amount_fen}:{way.terms}"
            if way.key.startswith("terms") or way.key == "later"
            else None
        )
        role = "muted" if way.refusal else "accent"
        mark = ">" if way.key == self.chosen else " "
        return [
            words(mark + " ", role="accent"), Cell(self.label(way), 20, action=self._buying(way), role=role, bold=not way.refusal),
            amount(money(way.month_fen), f"{offer}:month" if offer and way.terms > 1 else None, 11),
            amount(money(way.fee_fen), f"{offer}:fee" if offer else None, 11, "owed" if way.fee_fen else "ink"),
            amount(money(way.total_fen), f"{offer}:total" if offer else None, 11),
            amount(f"{way.simple_percent} %" if way.simple_percent is not None else "", None, 10),
            amount(f"{way.effective_percent} %" if way.effective_percent is not None else "", None, 11),
        ]  # fmt: skip

    def label(self, way: Way) -> str:
        """A way to pay in words."""
        if way.key == "cash":
            return _("Cash now")
        if way.key == "later":
            return _("Pay by the due day")
        if way.free:
            return _("{terms} terms, no fee").format(terms=way.terms)
        return _("{terms} terms").format(terms=way.terms)

    def _about(self, way: Way, width: int) -> list[Line]:
        lines: list[Line] = [heading(self.label(way))]
        if way.refusal:
            return [*lines, *wrapped(way.refusal, width, "watch"), *wrapped(way.remedy, width)]
        if way.key == "cash":
            left = self.world.shopper.cash_fen - way.total_fen
            return [
                *lines,
                *wrapped(
                    _("Paid at once; {left} of cash is left. It counts for your record.").format(
                        left=money(left)
                    ),
                    width,
                ),
            ]
        if way.quote is None:
            return [
                *lines,
                *wrapped(
                    _(
                        "It is on your next bill and costs nothing more if that is paid in full by its due day."
                    ),
                    width,
                ),
                *self._after(way),
            ]
        every = way.quote.payments
        for payment in every if self.size.height >= 40 else (every[0], every[-1]):
            sum_text = (
                f"{money(payment.principal_fen)} + {money(payment.fee_fen)} = {money(payment.total_fen)}"
            )
            lines.append(
                [
                    words(f"{payment.term:>3}  {date_text(payment.due_date)}", 26, role="muted"),
                    words(sum_text),
                ]
            )
        if way.fee_fen:
            text = _("By exact dates {rate} % a year. The fee stays while the debt shrinks.").format(
                rate=way.exact_percent
            )
            lines += wrapped(text, width, "muted")
            cap = self.world.policy.rate_cap_ppm
            if way.exact_percent is not None and way.exact_percent * 10_000 > cap:
                lines += wrapped(
                    _(
                        "That is above the legal cap, which looks at equal months: the first gap here is short."
                    ),
                    width,
                    "watch",
                )
        return [*lines, *self._after(way)]

    def _after(self, way: Way) -> list[Line]:
        seen = after(self.world, way)
        bill = _("next bill {before} -> {after}, if you pay the open bill in full today")
        if not seen.bill_open:
            bill = _("next bill {before} -> {after}")
        return [
            blank(),
            [Cell(_("AFTER") + "  ", bold=True), words(_("can use") + " " + money(seen.can_use_fen), 24),
             words(_("used {before} -> {after}").format(before=use_text(seen.use_before_ppm), after=use_text(seen.use_after_ppm)))],
            [words("       " + bill.format(
                before=money(seen.bill_before_fen), after=money(seen.bill_after_fen)), role="muted")],
        ]  # fmt: skip

    def on_page_moved(self, message: Page.Moved) -> None:
        """Show what the way to pay under the cursor means."""
        for way in checkout(self.world, item(self.item_key)).ways:
            if self.label(way) == message.text and way.key != self.chosen:
                self.chosen = way.key
                self.rebuild()

    def _buying(self, way: Way) -> Callable[[], object]:
        def choose() -> None:
            self.chosen = way.key
            self.rebuild()
            if way.refusal:
                self.game.tell(f"{way.refusal} {way.remedy}")
            else:
                self.app.push_screen(
                    ConfirmDialog(self._terms(way), _("Yes, buy so"), lambda: self._buy(way))
                )

        return choose

    def _terms(self, way: Way) -> list[Line]:
        """What is agreed to, before it is."""
        lines: list[Line] = [
            heading(_("Buy {what}: {way}").format(what=item(self.item_key).name, way=self.label(way))),
            blank(),
        ]
        if way.key == "cash":
            lines.append([words(_("{amount} from your cash, at once.").format(amount=money(way.total_fen)))])
        elif way.quote is None:
            lines.append(
                [
                    words(
                        _("{amount} on your next bill, no fee if paid in full by its due day.").format(
                            amount=money(way.total_fen)
                        )
                    )
                ]
            )
        else:
            lines.append(
                [
                    words(
                        _("{terms} payments of {month}, {total} in all, {fee} of it fees.").format(
                            terms=way.terms,
                            month=money(way.month_fen),
                            total=money(way.total_fen),
                            fee=money(way.fee_fen),
                        )
                    )
                ]
            )
            lines.append(
                [
                    words(
                        _(
                            "A year: simple {simple} %, effective {effective} %, by exact dates {exact} %."
                        ).format(
                            simple=way.simple_percent,
                            effective=way.effective_percent,
                            exact=way.exact_percent,
                        )
                    )
                ]
            )
        return lines

    def _buy(self, way: Way) -> None:
        if self.game.act(way.step):
            self.app.pop_screen()
            if self.world.account.status == codes.NONE and home(self.world).may_ask:
                self.game.tell(_("Your record is enough: press a to ask for a credit line."))

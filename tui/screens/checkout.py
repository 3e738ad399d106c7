"""Checkout: what one thing costs, and when, by every way to pay."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len

from simulator import codes
from simulator.explain.buying import CASH, LATER, NOTHING
from simulator.money import money
from simulator.population.catalogue import item
from simulator.text import _, date_text, in_percent, one_day, share_text
from simulator.views import Way, checkout, home
from simulator.views.bills import cash_after_fen
from simulator.views.checkout import above_cap, after, billed_tonight
from tui.keys import keyed
from tui.screens.base import GameScreen, Key
from tui.screens.dialogs import ConfirmDialog
from tui.widgets.cells import Cell, Line, amount, blank, heading, words, wrapped
from tui.widgets.page import Page

DIALOG = 70
"""Cells of a line in a dialog."""
ABOVE_WAYS = 3
"""Lines of the page above the first way to pay."""
AROUND_PAGE = 4
"""Rows of a small window that are not the page's."""


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
        """Enter buys, and explains where the cursor is on a figure."""
        found = self.query("#main").results(Page)
        here = next((page.current for page in found if page.current is not None and page.has_focus), None)
        asks = here is not None and here.cell.action is None
        return [Key("Enter", _("Why") if asks else _("Buy so"))]

    def build(self, width: int) -> list[Line]:
        """Ways to pay, then what the chosen one means."""
        seen = checkout(self.world, item(self.item_key))
        chosen = next((way for way in seen.ways if way.key == self.chosen), seen.ways[0])
        self.chosen = chosen.key
        lines: list[Line] = [
            [Cell(seen.name, bold=True), words("  "), Cell(money(seen.amount_fen), bold=True, figure=f"price:{self.item_key}")],
            *self._heads(rates=any(way.simple_percent is not None for way in seen.ways)),
        ]
        lines += [self._way(way) for way in seen.ways]
        told = [blank(), *self._about(chosen, width)]
        return [*lines, *_fitted(told, self.size.height - AROUND_PAGE - len(lines))]

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

    def _way(self, way: Way) -> Line:
        paid_at_once = way.key == CASH
        fee = f"price:{self.item_key}:fee" if paid_at_once else self._offer(way, "fee")
        month, total = (f"price:{self.item_key}" if paid_at_once else self._offer(way, what) for what in ("month", "total"))
        role = "muted" if way.refusal else "accent"
        mark = ">" if way.key == self.chosen else " "
        return [
            words(mark + " ", role="accent"), Cell(self.label(way), 20, action=self._buying(way), role=role, bold=not way.refusal),
            amount(money(way.month_fen), month, 11),
            amount(money(way.fee_fen), fee, 11, "owed" if way.fee_fen else "ink"),
            amount(money(way.total_fen), total, 11),
            *(amount(in_percent(rate), self._offer(way, what), wide) for rate, what, wide in
              ((way.simple_percent, "simple", 10), (way.effective_percent, "effective", 11)) if rate is not None),
        ]  # fmt: skip

    def _offer(self, way: Way, what: str) -> str:
        """The name of a figure of a way to pay later."""
        return f"offer:{self._price()}:{way.terms}:{what}{':free' if way.free else ''}"

    def _then(self, way: str, what: str) -> str:
        """The name of a figure as it would be after buying so."""
        return f"after:{self.item_key}:{way}:{what}"

    def label(self, way: Way) -> str:
        """A way to pay in words."""
        if way.key == CASH:
            return _("Cash now")
        if way.key == LATER:
            return _("Pay by the due day")
        if way.free:
            return _("{terms} terms, no fee").format(terms=way.terms)
        return _("{terms} terms").format(terms=way.terms)

    def _about(self, way: Way, width: int) -> list[Line]:
        lines: list[Line] = [heading(self.label(way))]
        if way.refusal:
            return [*lines, *wrapped(way.refusal, width, "watch"), *wrapped(way.remedy, width)]
        if way.key == CASH:
            left = money(cash_after_fen(self.world, way.total_fen))
            return [
                *lines, *wrapped(_("Paid at once. It counts for your record."), width), blank(),
                [_after_head(), words(_("cash left") + " "), Cell(left, figure=self._then(CASH, "cash"))],
            ]  # fmt: skip
        if way.quote is None:
            return [
                *lines,
                *wrapped(
                    _(
                        "It is on your next bill and costs nothing more if that is paid in full by its due day."
                    ),
                    width,
                ),
                *self._tonight(width),
                *self._after(way),
            ]
        every = way.quote.payments
        whole = self.size.height >= 40 or len(every) < 4
        for payment in every if whole else (every[0], every[-1]):
            if not whole and payment is every[-1]:
                lines.append(_between())
            lines.append([
                words(f"{payment.term:>3}  {date_text(payment.due_date)}", 26, role="muted"),
                words(f"{money(payment.principal_fen)} + {money(payment.fee_fen)} = "),
                Cell(money(payment.total_fen), figure=self._offer(way, "last" if payment is every[-1] else "month")),
            ])  # fmt: skip
        if way.fee_fen:
            exact = self._offer(way, "exact")
            lines.append(
                [words(_("By exact dates, a year") + "  ", role="muted"), Cell(in_percent(way.exact_percent), figure=exact),
                 words("  " + _("The fee stays while the debt shrinks."), role="muted")]
            )  # fmt: skip
            lines += self._above_cap(way, width)
        return [*lines, *self._tonight(width), *self._after(way)]

    def _above_cap(self, way: Way, width: int) -> list[Line]:
        """Why a rate by exact dates may be above the cap."""
        told = _("That is above the legal cap, which looks at equal months: the first gap here is short.")
        return wrapped(told, width, "watch") if above_cap(self.world, way) else []

    def _tonight(self, width: int) -> list[Line]:
        """A warning on the bill day: what is bought today is due soon."""
        due = billed_tonight(self.world)
        if due is None:
            return []
        told = _("The bill is made tonight: the first payment is due on {date}, in {days} days. Bought tomorrow, it is due a month later.")
        told = told.format(date=date_text(due, year=False, weekday=False), days=(due - self.world.date).days)
        return wrapped(one_day(told), width, "watch")

    def _price(self) -> int:
        return item(self.item_key).price_fen

    def _after(self, way: Way) -> list[Line]:
        seen = after(self.world, way)
        paid = _(", if you pay the open bill in full today") if seen.bill_open else ""
        can_use = money(seen.can_use_fen)
        head = _after_head()
        return [
            blank(),
            [head, words(_("can use") + " "), Cell(can_use, figure=self._then(way.key, "can_use")), words("   " + _("used") + " "),
             Cell(share_text(seen.use_before_ppm), figure="utilisation"), words(" -> "),
             Cell(share_text(seen.use_after_ppm), figure=self._then(way.key, "utilisation"))],
            [words(" " * cell_len(head.text)), words(_("next bill") + " ", role="muted"),
             Cell(money(seen.bill_before_fen), figure=self._then(NOTHING, "bill")), words(" -> "),
             Cell(money(seen.bill_after_fen), figure=self._then(way.key, "bill")), words(paid, role="muted")],
        ]  # fmt: skip

    def on_page_moved(self) -> None:
        """Show what the way to pay in whose row the cursor is means."""
        page = self.query_one("#main", Page)
        if page.has_focus and page.current is not None:
            ways = checkout(self.world, item(self.item_key)).ways
            row = page.current.line - ABOVE_WAYS
            if 0 <= row < len(ways) and ways[row].key != self.chosen:
                self.chosen = ways[row].key
                self.rebuild()
        self.show_keys()

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
        if way.key == CASH:
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
            last = way.quote.payments[-1].total_fen
            told = _("{terms} payments of {month}, {total} in all, {fee} of it fees.")
            if last != way.month_fen:
                told = _("{terms} payments of {month}, the last of {last}: {total} in all, {fee} of it fees.")
            told = told.format(
                terms=way.terms,
                month=money(way.month_fen),
                last=money(last),
                total=money(way.total_fen),
                fee=money(way.fee_fen),
            )
            lines += wrapped(told, DIALOG)
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
            lines += self._above_cap(way, DIALOG)
        if way.key != CASH:
            lines += self._tonight(DIALOG)
        return lines

    def _buy(self, way: Way) -> None:
        if self.game.act(way.step):
            self.app.pop_screen()
            if self.world.account.status == codes.NONE and home(self.world).may_ask:
                self.game.tell(keyed(_("Your record is enough: press {key_a} to ask for a credit line.")))


def _between() -> Line:
    """Stands for the payments between the first and the last."""
    return [words("  …", role="muted")]


def _fitted(lines: list[Line], room: int) -> list[Line]:
    """Where the room is too small for all that is told of a way to pay, without what tells nothing, the lowest first."""
    told = list(lines)
    for empty in (blank(), _between()):
        while len(told) > room and empty in told:
            del told[len(told) - 1 - told[::-1].index(empty)]
    return told


def _after_head() -> Cell:
    return Cell(_("AFTER") + "  ", bold=True)

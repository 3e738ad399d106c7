"""Bills: what do I owe, and when? Plans, autopay, hardship; how it is paid is in `payment`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rich.cells import cell_len

from simulator import codes
from simulator.explain.paying import FULL, MINIMUM, NOTHING
from simulator.explain.season import over_text
from simulator.money import money
from simulator.rules.balances import billed_fen
from simulator.rules.instalments import convertible_fen
from simulator.text import _, date_text, one_day
from simulator.views import BillView, Outcome, bill_view, bills, orders, outcomes, plan_views
from simulator.views.bills import (
    autopay_words,
    carried,
    carried_text,
    conversions,
    convertible_terms,
    late_fen,
    next_bill,
    payable_fen,
)
from simulator.views.relief import held_days_text, relief_refusal, relief_terms
from tui.keys import keyed
from tui.screens.autopay import autopay_line
from tui.screens.base import GameScreen, Key, action_line
from tui.screens.dialogs import ChoiceDialog
from tui.screens.payment import WaysToPay, costs_text, minimums_text
from tui.widgets.cells import Cell, Line, amount, blank, heading, mark, words, wrapped
from tui.widgets.page import Page

_NOW = {FULL: "owe", MINIMUM: "minimum"}
"""What tells of the amount that a way to pay takes now."""
TALL = 30
"""Rows from which the next bill is taken apart below another."""


class BillsScreen(GameScreen):
    """Statement by statement, with what paying so or so means."""

    SIDEWAYS = True
    HAS_SIDE = True

    def __init__(self) -> None:
        """The newest bill first."""
        super().__init__()
        self.shown: int | None = None
        self.paying = WaysToPay(self)

    def title_text(self) -> str:
        """The place."""
        return _("Bills")

    def question(self) -> str:
        """The question."""
        return _("What do I owe, and when?")

    def help_text(self) -> list[str]:
        """What it is for."""
        return [
            _(
                "The parts of a bill add up to it. In full costs nothing more; the minimum keeps the line open, and the rest costs a fee every day."
            ),
            keyed(_("Left and right turn the months. {key_p} pays; plans can be settled early; a bill can be put on terms.")),
            keyed(_("If life has hit you, {key_r} asks for a plan to pay in parts.")),
        ]

    def own_keys(self) -> list[Key]:
        """Pay, ask for relief, turn months."""
        owes = payable_fen(self.world) > 0
        return [
            Key("p", _("Pay"), "" if owes else _("There is nothing to pay.")),
            Key("r", _("Ask for relief"), relief_refusal(self.world)),
            Key("<- ->", _("Months")),
        ]

    def do(self, key: str) -> None:
        """Pay, or ask for a hardship plan."""
        if key == "p":
            self.paying.open()
        elif key == "r":
            self._ask_relief()

    def on_page_sideways(self, message: Page.Sideways) -> None:
        """Turn to another month."""
        days = bills(self.world)
        if not days:
            return
        here = days.index(self.shown) if self.shown in days else len(days) - 1
        self.shown = days[max(0, min(len(days) - 1, here + message.by))]
        self.rebuild()

    def build(self, width: int) -> list[Line]:
        """The bill, ways to pay it, plans."""
        seen = bill_view(self.world, self.shown)
        lines: list[Line] = []
        if seen is None:
            lines += wrapped(
                _("No bill yet. Bills come once a month after you bought on the line."), width, "muted"
            )
        else:
            lines += self._bill(seen, width)
        if seen is None or seen.newest:
            over = wrapped(over_text(self.world), width, "watch", 2) if over_text(self.world) else []
            lines += [*self._outcomes(width), *self._next_bill(width), *over, *self._returns(width)]
            lines += [blank(), *self._doing()]
        if self.size.width < 120:
            lines += [blank(), *self._plans(width)]
        return lines

    def build_side(self, width: int) -> list[Line]:
        """Plans beside."""
        return self._plans(width)

    def _bill(self, seen: BillView, width: int) -> list[Line]:
        when = date_text(seen.due_date, year=False)
        label = min(46, width - 16)
        past = seen.days_to_due < 0
        lines: list[Line] = [
            [Cell(_("Bill of {date}").format(date=date_text(seen.date, weekday=False)), bold=True)]
        ]
        for line in seen.lines:
            lines.append(
                [
                    words("  " + line.label, label, role="muted"),
                    amount(money(line.amount_fen), line.figure, 14),
                ]
            )
        lines.append(
            [
                Cell("  " + (_("WAS DUE {date}") if past else _("TO PAY by {date}")).format(date=when), label, bold=True),
                amount(money(seen.balance_fen), f"statement:{seen.day}:balance", 14, "owed", True),
            ]
        )
        lines.append(
            [
                words("  " + _("Minimum"), label),
                amount(money(seen.minimum_fen), f"statement:{seen.day}:minimum", 14, "owed"),
            ]
        )
        if seen.on_terms is not None:
            moved = seen.on_terms
            lines.append([words("  " + moved.label, label, role="muted"), amount(money(-moved.amount_fen), moved.figure, 14)])
        written_off = self.world.account.status == codes.CHARGED_OFF
        if seen.newest and seen.left_fen != seen.balance_fen and not written_off:
            lines.append(
                [
                    words("  " + _("Still to pay"), label),
                    amount(money(seen.left_fen), "owe", 14, "owed" if seen.left_fen else "good", True),
                ]
            )
        lines += self._paid(seen, label)
        left = carried(self.world) if seen.newest else None
        if left is not None:
            lines += wrapped(_("The minimum is met. {left}").format(left=carried_text(left)), width, "watch", 2)
        if seen.newest and not written_off:
            lines += self._late_part(seen, label)
        return lines

    def _paid(self, seen: BillView, label: int) -> list[Line]:
        """Each payment since a bill was made, and what of it went over to the next one."""
        told = _("paid on {date}")
        lines: list[Line] = [
            [words("  " + told.format(date=date_text(each.date, year=False, weekday=False)), label, role="muted"), amount(money(each.amount_fen), each.figure, 14)]
            for each in seen.paid
        ]  # fmt: skip
        over = seen.carried_over
        if over is None:
            return lines
        left = _("left over to the bill of {date}").format(date=date_text(over.date, year=False, weekday=False))
        lines.append([words("  " + left, label, role="muted"), amount(money(over.left_fen), None, 14)])
        on_it = _("{fee} on that bill")
        lines += [
            [words("  " + on_it.format(fee=each.label), label, role="muted"), amount(money(each.amount_fen), each.figure, 14)]
            for each in over.fees
        ]
        return lines

    def _late_part(self, seen: BillView, label: int) -> list[Line]:
        """Where earlier bills are late and this one is not yet: what of it is late, and what only falls due."""
        late = late_fen(self.world)
        if not late or seen.days_to_due < 0 or late >= seen.left_fen:
            return []
        told = one_day(_("of it late, {days} days").format(days=self.world.account.dpd))
        due = _("and due by {date}, not late yet").format(date=date_text(seen.due_date, year=False, weekday=False))
        return [
            [words("  " + told, label, role="bad"), amount(money(late), None, 14, "bad")],
            [words("  " + due, label), amount(money(seen.left_fen - late), None, 14, "owed")],
        ]

    def _outcomes(self, width: int) -> list[Line]:
        found = outcomes(self.world)
        owed = payable_fen(self.world)
        if self.world.account.status == codes.CHARGED_OFF and owed:
            told = _("{amount} of the debt that was written off is still to pay.").format(amount=money(owed))
            return [blank(), *wrapped(told, width, "owed"), action_line(_("Pay"), self.paying.open, "p")]
        if not found:
            return [blank(), [words(_("Nothing on your bills is unpaid."), role="good")]]
        lines: list[Line] = [
            blank(),
            [Cell(_("IF YOU PAY"), 20, bold=True), amount(_("now"), None, 12, "muted"), amount(_("still owed"), None, 13, "muted"),
             amount(_("fee, next bill"), None, 16, "muted")],
        ]  # fmt: skip
        labels = {FULL: _("In full"), MINIMUM: _("Minimum"), NOTHING: _("Nothing")}
        for way in found:
            if way.way == MINIMUM and way.now_fen == found[0].now_fen:
                continue  # all of the bill is asked: one choice, not two
            pays, label = way.way != NOTHING, labels[way.way]
            cell = Cell(label, 18, role="accent", bold=True, action=self._paying(label, way)) if pays else words(label, 18)
            lines.append(
                [mark() if pays else words("  "), cell, amount(money(way.now_fen), _NOW.get(way.way), 12),
                 amount(money(way.left_fen), f"outcome:{way.way}:left", 13),
                 amount(money(way.next_fee_fen), f"outcome:{way.way}:fee", 16, "owed" if way.next_fee_fen else "ink")]
            )  # fmt: skip
            if way.minimums is not None:
                (first, *_rest), *more = wrapped(minimums_text(way.minimums), width, "watch", 2)
                lines += [[replace(first, figure=f"outcome:{way.way}:bills")], *more]
            if way.ends_plan_on is not None:
                told = _("One miss ends the hardship plan: all {amount} of it is late from {date} on.")
                day = date_text(way.ends_plan_on, year=False, weekday=False)
                lines += wrapped(told.format(amount=money(way.left_fen), date=day), width, "bad", 2)
        return [*lines, *(wrapped(autopay_words(self.world), width, "muted", 2) if autopay_words(self.world) else [])]

    def _next_bill(self, width: int) -> list[Line]:
        """What is on no bill yet, and when it is; below another bill in short where the window is small."""
        seen = next_bill(self.world)
        if seen is None:
            return []
        if bills(self.world) and self.size.height < TALL:
            told = _("Next bill so far: {amount} by {date}.")
            if billed_fen(self.world.account):
                told = _("Next bill so far: {amount} by {date}, and what you leave of this one.")
            due = date_text(seen.due_date, year=False, weekday=False)
            (first, *_rest), *more = wrapped(told.format(amount=money(seen.total_fen), date=due), width)
            return [[replace(first, figure="next:balance")], *more]
        label = min(46, width - 16)
        made = _("NEXT BILL so far, on {date}").format(date=date_text(seen.date, year=False))
        lines: list[Line] = [blank(), [Cell(made, bold=True)]]
        lines += [[words("  " + part.label, label, role="muted"), amount(money(part.amount_fen), part.figure, 14)] for part in seen.parts]
        due = _("to pay by {date}").format(date=date_text(seen.due_date, year=False))
        lines.append([words("  " + due, label), amount(money(seen.total_fen), "next:balance", 14, "owed")])
        if billed_fen(self.world.account):
            lines += wrapped(_("and what you leave of this one, with its fees"), width, "muted", 2)
        return lines

    def _returns(self, width: int) -> list[Line]:
        """What was bought on the line and goes back: how much of it is refunded, and when."""
        told = _("{what} goes back: the shop refunds {amount} by {date}. Until then what of it is on no bill yet waits.")
        return [
            line
            for each in orders(self.world)
            if each.return_open and each.state != codes.CASH_ORDER
            for line in wrapped(
                told.format(
                    what=each.name, amount=money(each.left_fen), date=date_text(each.refund_by, year=False, weekday=False)
                ),
                width,
                "muted",
            )
        ]

    def _paying(self, label: str, way: Outcome) -> Callable[[], object]:
        step: dict[str, object] = {"do": "repay", "amount": way.way}
        return lambda: self.paying.confirm(label, way.now_fen, step, costs_text(way) if way.way == MINIMUM else "")

    def _doing(self) -> list[Line]:
        lines: list[Line] = [autopay_line(self)]
        if convertible_terms(self.world):
            lines.append(
                action_line(
                    _("Put this bill on terms"),
                    self._choose_terms,
                    money(convertible_fen(self.world.account)),
                )
            )
        return lines

    def _choose_terms(self) -> None:
        fen = convertible_fen(self.world.account)
        choices = []
        for each in conversions(self.world):
            note = _("{month} a month, fees {fee} in all, simple {rate} % a year").format(
                month=money(each.month_fen), fee=money(each.fee_fen), rate=each.simple_percent
            )
            choices.append((_("{terms} terms").format(terms=each.terms), note, self._converting(each.terms)))
        self.app.push_screen(
            ChoiceDialog(_("Put {amount} of this bill on terms").format(amount=money(fen)), choices)
        )

    def _converting(self, terms: int) -> Callable[[], object]:
        return lambda: self.game.act({"do": "convert_bill", "terms": terms})

    def _ask_relief(self) -> None:
        told = _(
            "All that is owed becomes equal parts without fee. No buying while it runs, and one miss ends it."
        )
        self.app.push_screen(
            ChoiceDialog(
                told,
                [(_("{terms} parts").format(terms=count), "", self._relieving(count)) for count in relief_terms(self.world)],
            )
        )

    def _relieving(self, terms: int) -> Callable[[], object]:
        return lambda: self.game.act({"do": "request_hardship", "terms": terms})

    def _plans(self, width: int) -> list[Line]:
        older = self.shown is not None and self.shown != bills(self.world)[-1]
        lines: list[Line] = [heading(_("Instalment plans, as they stand today") if older else _("Instalment plans"))]
        and_fee, and_fees = " + " + _("fee"), " + " + _("fees")
        plus = max(cell_len(and_fee), cell_len(and_fees))
        found = plan_views(self.world)
        if not found and not self.world.account.hardship:
            lines.append([words("  " + _("None running."), role="muted")])
        for plan in found:
            lines.append(
                [
                    Cell(plan.name, max(12, width - 30), bold=True),
                    words(
                        _("{billed} of {terms} terms billed").format(billed=plan.billed, terms=plan.terms),
                        role="muted",
                    ),
                ]
            )
            lines.append(
                [
                    words("  " + _("a month"), 16, role="muted"),
                    amount(money(plan.term_fen), f"plan:{plan.order}:term", 10),
                    words(and_fee, plus, role="muted"),
                    amount(money(plan.fee_fen), f"plan:{plan.order}:fee", 9),
                ]
            )
            lines.append(
                [
                    words("  " + _("still to come"), 16, role="muted"),
                    amount(money(plan.left_fen), f"plan:{plan.order}:left", 10),
                    words(and_fees, plus, role="muted"),
                    amount(money(plan.fees_to_come_fen), f"plan:{plan.order}:fees", 9, "muted"),
                ]
            )
            if self.world.account.dpd and not plan.can_settle:
                lines += wrapped(_("It can be settled after what is late is paid."), width, "muted", 2)
                continue
            lines.append(
                [
                    words("  " + _("settle today"), 16, role="muted"),
                    amount(money(plan.settlement_fen), f"plan:{plan.order}:settlement", 10),
                    words("  " + _("saves") + " ", role="muted"),
                    Cell(money(plan.saved_fen), figure=f"plan:{plan.order}:saved", role="good"),
                ]
            )
        if self.world.account.hardship:
            left = self.world.account.hardship_plan
            lines.append(
                [
                    words(
                        "  "
                        + _("Hardship plan, {billed} of {terms} parts billed").format(
                            billed=left.billed, terms=left.terms
                        ),
                        role="watch",
                    )
                ]
            )
            for label, fen in ((_("a month"), left.term_principal_fen), (_("still to come"), left.unbilled_fen)):
                lines.append([words("  " + label, 16, role="muted"), amount(money(fen), None, 10)])
            lines += wrapped(held_days_text(self.world), width, "watch", 2) if held_days_text(self.world) else []
        return lines

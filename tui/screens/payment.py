"""Payment: what is asked before anything is paid, and what is told after it; on the bills and on the account."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from simulator import codes
from simulator.explain.paying import MINIMUM, Minimums, outcome_of
from simulator.money import MoneyError, money, typed_yuan, yuan
from simulator.rules.balances import billed_fen
from simulator.text import _, date_text, one_day, sentences
from simulator.views import Outcome, PlanView, account_view, bill_view, plan_views
from simulator.views.bills import cash_after_fen, payable_fen
from simulator.views.relief import parts_to_come
from tui.screens.base import GameScreen
from tui.screens.dialogs import AskDialog, ChoiceDialog, ConfirmDialog
from tui.widgets.cells import Line, blank, heading, words, wrapped


def ask_to_pay(
    screen: GameScreen, asked: str, fen: int, step: Mapping[str, object], yes: str, label: str = "", costs: str = ""
) -> None:
    """Ask once more before a step pays so much; where there is not the cash for it, say so instead."""
    cash = screen.world.shopper.cash_fen
    if fen > cash:
        told = _("{amount} is more than your cash of {cash}. Wait for pay day, or take money from the fund.")
        screen.game.tell(told.format(amount=money(fen), cash=money(cash)))
        return
    after = _("Cash {before} -> {after}").format(before=money(cash), after=money(cash_after_fen(screen.world, fen)))
    lines: list[Line] = [heading(asked), blank()]
    if label:
        lines.append([words(label, role="muted")])
    lines.append([words(after)])
    if costs:
        lines += [blank(), *wrapped(costs, 70, "watch")]
    if to_come := parts_to_come(screen.world):
        lines += wrapped(to_come, 70, "watch")
    screen.app.push_screen(ConfirmDialog(lines, yes, lambda: screen.game.act(step, lambda _events: _tell_parts(screen))))


def _tell_parts(screen: GameScreen) -> None:
    """After a payment under a hardship plan: what of it is still to come."""
    if to_come := parts_to_come(screen.world):
        screen.game.tell(to_come)


class WaysToPay:
    """What can be paid on the bills, each way with its amount, and what is asked before it is."""

    def __init__(self, screen: GameScreen) -> None:
        """The screen that asks."""
        self.screen = screen

    def open(self) -> None:
        """Every way to pay, each with its amount."""
        world = self.screen.world
        account = world.account
        seen = bill_view(world)
        choices: list[tuple[str, str, Callable[[], object]]] = []
        if seen is not None and seen.left_fen:
            choices.append(
                (
                    _("Bill in full, {amount}").format(amount=money(seen.left_fen)),
                    "",
                    lambda: self.confirm(
                        _("The bill in full"), seen.left_fen, {"do": "repay", "amount": "full"}
                    ),
                )
            )
            if seen.asked_fen and seen.asked_fen != seen.left_fen:
                choices.append(
                    (
                        _("Minimum, {amount}").format(amount=money(seen.asked_fen)),
                        "",
                        lambda: self.confirm(
                            _("The minimum"),
                            seen.asked_fen,
                            {"do": "repay", "amount": "minimum"},
                            costs_text(outcome_of(world, MINIMUM)),
                        ),
                    )
                )
        ahead = payable_fen(world)
        if ahead and account.status == codes.CHARGED_OFF:
            step: dict[str, object] = {"do": "prepay", "amount": yuan(ahead)}
            label = _("All of it, {amount}").format(amount=money(ahead))
            choices.append((label, _("closes the line"), lambda: self.confirm(_("All that was written off"), ahead, step)))
        if ahead:
            choices.append(
                (
                    _("Another amount"),
                    self._bound(ahead),
                    self._ask_amount,
                )
            )
        for plan in plan_views(world):
            if plan.can_settle:
                label = _("Settle {what}, {amount}").format(what=plan.name, amount=money(plan.settlement_fen))
                choices.append(
                    (
                        label,
                        _("saves {amount} of fees").format(amount=money(plan.saved_fen)),
                        self._settling(plan),
                    )
                )
        if account.status != codes.CHARGED_OFF and (ahead or plan_views(world)):
            to_come = parts_to_come(world)
            everything = _("All that can be paid today, {amount}") if to_come else _("Everything, plans too, {amount}")
            everything = everything.format(amount=money(account_view(world).clear_all_fen))
            choices.append((everything, to_come or _("nothing is owed then"), self._settle_all))
        if not choices:
            self.screen.game.tell(_("There is nothing to pay."))
            return
        self.screen.app.push_screen(ChoiceDialog(_("What do you want to pay?"), choices))

    def _bound(self, most: int) -> str:
        """How much of one's own can be paid, and what that is: plan terms that are on no bill are beyond it."""
        world = self.screen.world
        billed = billed_fen(world.account)
        if world.account.status == codes.CHARGED_OFF:
            told = _("up to {amount}")
        elif most == billed:
            told = _("up to {amount}: all that is on your bills")
        elif billed:
            told = _("up to {amount}: your bills, and what is on no bill yet")
        else:
            told = _("up to {amount}: what is on no bill yet")
        told = told.format(amount=money(most))
        settles = any(plan.can_settle for plan in plan_views(world))
        return _("; ").join((told, _("terms to come are settled below"))) if settles else told

    def _ask_amount(self) -> None:
        most = payable_fen(self.screen.world)
        hint = _("up to {amount}").format(amount=money(most))
        self.screen.app.push_screen(AskDialog(_("How much?"), hint, "", self._take_amount))

    def _take_amount(self, text: str) -> str:
        try:
            fen = typed_yuan(text)
        except MoneyError as error:
            return str(error)
        most, cash = payable_fen(self.screen.world), self.screen.world.shopper.cash_fen
        if fen > most:
            return _("{amount} is more than the {most} that can be taken.").format(
                amount=money(fen), most=money(most)
            )
        if fen > cash:
            return _("{amount} is more than your cash of {cash}.").format(amount=money(fen), cash=money(cash))
        if fen == 0:
            return _("More than 0.00, please.")
        self.screen.app.call_later(self.screen.game.controller.guarded(lambda: self._confirm_amount(fen)))
        return ""

    def _confirm_amount(self, fen: int) -> None:
        """Ask once more before an amount of one's own is paid: what of it goes to the bill, and what ahead of it."""
        account = self.screen.world.account
        billed = billed_fen(account)
        if account.status == codes.CHARGED_OFF:
            label = _("Of the debt that was written off")
        elif fen <= billed:
            label = _("All of it on your bill")
        elif billed:
            label = _("{bill} on your bill, {ahead} ahead of the next").format(bill=money(billed), ahead=money(fen - billed))
        else:
            label = _("All of it ahead of the next bill")
        step = "repay" if fen <= billed else "prepay"
        self.confirm(label, fen, {"do": step, "amount": yuan(fen)})

    def _settling(self, plan: PlanView) -> Callable[[], object]:
        return lambda: self.confirm(
            _("Settle {what}; saves {amount} of fees").format(what=plan.name, amount=money(plan.saved_fen)),
            plan.settlement_fen,
            {"do": "repay_plan", "order": plan.order},
        )

    def _settle_all(self) -> None:
        seen = account_view(self.screen.world)
        everything = _("Everything that is owed, plans settled")
        label = _("All that can be paid today") if parts_to_come(self.screen.world) else everything
        self.confirm(label, seen.clear_all_fen, {"do": "settle_all"})

    def confirm(self, label: str, fen: int, step: dict[str, object], costs: str = "") -> None:
        """Ask once more before a step pays so much; `costs` tells what is left then costs."""
        ask_to_pay(self.screen, _("Pay {amount}?").format(amount=money(fen)), fen, step, _("Yes, pay"), label, costs)


def costs_text(way: Outcome) -> str:
    """What is left after a payment of less than the bill, and what that costs; "" where nothing is."""
    if not way.left_fen:
        return ""
    told = _("Still owed then {left}; fee on the next bill {fee}.").format(left=money(way.left_fen), fee=money(way.next_fee_fen))
    return sentences(told, minimums_text(way.minimums) if way.minimums is not None else "")


def minimums_text(seen: Minimums) -> str:
    """Where paying only minimums leads; after a missed bill the next minimum holds all that is carried."""
    told = (
        _("Only minimums, each on its due day: {bills} more bills, carrying fees {fees} in all.")
        if seen.ends
        else _("Only minimums, each on its due day: not paid off after {bills} more bills and carrying fees of {fees}.")
    )
    told = one_day(told.format(bills=seen.bills, fees=money(seen.carrying_fen)))
    if not seen.missed:
        return told
    first = _("This minimum was missed, so the next one holds all that is carried: {amount} by {date}.").format(
        amount=money(seen.next_minimum_fen), date=date_text(seen.next_due, year=False, weekday=False)
    )
    return sentences(first, told)

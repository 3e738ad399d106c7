"""Money: what comes in, what goes out, what debts take, what the bureau shows."""

from __future__ import annotations

import datetime

from simulator.messages import sentence
from simulator.money import MoneyError, money, typed_yuan, yuan
from simulator.text import _, date_text, one_day, share_text
from simulator.views import money_view
from simulator.views.money import MoneyView
from tui.screens.base import WIDE, GameScreen, Key, action_line, field
from tui.screens.dialogs import AskDialog
from tui.widgets.cells import Cell, Line, amount, bar, blank, heading, words, wrapped
from tui.widgets.chart import step_chart

TALL, FEW, MOST, QUARTER = 36, 10, 16, 25
ROWS_ABOVE_MOVED = 31


class MoneyScreen(GameScreen):
    """Income, cash, fund, obligations, the credit bureau."""

    HAS_SIDE = True

    def title_text(self) -> str:
        """The place."""
        return _("Money")

    def question(self) -> str:
        """The question."""
        return _("Can I afford it?")

    def help_text(self) -> list[str]:
        """What it is for."""
        return [
            _("Cash pays; the fund yields a little, and money taken out of it arrives a day later."),
            _("The lender sees your fund at month-end, your debts elsewhere, and nothing else of this page."),
        ]

    def own_keys(self) -> list[Key]:
        """Fund in and out."""
        no_cash = "" if self.world.shopper.cash_fen > 0 else _("There is no cash to put into the fund.")
        empty = "" if self.world.shopper.fund_fen > 0 else _("The fund is empty.")
        return [Key("p", _("Put into the fund"), no_cash), Key("o", _("Take out of it"), empty)]

    def do(self, key: str) -> None:
        """Move money."""
        direction = "in" if key == "p" else "out"
        most = self.world.shopper.cash_fen if key == "p" else self.world.shopper.fund_fen
        title = _("Put into the fund") if key == "p" else _("Take out of the fund")
        self.app.push_screen(
            AskDialog(
                title,
                _("up to {amount}").format(amount=money(most)),
                "",
                lambda text: self._take(direction, most, text),
            )
        )

    def _take(self, direction: str, most: int, text: str) -> str:
        try:
            fen = typed_yuan(text)
        except MoneyError as error:
            return str(error)
        if not 0 < fen <= most:
            return _("More than 0.00, up to {amount}.").format(amount=money(most))
        self.game.act({"do": "fund", "direction": direction, "amount": yuan(fen)})
        return ""

    def build(self, width: int) -> list[Line]:
        """The page."""
        seen = money_view(self.world)
        lines: list[Line] = [
            heading(_("NOW")),
            field(_("Cash"), money(seen.cash_fen), "cash", role="cash"),
        ]
        for date, fen in seen.on_its_way:
            arrives = "  " + _("arrives {date}").format(date=date_text(date, year=False))
            lines.append([words(arrives, 26, role="muted"), amount(money(fen), None, 14)])
        lines += [
            field(_("Fund"), money(seen.fund_fen), "fund", role="cash"),
            action_line(_("Put into the fund"), lambda: self.action_do("p"), "p"),
            action_line(_("Take out of the fund"), lambda: self.action_do("o"), "o"),
        ]
        lines += [
            blank(), heading(_("EVERY MONTH")), field(_("Pay, on day {day}").format(day=seen.pay_day), money(seen.income_fen), "income"),
            field(_("Rent and daily life"), money(seen.expenses_fen), "expenses"), field(_("Debts"), money(seen.debt_service_fen), "debt_service", role="owed"),
            [words("  "), *bar(seen.debt_share_ppm, 40, "owed"), words("  "), Cell(_("{share} of income").format(share=share_text(seen.debt_share_ppm)), figure="debt_share", role="muted")],
        ]  # fmt: skip
        if seen.elsewhere_fen:
            lines += wrapped(
                _("{amount} of the debts go to others, and are paid out of daily life.").format(amount=money(seen.elsewhere_fen)),
                width,
                "muted",
                2,
            )
        if seen.out_of_work_until:
            lines += wrapped(
                _("Out of work until {date}: no pay.").format(date=date_text(seen.out_of_work_until)),
                width,
                "bad",
                2,
            )
        lines += [blank(), *self._health(seen, width)]
        if self.size.width < WIDE:
            return [*lines, blank(), *self._bureau(width), blank(), *self._ahead(width)]
        return [*lines, *self._moved(width)]

    def _health(self, seen: MoneyView, width: int) -> list[Line]:
        """The points, and the four parts that they come from; each with a bar where there is room."""
        surplus, buffer, debt, timely = seen.quarters
        head: Line = [
            Cell(_("HEALTH") + "  ", bold=True), Cell(_("{points} of 100").format(points=seen.health), figure="health"),
        ]  # fmt: skip
        note = wrapped(seen.no_costs, width, "muted", 2) if seen.no_costs else []
        if self.size.height < TALL:
            told = _("left over {a}, put by {b}, debts {c}, on time {d} of 25 each")
            return [head, *wrapped(told.format(a=surplus, b=buffer, c=debt, d=timely), width, "muted", 2), *note]
        parts = [
            (_("left over of your pay"), surplus), (_("put by for months without pay"), buffer),
            (_("little of your pay goes to debts"), debt), (_("bills paid on time"), timely),
        ]  # fmt: skip
        return [
            head,
            *([words("  " + name, 35, role="muted"), amount(str(points), None, 3), words(f" / {QUARTER}  ", role="muted"),
               *bar(points * 1_000_000 // QUARTER, QUARTER, "good")] for name, points in parts),
            *note,
        ]  # fmt: skip

    def _moved(self, width: int) -> list[Line]:
        """What moved the cash of late, newest first, where there is room."""
        rows = self.size.height - ROWS_ABOVE_MOVED
        seqs = self.game.answer("cash").entries[-max(0, rows) :] if rows > 0 else []
        if not seqs:
            return []
        lines: list[Line] = [blank(), heading(_("WHAT MOVED YOUR CASH, last 31 days"))]
        for seq in reversed(seqs):
            event = self.world.events[seq - 1]
            date = date_text(datetime.date.fromisoformat(event["date"]), year=False, weekday=False)
            lines.append([words("  " + date, 11, role="muted"), wrapped(sentence(event), width - 12)[0][0]])
        return lines

    def build_side(self, width: int) -> list[Line]:
        """Bureau and the coming weeks beside."""
        return [*self._bureau(width), blank(), *self._ahead(width)]

    def _bureau(self, width: int) -> list[Line]:
        seen = money_view(self.world)
        lines: list[Line] = [heading(_("CREDIT BUREAU, as a lender would see it"))]
        lines.append(field("  " + _("Instalments elsewhere"), money(seen.elsewhere_fen), "elsewhere"))
        if not seen.reported:
            lines.append([words("  " + _("This line: nothing reported yet."), role="muted")])
        for date, dpd in reversed(seen.reported[-6:]):
            text = _("on time") if dpd == 0 else one_day(_("{days} days late").format(days=dpd))
            lines.append(
                [
                    words("  " + date_text(date, weekday=False), 26, role="muted"),
                    words(text, role="good" if dpd == 0 else "bad"),
                ]
            )
        return lines

    def _ahead(self, width: int) -> list[Line]:
        lines: list[Line] = [heading(_("KNOWN AMOUNTS AHEAD"))]
        roomy = width >= 58
        dated = 16 if roomy else 9
        coming = money_view(self.world).coming
        for each in coming[: MOST if self.size.height >= TALL else FEW]:
            date = date_text(each.date, year=False, weekday=roomy)
            room = max(13, min(20, width - dated - 22))
            first, *more = wrapped(each.label, room)
            lines.append([words("  " + date if roomy else date, dated, role="muted"), words(first[0].text, room),
                          amount(money(each.amount_fen, sign=True), each.figure, 11, "cash" if each.amount_fen > 0 else "owed"), amount(money(each.cash_after_fen), None, 11)])  # fmt: skip
            lines += [[words("", dated), *line] for line in more]
        if self.size.height < TALL or self.size.width < WIDE or not coming:
            return lines
        days = [(self.world.day, self.world.shopper.cash_fen)]
        days += [(self.world.day + (each.date - self.world.date).days, each.cash_after_fen) for each in coming]
        head = _("CASH AHEAD, to {date}").format(date=date_text(coming[-1].date, year=False, weekday=False))
        return [*lines, blank(), heading(head), *step_chart(days, days[-1][0], width, "cash")]

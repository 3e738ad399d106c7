"""Account: opening, closing with what stands in the way, suspension with its cure, coming back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from simulator import codes
from simulator.money import MoneyError, money, typed_yuan, yuan
from simulator.text import _, date_text, listed, one_day, sentences
from simulator.views import AccountView, Blocker, Condition, account_view
from simulator.views.account import STORE_RECORD, identity_helps, no_wait_to_fear, unmet_conditions
from simulator.views.bills import clear_all_fen, payable_fen
from simulator.views.held import held, held_text
from simulator.views.relief import held_days_text, parts_to_come
from tui.keys import keyed
from tui.screens.autopay import autopay_line
from tui.screens.base import AROUND, WIDE, GameScreen, Key, action_line
from tui.screens.dialogs import AskDialog, ConfirmDialog
from tui.screens.key_facts import cost_lines, facts_lines, so_far_lines
from tui.screens.line_history import history_lines
from tui.screens.payment import ask_to_pay
from tui.widgets.cells import Cell, Line, amount, blank, heading, words, wrapped

ASKABLE = (codes.NONE, codes.DECLINED)
OPEN = (codes.ACTIVE, codes.SOFT_BLOCKED, codes.SUSPENDED)


class AccountScreen(GameScreen):
    """Everything about the line itself; what it costs beside it, where there is room."""

    HAS_SIDE = True

    def title_text(self) -> str:
        """The place."""
        return _("Account")

    def question(self) -> str:
        """The question changes with the state."""
        status = self.world.account.status
        if status in ASKABLE:
            return _("Can I have a credit line?")
        if status == codes.APPLIED:
            return _("What does the lender offer?")
        if status == codes.SUSPENDED:
            return _("Why is it suspended, and what lifts it?")
        if status in (codes.CLOSED, codes.CHARGED_OFF):
            return _("Can I come back?")
        return _("How does my line stand, and can I close it?")

    def help_text(self) -> list[str]:
        """What it is for."""
        return [
            keyed(_("{key_r} asks the lender: for a line, to close it, to lift a suspension, or for the line back. {key_u} takes a request to close back.")),
            keyed(_("{key_z} locks the line yourself; nothing is lost, and {key_z} unlocks it.")),
            _("Everything that stands in the way is listed with the way to settle it."),
        ]

    def own_keys(self) -> list[Key]:
        """Ask, lock, take back."""
        account = self.world.account
        keys = [Key("r", self._asking(), self._refusal())]
        if account.status in (codes.ACTIVE, codes.SOFT_BLOCKED, codes.SUSPENDED):
            keys.append(Key("z", _("Unlock") if account.locked else _("Lock")))
        owes = clear_all_fen(self.world) > 0
        if account.status in OPEN or (account.status in (codes.CLOSED, codes.RUN_OFF) and owes):
            keys.append(Key("p", _("Pay") if account.hardship else _("Pay everything"), "" if owes else _("There is nothing to pay.")))
        if account.status == codes.CLOSURE_REVIEW:
            keys = [Key("u", _("Take back"))]
        if account.status == codes.CHARGED_OFF:
            keys = [Key("p", _("Pay everything"))]
        return keys

    def _asking(self) -> str:
        status = self.world.account.status
        if status in ASKABLE:
            return _("Ask for a line")
        if status == codes.APPLIED:
            return _("Accept the offer")
        if status == codes.SUSPENDED:
            return _("Appeal") if self.world.account.causes & codes.BY_FRAUD else _("Ask to lift it")
        if status == codes.CLOSED:
            return _("Ask for it back")
        return _("Ask to close")

    def _refusal(self) -> str:
        """Why nothing can be asked now: a hardship plan suspends as long as it runs."""
        account = self.world.account
        waits = account.hardship and account.status == codes.SUSPENDED and not account.causes & codes.BY_FRAUD
        return _("The suspension stays while the hardship plan runs.") if waits else ""

    def do(self, key: str) -> None:
        """What the key means in this state."""
        status = self.world.account.status
        if key == "z":
            self.game.act({"do": "unlock" if self.world.account.locked else "lock"})
        elif key == "u":
            self.game.act({"do": "withdraw_closure"})
        elif key == "p":
            self.settle_all()
        elif status in ASKABLE and self.world.account.closed_day == codes.NEVER:
            self.apply()
        elif status in ASKABLE or status == codes.CLOSED:
            self.reopen()
        elif status == codes.APPLIED:
            self.accept()
        elif status == codes.SUSPENDED:
            self.game.act(
                {"do": "appeal" if self.world.account.causes & codes.BY_FRAUD else "request_reinstatement"}
            )
        else:
            self.ask_to_close()

    def build(self, width: int) -> list[Line]:
        """The page of the state."""
        seen = account_view(self.world)
        builders: dict[int, Callable[[AccountView, int], list[Line]]] = {
            codes.NONE: self.show_none,
            codes.DECLINED: self.show_none,
            codes.APPLIED: self.show_offer,
            codes.SUSPENDED: self.show_suspended,
            codes.CLOSURE_REVIEW: self.show_review,
            codes.CLOSED: self.show_closed,
            codes.CHARGED_OFF: self.show_written_off,
            codes.RUN_OFF: self.show_run_off,
        }
        head: list[Line] = [
            [
                Cell(seen.status_words, bold=True, figure="status"),
                words(_(", locked by you") if seen.locked else "", role="watch"),
                words(self._since(seen), role="muted"),
            ]
        ]
        lines = head + builders.get(seen.status, self.show_open)(seen, width) + self._settings(seen, width)
        if self.size.width < WIDE:
            return lines
        return lines + history_lines(
            self.world, width, self.size.height - AROUND - len(lines), self.game.settings.ascii
        )

    def build_side(self, width: int) -> list[Line]:
        """What the lender's policy costs, and what came of the line so far."""
        so_far = [blank(), *so_far_lines(self.world)] if account_view(self.world).opened else []
        return [*cost_lines(self.world, width), *so_far]

    def _since(self, seen: AccountView) -> str:
        if seen.status == codes.CHARGED_OFF and seen.closed:
            closed = date_text(seen.closed, weekday=False)
            return "  " + _("closed {date}: {cause}").format(date=closed, cause=seen.closure_words)
        if seen.status == codes.CLOSED and seen.closed:
            return "  " + _("since {date}: {cause}").format(
                date=date_text(seen.closed, weekday=False), cause=seen.closure_words
            )
        if seen.opened and seen.limit_fen:
            return "  " + _("line of {limit}, opened {date}").format(
                limit=money(seen.limit_fen), date=date_text(seen.opened, weekday=False)
            )
        return ""

    def _conditions(self, conditions: list[Condition], width: int) -> list[Line]:
        lines: list[Line] = []
        for each in conditions:
            mark = "[ok]" if each.met else "[?] " if each.waits else "[!] "
            told = wrapped(each.text, width - 8, "muted" if each.met else "ink")
            role = "good" if each.met else "muted" if each.waits else "watch"
            lines.append([words(f"  {mark} ", role=role), *told[0]])
            lines += [[words(" " * 7), *line] for line in told[1:]]
            if not each.met and each.remedy:
                lines += wrapped(each.remedy, width, "muted", 7)
        return lines

    def show_none(self, seen: AccountView, width: int) -> list[Line]:
        if self.world.account.closed_day != codes.NEVER:
            return self.show_closed(seen, width)
        lines = [
            blank(),
            *wrapped(_("The lender looks at these first:"), width),
            *self._conditions(seen.conditions, width),
            blank(),
        ]
        lines += self._last_decision(width)
        ready = all(each.met for each in seen.conditions)
        if ready:
            lines.append(action_line(_("Ask for a credit line"), self.apply, _("the key facts come first")))
        else:
            if any(each.code == "identity_not_verified" and not each.met for each in seen.conditions):
                lines.append(action_line(_("Show your identity"), self.verify, _("checked at once")))
            lines.append(action_line(_("Go shopping with cash"), lambda: self.game.action_go("shop"), "s"))
        return lines

    def _last_decision(self, width: int) -> list[Line]:
        """The newest decision on an application, taken apart."""
        decided = [
            event
            for event in self.world.events
            if event["event"] in ("application_decided", "reopening_decided")
        ]
        if not decided:
            return []
        from simulator.messages import sentence

        event = decided[-1]
        lines = [heading(_("The last answer")), *wrapped(sentence(event), width, "ink", 2)]
        lines.append(
            [words("  "), Cell(_("the score, part by part"), figure=f"event:{event['seq']}:score", role="accent"), words("   "),
             Cell(_("why so"), figure=f"decision:{event['seq']}", role="accent")]
        )  # fmt: skip
        return [*lines, blank()]

    def show_offer(self, seen: AccountView, width: int) -> list[Line]:
        until = date_text(seen.offer_until, weekday=False) if seen.offer_until else ""
        told = _("The lender offers {amount} instead. It holds until {date}.").format(
            amount=money(seen.offer_fen), date=until
        )
        return [
            blank(),
            *wrapped(told, width),
            blank(),
            *self._last_decision(width),
            action_line(_("Accept the offer"), self.accept, "r"),
        ]

    def show_open(self, seen: AccountView, width: int) -> list[Line]:
        lines: list[Line] = [blank()]
        if seen.status == codes.SOFT_BLOCKED:
            lines += [*self._blocked(seen, width), blank()]
        waiting = held(self.world)
        if waiting is not None:
            lines += [*wrapped(held_text(waiting), width, "watch"), action_line(_("Show that it was you"), self.verify, _("checked at once")), blank()]
        lines.append(
            [
                Cell(_("CLOSE"), bold=True),
                words(
                    "  "
                    + _("1 clear   2 review, {days} days   3 closed").format(
                        days=self.world.policy.closure_review_days
                    ),
                    role="muted",
                ),
            ]
        )
        for each in seen.blockers:
            lines += self._blocker(each, min(width, 90))
        if not seen.blockers:
            lines.append([words("  [ok] " + _("nothing stands in the way"), role="good")])
        cash = self.world.shopper.cash_fen
        if seen.clear_all_fen:
            to_mark, clear, _note = action_line(_("CLEAR ALL"), self.settle_all)
            have = _(", you have {cash}").format(cash=money(cash))
            all_of_it = Cell(money(seen.clear_all_fen), role="accent", bold=True, figure="clear_all")
            lines.append([to_mark, clear, words("  "), all_of_it, words(have), words("  p", role="muted")])
        lines.append(action_line(_("Ask to close"), self.ask_to_close, "r"))
        lines += wrapped(
            keyed(_("You would lose {limit} of limit and your run of bills on time; days late stay on record. Only a pause? {key_z} locks."), limit=money(seen.limit_fen)),
            width,
            "muted",
            2,
        )
        return lines

    def _blocked(self, seen: AccountView, width: int) -> list[Line]:
        """What opens a line that is blocked for buying: by itself, or on request after a long arrears."""
        if seen.dpd and seen.lifts_by_itself:
            told = _("Blocked for buying while {days} days late. Pay what is late; it opens the next day.")
            return wrapped(one_day(told.format(days=seen.dpd)), width, "bad")
        if seen.dpd:
            told = _("{days} days late. First pay what is late, then ask for it to be lifted.")
            return wrapped(one_day(told.format(days=seen.dpd)), width, "bad")
        if seen.lifts_by_itself:
            return wrapped(_("Nothing is late any more: the line opens by itself tomorrow."), width, "watch")
        return self._asked_to_lift(seen, width)

    def _blocker(self, each: Blocker, width: int) -> list[Line]:
        """What stands in the way, its amount if it has one, and under it what to do."""
        told = wrapped(each.text, width - 20)
        lines: list[Line] = [[words("  [!]  ", role="watch"), Cell(told[0][0].text, width - 20)]]
        if each.amount_fen:
            lines[0].append(amount(money(each.amount_fen), f"blocker:{each.code}", 12))
        lines += [[words(" " * 7), *line] for line in told[1:]]
        if not each.remedy:
            return lines
        (first, *_rest), *more = wrapped(each.remedy, width, "muted", 7)
        return [*lines, [replace(first, figure="settle_plans") if each.code == "open_plan" else first], *more]

    def show_suspended(self, seen: AccountView, width: int) -> list[Line]:
        lines: list[Line] = [
            blank(),
            *wrapped(
                _("Suspended because of: {causes}.").format(causes=listed(seen.causes)), width, "bad"
            ),
        ]
        if seen.clear_all_fen:
            lines += wrapped(_("What you owe can be paid as before."), width, "muted")
        lines.append(blank())
        causes = self.world.account.causes
        if causes & codes.BY_OVERDUE:
            if seen.hardship:
                lines += wrapped(
                    _("A hardship plan is running; pay each part by its day. Then ask for it to be lifted."),
                    width,
                )
                lines += wrapped(held_days_text(self.world), width, "watch")
            elif seen.dpd:
                lines += wrapped(
                    one_day(keyed(_("{days} days late. First pay what is late, then ask with {key_r}."), days=seen.dpd)),
                    width,
                )
                lines.append(action_line(_("To the bills"), lambda: self.game.action_go("bills"), "b"))
            else:
                lines += self._asked_to_lift(seen, width)
        if causes & codes.BY_FRAUD:
            lines.append(action_line(_("Show your identity"), self.verify, _("it answers part of the alert")))
            if seen.appeal_waits:
                lines += wrapped(_("Your appeal waits for its answer; days must pass."), width)
            elif seen.appeal_until:
                lines.append(
                    action_line(
                        _("Appeal"),
                        lambda: self.game.act({"do": "appeal"}),
                        _("until {date}").format(date=date_text(seen.appeal_until)),
                    )
                )
        if causes & codes.BY_BREACH:
            if seen.breach_until:
                told = _("Not put right by {date}, the line closes.").format(date=date_text(seen.breach_until))
                lines += wrapped(told, width, "bad")
            lines.append(
                action_line(
                    _("Show your identity"), self.verify, _("puts right an expired document or lost contact")
                )
            )
        return lines

    def _asked_to_lift(self, seen: AccountView, width: int) -> list[Line]:
        """The request to lift what arrears brought, or when its answer comes."""
        if seen.reinstatement_on:
            told = _("You have asked; the answer comes on {date} if nothing is late then.")
            return wrapped(told.format(date=date_text(seen.reinstatement_on)), width)
        return [action_line(_("Ask to lift it"), lambda: self.game.act({"do": "request_reinstatement"}))]

    def show_review(self, seen: AccountView, width: int) -> list[Line]:
        ends = date_text(seen.review_ends) if seen.review_ends else ""
        return [blank(), *wrapped(_("Your request to close is looked at until {date}; no purchases meanwhile.").format(date=ends), width), blank(),
                action_line(_("Take the request back"), lambda: self.game.act({"do": "withdraw_closure"}), "u"),
                action_line(_("Next day"), self.game.action_next_day, "n")]  # fmt: skip

    def show_closed(self, seen: AccountView, width: int) -> list[Line]:
        lines: list[Line] = [blank()]
        if seen.clear_all_fen:
            told = _("You still owe {amount}, fees so far included.").format(amount=money(seen.clear_all_fen))
            lines += [
                *wrapped(told, width, "owed"),
                action_line(_("Pay everything"), self.settle_all, "p"),
                action_line(_("To the bills"), lambda: self.game.action_go("bills"), "b"),
                blank(),
            ]
        when = (
            _(" (from {date}; not promised)").format(date=date_text(seen.earliest_return))
            if seen.earliest_return
            else ""
        )
        lines += [heading(_("COMING BACK") + when), *self._conditions(seen.conditions, width), blank()]
        lines += self._last_decision(width) if self.world.account.status == codes.DECLINED else []
        if seen.earliest_return and seen.earliest_return > self.world.date:
            days = (seen.earliest_return - self.world.date).days
            told = one_day(_("{days} days").format(days=days))
            lines.append(action_line(_("Wait until then"), lambda: self.game.jump(days, "wait"), told))
        if any(each.code == "identity_stale" and not each.met for each in seen.conditions) and identity_helps(self.world):
            lines.append(action_line(_("Show your identity"), self.verify, _("checked at once")))
        if any(each.code in STORE_RECORD and not each.met for each in seen.conditions):
            lines.append(action_line(_("Go shopping with cash"), lambda: self.game.action_go("shop"), "s"))
        lines.append(action_line(_("Ask for the line back"), self.reopen, "r"))
        return lines

    def show_written_off(self, seen: AccountView, width: int) -> list[Line]:
        account = self.world.account
        told = _("{amount} was written off by the lender; it is still yours to pay, and closes the line when paid.")
        if account.recovered_fen:
            told = _("{amount} was written off by the lender. You have paid {paid} of it; {left} is still yours to pay, and closes the line when paid.")
        told = told.format(
            amount=money(account.charged_off_fen), paid=money(account.recovered_fen), left=money(payable_fen(self.world))
        )
        return [blank(), *wrapped(told, width, "bad"), action_line(_("Pay everything"), self.settle_all, "p"),
                action_line(_("To the bills"), lambda: self.game.action_go("bills"), "b")]  # fmt: skip

    def show_run_off(self, seen: AccountView, width: int) -> list[Line]:
        pay = [action_line(_("Pay everything"), self.settle_all, "p")] if seen.clear_all_fen else []
        return [blank(), *wrapped(_("The product has ended. What you owe is paid as before; with the last of it the line closes."), width),
                *pay, action_line(_("To the bills"), lambda: self.game.action_go("bills"), "b")]  # fmt: skip

    def _settings(self, seen: AccountView, width: int) -> list[Line]:
        if seen.status not in OPEN:
            return []
        cap = money(seen.cap_fen) if seen.cap_fen else _("none")
        return [blank(), heading(_("SETTINGS")), autopay_line(self), action_line(_("Own spend cap a month: {cap}").format(cap=cap), self._ask_cap),
                action_line(_("Unlock the line") if seen.locked else _("Lock the line"), lambda: self.do("z"), "z")]  # fmt: skip

    def _ask_cap(self) -> None:
        self.app.push_screen(AskDialog(_("Own spend cap a month"), _("0 takes it away"), "", self._take_cap))

    def _take_cap(self, text: str) -> str:
        try:
            fen = typed_yuan(text)
        except MoneyError as error:
            return str(error)
        self.game.act({"do": "set_cap", "amount": yuan(fen)})
        return ""

    def apply(self) -> None:
        """Key facts and consent, then the decision."""
        unmet = unmet_conditions(self.world)
        told = [*([*self._says_no(unmet), blank()] if unmet else []), heading(_("Before you ask: the key facts")), blank(), *facts_lines(self.world.policy, 70)]
        told += [] if unmet else [blank(), *self._cost_of_a_no()]
        yes = _("I agree, ask all the same") if unmet else _("I agree, ask now")
        self.app.push_screen(ConfirmDialog(told, yes, lambda: self.game.act({"do": "apply"}, self._decided)))

    def _says_no(self, unmet: list[Condition]) -> list[Line]:
        """What the lender would say no for today, and what that costs."""
        if not unmet:
            return []
        return [heading(_("Today the lender says no:")), *self._conditions(unmet, 70), *self._cost_of_a_no()]

    def _cost_of_a_no(self) -> list[Line]:
        """How long a no keeps one from asking again."""
        if no_wait_to_fear(self.world):
            return []
        told = _("A no means waiting {days} days before you can ask again.")
        return wrapped(one_day(told.format(days=self.world.policy.decline_cooling_days)), 70, "watch")

    def _decided(self, events: list[dict[str, object]]) -> None:
        decided = [
            event for event in events if event["event"] in ("application_decided", "reopening_decided")
        ]
        if decided:
            self.app.call_later(self.app.clear_notifications)  # the answer says it, in whole
            self.game.explain(f"decision:{decided[0]['seq']}")

    def verify(self) -> None:
        """Show identity."""
        self.game.act({"do": "verify_identity"})

    def accept(self) -> None:
        """Accept a counter-offer."""
        self.game.act({"do": "accept_offer"})

    def reopen(self) -> None:
        """Ask for the line back, identity shown."""
        told: list[Line] = [
            heading(_("Ask for the line back?")),
            blank(),
            *wrapped(_("Your identity is checked, and you are judged anew, with your old history."), 70),
        ]
        unmet = [each for each in unmet_conditions(self.world) if each.code != "identity_stale"]
        told += [blank(), *(self._says_no(unmet) or self._cost_of_a_no())]
        self.app.push_screen(
            ConfirmDialog(
                told,
                _("Yes, ask"),
                lambda: self.game.act({"do": "request_reopening", "identity": "fresh"}, self._decided),
            )
        )

    def ask_to_close(self) -> None:
        """Ask to close, after asking once more."""
        seen = account_view(self.world)
        told: list[Line] = [heading(_("Ask to close the line?")), blank()]
        told += wrapped(
            _("You would lose {limit} of limit and your run of bills on time. Your orders and days late stay on record. Coming back is not promised.").format(
                limit=money(seen.limit_fen)
            ),
            70,
        )
        for each in seen.blockers:
            told += wrapped("[!] " + sentences(each.text, each.remedy), 70, "watch")
        self.app.push_screen(
            ConfirmDialog(told, _("Yes, ask to close"), lambda: self.game.act({"do": "request_closure"}))
        )

    def settle_all(self) -> None:
        """Pay everything that is owed, plans too."""
        seen = account_view(self.world)
        if seen.clear_all_fen == 0:
            self.game.tell(_("There is nothing to pay."))
            return
        to_come = parts_to_come(self.world)
        asked = _("Pay {amount}, all that can be paid today?") if to_come else _("Pay {amount}, everything that is owed?")
        yes = _("Yes, pay") if to_come else _("Yes, pay everything")
        ask_to_pay(self, asked.format(amount=money(seen.clear_all_fen)), seen.clear_all_fen, {"do": "settle_all"}, yes)

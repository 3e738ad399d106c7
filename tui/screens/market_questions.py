"""Questions of the market: how fast and how far it goes, under which policy, among how many people; and what follows."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from simulator.commands.market_options import MOST_SHOPPERS
from simulator.policy.load import load_policy
from simulator.text import _, date_text, one_day
from tui.keys import keyed
from tui.market_runner import MAX, PAUSED, days_to_month_end
from tui.policy_choice import policy_dialog
from tui.screens.dialogs import AskDialog, ChoiceDialog, ConfirmDialog, Entry
from tui.widgets.cells import words

if TYPE_CHECKING:
    from tui.screens.market import MarketScreen

MOST_DAYS = 20 * 366


class MarketQuestions:
    """What the market's screen asks about time, people and policies, and what it does with the answers."""

    def __init__(self, screen: MarketScreen) -> None:
        """The screen that asks."""
        self.screen = screen

    def open(self) -> None:
        """How fast, or how far."""
        many = (_("How many people …"), self._people_note(), self._ask_people)
        screen, runner, seen = self.screen, self.screen.runner, self.screen.seen
        if seen is None:
            screen.app.push_screen(ChoiceDialog(_("Market: how fast, how far?"), [many]))
            return
        to_end = days_to_month_end(seen.date)
        choices: list[tuple[str, str, Callable[[], object]]] = [
            (_("Pause"), "", partial(runner.set_speed, PAUSED)),
            (_("A day a second"), "", partial(runner.set_speed, 1)),
            (_("30 days a second"), "", partial(runner.set_speed, 30)),
            (_("As fast as it goes"), _("a month at a time"), partial(runner.set_speed, MAX)),
            (_("One day on"), "", partial(runner.step, 1)),
            (_("To the month's end"), "", partial(runner.jump, seen.day + to_end)),
            (_("To a date …"), keyed(_("{key_Esc} stops on the way")), self._ask_date),
        ]
        kept = "" if screen.game.beside.is_kept else _("lost when you leave, for no life keeps it")
        note = _("; ").join(filter(None, (_("from tomorrow on, marked on every chart"), kept)))
        choices.append((_("Another policy …"), note, self._ask_policy))
        choices.append(many)
        if screen.game.life is not None and seen.day > screen.game.life.day:
            what = _("lives from the first day once more, under your lender's policy")
            choices.append((_("Back to your day …"), what, partial(self._ask_back, seen.day - screen.game.life.day)))
        screen.app.push_screen(ChoiceDialog(_("Market: how fast, how far?"), choices))

    def entries(self) -> list[Entry]:
        """The same for the palette, but for the speeds, which it has everywhere."""
        runner, seen = self.screen.runner, self.screen.seen
        assert seen is not None
        end = partial(runner.jump, seen.day + days_to_month_end(seen.date))
        return [
            ("market: To the month's end", _("market: To the month's end"), end),
            ("market: To a date", _("market: To a date"), self._ask_date),
            ("market: Another policy", _("market: Another policy"), self._ask_policy),
            ("market: How many people", _("market: How many people"), self._ask_people),
        ]

    def _ask_back(self, days: int) -> None:
        """Going back is no small thing: days that were lived are given up."""
        game = self.screen.game
        if game.life is None:
            return
        told = one_day(_("The market gives up {days} days and lives once more up to {date}, under your lender's policy; policies that it was given are forgotten.").format(
            days=f"{days:,}", date=date_text(game.life.date, weekday=False)))  # fmt: skip
        back = partial(self.screen.runner.return_to, game.life.day)
        self.screen.app.push_screen(ConfirmDialog([[words(told)]], _("Yes, back to my day"), back))

    def _people_note(self) -> str:
        """How many the market is made for, and what another number means."""
        return _("now {count}; another number makes the market anew").format(count=f"{self.screen.game.beside.recipe().shoppers:,}")

    def _ask_people(self) -> None:
        now = str(self.screen.game.beside.recipe().shoppers)
        self.screen.app.push_screen(
            AskDialog(_("How many people?"), _("Some come only later. 100,000 take seconds, a million about a minute; the number is kept."), now, self._take_people)
        )

    def _take_people(self, given: str) -> str:
        digits = given.replace(",", "").replace("，", "")
        if not digits.isdecimal() or not 1 <= int(digits) <= MOST_SHOPPERS:
            return _("A whole number from 1 to {most}.").format(most=f"{MOST_SHOPPERS:,}")
        self.screen.game.beside.use_shoppers(int(digits))
        self.screen.begin_news()
        self.screen.look()
        return ""

    def _ask_policy(self) -> None:
        """Which policy the market lives under from tomorrow on."""
        title = _("Another policy for the market, from tomorrow on")
        game = self.screen.game
        now = self.screen.runner.policy_name or (game.life.policy.name if game.life is not None else "")
        self.screen.app.push_screen(policy_dialog(title, self._ask_for_whom, now))

    def _ask_for_whom(self, name: str) -> None:
        """A policy holds for whom it was chosen for; a life in play keeps the one it began with."""
        load_policy(name)  # one that cannot be read is said so before anything is asked
        life = self.screen.game.life
        own = _("your own line stays under {policy}").format(policy=life.policy.name) if life is not None else ""
        only, too = partial(self._take_policy, name, False), partial(self._take_policy, name, True)
        choices: list[tuple[str, str, Callable[[], object]]] = [
            (_("The people of the market"), own, only),
            (_("They, and the next new life"), _("the one that you begin next, until you leave"), too),
        ]
        self.screen.app.push_screen(ChoiceDialog(_("{name}: for whom, from tomorrow on?").format(name=name), choices))

    def _take_policy(self, name: str, next_life_too: bool) -> None:
        """Put a policy in force from tomorrow on."""
        if self.screen.seen is None:
            return
        day = self.screen.runner.change_policy(load_policy(name))
        self.screen.game.beside.keep()
        if next_life_too:
            self.screen.game.asked_policy = name
        date = date_text(self.screen.seen.date + datetime.timedelta(days=day - self.screen.seen.day), weekday=False)
        self.screen.game.tell(_("{name} holds in the market from {date} on.").format(name=name, date=date))

    def _ask_date(self) -> None:
        if self.screen.seen is None:
            return
        later = (self.screen.seen.date + datetime.timedelta(days=90)).isoformat()
        self.screen.app.push_screen(AskDialog(_("Jump to what date?"), _("year-month-day"), later, self._take_date))

    def _take_date(self, given: str) -> str:
        if self.screen.seen is None:
            return _("The market is not ready yet.")
        try:
            date = datetime.date.fromisoformat(given)
        except ValueError:
            return _("“{given}” is no date; write one like 2025-12-31.").format(given=given)
        days = (date - self.screen.seen.date).days
        if not 0 < days <= MOST_DAYS:
            return _("A date after {today}, at most twenty years on.").format(
                today=self.screen.seen.date.isoformat()
            )
        self.screen.runner.jump(self.screen.seen.day + days)
        return ""

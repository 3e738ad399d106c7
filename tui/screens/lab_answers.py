"""Answers in the Lab: the trial is asked about whenever it moves; figures are explained, lives opened side by side."""

from __future__ import annotations

import time
from functools import partial
from typing import Literal

from textual import on

from simulator.lab.answer import Answer, SwapShopper
from simulator.lab.mine import Mine, Played, mine
from simulator.lab.twin import TwinLives
from simulator.lab.words import sample_text
from simulator.population.names import name_of
from simulator.text import _, language, one_day
from tui.lab.figure import figure_named
from tui.lab.short import MILLION
from tui.lab_runner import Cancel, Job, LabRunner, Tell
from tui.screens.lab_dialogs import MeasureDialog
from tui.screens.lab_trial import LabTrial
from tui.screens.twin import TwinScreen
from tui.widgets.page import Page

Standing = Literal["answered", "asking", "failed", "cut short"]
"""How it stands with the trial; unless it is answered, what is shown may be of an older one."""


class LabAnswers(LabTrial):
    """Asks the market and the player's own life."""

    def __init__(self) -> None:
        """What there is to see comes when it is asked for."""
        super().__init__()
        self.runner = LabRunner(self.post_message)
        self.answer: Answer | None = None
        self.mine: Mine | None = None
        self.played: Played | None = None
        self.asked: tuple[object, ...] = ()
        self.standing: Standing = "answered"
        self.asked_at = time.monotonic()

    @property
    def seconds(self) -> int:
        """For how long the trial has been asked about; 0 where nobody is asked any more."""
        return int(time.monotonic() - self.asked_at) if self.standing in ("answered", "asking") else 0

    def on_unmount(self) -> None:
        """Nobody is asked any more."""
        self.runner.stop()

    def show_answer(self) -> None:
        """Draw the answer alone."""
        width = self.main_width(self.size.width, False)
        self.game.controller.guarded(lambda: self.query_one("#main", Page).show(self.build(width)))()

    def ask(self) -> None:
        """Ask for the trial; what is under way for an older one is dropped."""
        self._read_played()
        draft = self.draft
        now = (draft.policy, draft.today, self.played, self.estimator)
        if len(self.asked) == len(now) and all(old is new for old, new in zip(self.asked, now, strict=True)):
            return
        self.asked, self.asked_at = now, time.monotonic()
        self.standing = "asking"
        jobs = self._jobs()
        if self.state.view == "me" or (self.estimator is not None and self.estimator.state != "ready"):
            jobs.reverse()
        if jobs:
            self.runner.ask(jobs)

    def _read_played(self) -> None:
        """What was done so far, read anew after every step of the life."""
        if self.played is None or len(self.played.events) != len(self.world.events):
            self.played = Played.of(self.world)

    def _jobs(self) -> list[Job]:
        trial, today, played, estimator = self.draft.policy, self.draft.today, self.played, self.estimator

        def of_market(tell: Tell, cancel: Cancel) -> None:
            assert estimator is not None
            estimator.estimate(trial, tell, cancel)

        def of_me(tell: Tell, cancel: Cancel) -> None:
            assert played is not None
            found = mine(played, today, trial, cancel)
            if found is not None:
                tell(found)

        jobs: list[Job] = [of_market] if estimator is not None else []
        return [*jobs, of_me] if played is not None else jobs

    @on(LabRunner.Told)
    def heard(self, message: LabRunner.Told) -> None:
        """An answer: the latest is shown."""
        if self.runner.is_old(message.number):
            return
        if isinstance(message.answer, Answer):
            self.answer, self.standing = message.answer, "answered"
        elif isinstance(message.answer, Mine):
            self.mine = message.answer
        self.show_answer()

    @on(LabRunner.Failed)
    def not_answered(self, message: LabRunner.Failed) -> None:
        """A sentence for what could not be answered."""
        if self.standing == "asking":
            self.standing = "failed"
        elif self.answer is not None and self.answer.done_ppm < MILLION:
            self.standing = "cut short"
        self.game.failed(message.error)
        self.show_answer()

    @property
    def unanswered(self) -> str:
        """Why the answer that there is may not be that of the trial; nothing where it is."""
        return {"answered": "", "asking": _("asking ..."), "failed": _("not answered; of an older trial"), "cut short": _("not answered in full")}[self.standing]

    @on(Page.Asked)
    def explain(self, message: Page.Asked) -> None:
        """A figure of the Lab is explained by what it measures, and how surely; others as everywhere."""
        message.prevent_default()
        what, _sign, rest = message.figure.partition(":")
        if what != "lab" or self.answer is None:
            self.game.explain(message.figure)
            return
        message.stop()
        figure = figure_named(self.answer, rest)
        if figure is not None:
            self.app.push_screen(MeasureDialog(figure, self.of_sample(self.answer)))

    def open_mine(self) -> None:
        """Both lives of the player."""
        if self.mine is not None:
            self.app.push_screen(TwinScreen(self.my_name, self.mine.twin, self.of_mine(), own=True))

    @property
    def my_name(self) -> str:
        """The player's name."""
        return str(self.world.events[0]["name"])

    def open_lives(self, shopper: SwapShopper) -> None:
        """Both lives of a shopper, lived off the screen's thread."""
        estimator, trial = self.estimator, self.draft.policy
        if estimator is None or self.answer is None:
            return
        self.game.tell(_("Living both lives ..."))
        of_what = self.of_sample(self.answer)
        lived = partial(estimator.lives, trial, shopper.shopper)
        self.behind("lives", lived, partial(self._show_lives, shopper, of_what))

    def _show_lives(self, shopper: SwapShopper, of_what: str, twin: TwinLives | None) -> None:
        """Both lives, unless the Lab was left meanwhile."""
        self.game.clear_notifications()
        if twin is not None and self.is_mounted:
            name = name_of(shopper.surname, shopper.given, language())
            self.app.push_screen(TwinScreen(name, twin, of_what))

    def of_sample(self, answer: Answer) -> str:
        """What the market's answer is of."""
        return sample_text(answer, self.world.date)

    @property
    def whose(self) -> str:
        """That today's policy is the market's, where that is not the one that the player lives under; else nothing."""
        market, own = self.game.beside.policy, self.game.own_policy
        if market is None:
            return ""
        told = _("Today's policy here is the market's, {market}; you live under another one, {own}.")
        if market.name == own.name:
            told = _("Today's policy here is the market's; you live under another one.")
        return told.format(market=market.name, own=own.name)

    def of_mine(self) -> str:
        told = _("Your own life, {days} days, seed {seed}, the same deeds on the same days")
        return one_day(told.format(days=self.world.day + 1, seed=self.world.seed))

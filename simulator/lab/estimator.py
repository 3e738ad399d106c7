"""The estimator: one champion, any challenger; a first answer from few people, sharper ones as more are lived.

Importing this module imports Numba; what it needs is compiled when the first question is asked.
"""

from __future__ import annotations

from collections.abc import Callable

from simulator.engine.run import Cancelled
from simulator.lab.answer import Answer, Brought
from simulator.lab.reading import answer_of
from simulator.lab.room import MOST, most_shoppers
from simulator.lab.sample import Sample
from simulator.lab.setting import Setting
from simulator.lab.trial import Trial
from simulator.lab.twin import TwinLives
from simulator.lone import lone_life
from simulator.policy.numeric import to_record
from simulator.policy.schema import Policy
from simulator.population.months import town_of

FIRST, GROWTH = 1_024, 10


def sizes(shoppers: int) -> list[int]:
    """How many are lived before each answer."""
    found = []
    size = FIRST
    while size < shoppers:
        found.append(size)
        size *= GROWTH
    return [*found, shoppers]


class MarketEstimator:
    """Answers for the shoppers of one seed."""

    def __init__(self, setting: Setting, shoppers: int = MOST, threads: int | None = None) -> None:
        """Nobody is lived before somebody asks; fewer are where memory is short."""
        self.setting = setting
        self.shoppers = min(shoppers, most_shoppers())
        self._threads = threads
        self._sample: Sample | None = None
        self._closed = False
        self.state = "ready"

    @property
    def sample(self) -> Sample:
        """The champion's side."""
        if self._sample is None:
            self._sample = Sample(self.setting, self._threads)
        return self._sample

    @property
    def brought(self) -> Brought | None:
        """How far the people of the sample are; None where nobody is on the way."""
        setting, there = self.setting, self._sample.count if self._sample is not None else 0
        if there >= self.shoppers:
            return None
        days = setting.warm_up_days + setting.today
        return Brought(there, self.shoppers, setting.calendar.date_of(setting.today), days)

    def estimate(
        self, challenger: Policy, on_answer: Callable[[Answer], None], cancel: Callable[[], bool]
    ) -> None:
        """Answer again and again, each time over more shoppers, until done or `cancel` says so."""
        trial = Trial(self.sample, challenger)

        def stop() -> bool:
            return self._closed or cancel()

        try:
            for size in sizes(self.shoppers):
                trial.go_on(size, stop)
                if stop():
                    return
                on_answer(answer_of(trial, self.shoppers))
        except Cancelled:
            return

    def lives(self, challenger: Policy, shopper: int) -> TwinLives:
        """One shopper's life under both policies, event by event."""
        setting = self.setting
        town = town_of(setting.seed, setting.warm_up_days)
        begin = -setting.warm_up_days
        before = [(max(begin, day), to_record(policy)) for day, policy in setting.before]
        before = before or [(begin, to_record(setting.champion))]
        champion = [*before, (setting.today, to_record(setting.champion))] if setting.before else before
        trial = [*before, (setting.today, to_record(challenger))]
        if setting.timeline == "as_if_always":
            champion, trial = [(begin, to_record(setting.champion))], [(begin, to_record(challenger))]
        first, second = (
            lone_life(timeline, shopper, setting.calendar, setting.trial.last, town).events for timeline in (champion, trial)
        )
        return TwinLives(first, second)

    def close(self) -> None:
        """End the threads; what is under way is cancelled."""
        self._closed = True
        if self._sample is not None:
            self._sample.close()

"""Samples: shoppers 1 to n of a seed as the champion meets them, block by block, kept for every challenger.

A *block* is a run of neighbouring shoppers that is lived in one go; samples are nested, since shopper k of a
seed is the same person however many there are. A trial *from today* begins with people as they stand; *as if
always* everybody is lived anew from birth. Importing this module imports Numba.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from simulator.engine.folding import Folded
from simulator.engine.personal import COLUMN, Crowd, Days, Room, Rows
from simulator.engine.run import Cancelled, Whole, as_records
from simulator.engine.threads import in_order_by
from simulator.engine.watch import WORDS, note_too
from simulator.lab import groups
from simulator.lab.figures import ALL_METRICS, QUANTITIES, Sums, metric_places, weighing, whole
from simulator.lab.paired import Ledger, quantities
from simulator.lab.period import Period
from simulator.lab.setting import Setting
from simulator.policy.numeric import following, to_record
from simulator.policy.record import PolicyRecord
from simulator.population.months import town_of

SMALL, LARGE, SMALL_UNTIL = 512, 2_048, 4_096
"""Shoppers in a block: few among the first, so that all threads have some for a first answer."""
Cancel = Callable[[], bool]
WHOLE = Ledger(metric_places(ALL_METRICS), 1)
GROUPED = Ledger(metric_places(groups.METRICS), groups.COUNT)


@dataclass
class Opening:
    """What the days before a period leave to its books and to what is told of people, a row a shopper."""

    all_days: Whole  # (shoppers, policies): fen-days owed
    posted_days: Whole  # the same up to the last month's end
    provision_micro: Whole
    approved_score: Whole  # of the last application that was not refused; 0 is none

    @classmethod
    def empty(cls, count: int, policies: int) -> Opening:
        """Nothing."""
        days, posted = (np.zeros((count, policies), np.int64) for _each in range(2))
        return cls(days, posted, np.zeros(count, np.int64), np.zeros(count, np.int64))

    def of(self, picked: Any) -> Opening:
        """That of some of the shoppers."""
        return Opening(self.all_days[picked], self.posted_days[picked], self.provision_micro[picked], self.approved_score[picked])

    def floats(self, rates: Sequence[int]) -> Any:
        """The two more columns of `figures`, for the spread between shoppers."""
        parts = (self.all_days - self.posted_days) @ np.array(rates, np.float64)
        return np.stack([parts, self.provision_micro.astype(np.float64)], axis=1)


@dataclass
class Lived:
    """What a period brought to some shoppers."""

    rows: Rows
    opening: Opening

    def sums(self, rates: Sequence[int]) -> Sums:
        """All of it added up, as whole numbers."""
        return Sums(
            whole(self.rows.own.sum(axis=0)), whole(self.rows.gmv.sum(axis=0)), len(self.rows.own),
            _weighed(self.opening.all_days, rates), _weighed(self.opening.posted_days, rates),
            int(self.opening.provision_micro.sum()),
        )  # fmt: skip

    def of(self, picked: Any) -> Lived:
        """That of some of the shoppers."""
        rows = self.rows
        return Lived(Rows(rows.own[picked], rows.gmv[picked], rows.noted[picked]), self.opening.of(picked))


def later_score(opening: Opening, rows: Rows) -> Any:
    """The score of the last application that was not refused: of these days, else of those before."""
    here = rows.own[:, COLUMN["approved_score"]]
    return np.where(here > 0, here, opening.approved_score)


def _weighed(days: Whole, rates: Sequence[int]) -> int:
    return sum(each * rate for each, rate in zip(whole(days.sum(axis=0)), rates, strict=True))


@dataclass
class Block:
    """Neighbouring shoppers under the champion."""

    first_number: int
    count: int
    people: Folded | None = None  # as they stand when the trial begins; None where everybody is lived anew
    lived: Lived | None = None
    values: Any = None
    codes: Any = None
    sums: Sums | None = None
    moments: Any = None
    grouped: Any = None
    counted: Any = None  # people of each group


@dataclass
class Stretch:
    """Days under one policy before the trial."""

    record: PolicyRecord
    period: Period
    policy: Any = field(init=False)

    def __post_init__(self) -> None:
        """Make what kernels read."""
        self.policy = as_records(self.record)

    @property
    def rate(self) -> int:
        """The yearly funding rate, in ppm."""
        return self.record.funding_rate_ppm


def succeeding(before: Sequence[Stretch], record: PolicyRecord, day: int) -> PolicyRecord:
    """The record of a policy that holds from a day on, after those before it."""
    return following(record, before[-1].record, day) if before else record


class Sample:
    """The champion's side of a trial, made as far as it is asked for and kept."""

    def __init__(self, setting: Setting, threads: int | None = None, first_number: int = 1) -> None:
        """Nobody is lived yet; shoppers are counted from `first_number` on."""
        self.setting, self.first_number = setting, first_number
        self.crowd = Crowd(town_of(setting.seed, setting.warm_up_days), setting.calendar, setting.trial.last)
        self.blocks: list[Block] = []
        self.threads = threads or os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(self.threads, thread_name_prefix="lab")
        self._rooms = threading.local()
        self._closed = False
        trial = setting.trial
        self.days = Days(trial.first, trial.last, trial.posted)
        self.before = self.stretches()
        self.record = succeeding(self.before, to_record(setting.champion), setting.today)
        self.policy = as_records(self.record)
        self.weighing = weighing(self.record, trial.ended)
        self.rates = [each.rate for each in self.before]
        """Funding rates of the days before the trial."""
        self.fifths = groups.fifths_of(self.crowd)

    # Stretches

    def stretches(self, record: PolicyRecord | None = None) -> list[Stretch]:
        """The days before the trial: under the policies that held, or all under one."""
        setting = self.setting
        first, today = -setting.warm_up_days, setting.today
        told = list(setting.before) or [(first, setting.champion)]
        starts = [max(first, day) for day, _policy in told] + [today]
        made: list[Stretch] = []
        for place, (_day, policy) in enumerate(told):
            own = record or to_record(policy)
            period = Period(setting.calendar, starts[place], starts[place + 1] - 1)
            if period.days > 0:
                made.append(Stretch(succeeding(made, own, period.first), period))
        return made

    # Blocks

    @property
    def count(self) -> int:
        """How many are there under the champion."""
        return sum(block.count for block in self.blocks)

    def ensure(self, count: int, cancel: Cancel) -> None:
        """Let the champion's side be there for so many shoppers. Raises Cancelled; what was done is kept."""
        while (have := self.count) < count:
            wanted = []
            for _each in range(self.threads * 2):
                if have < count:
                    size = SMALL if have < SMALL_UNTIL else LARGE
                    wanted.append(Block(self.first_number + have, min(size, count - have)))
                    have += wanted[-1].count
            self.blocks += self.each(self._live_block, wanted, cancel)

    def each(self, work: Callable[[Any], Any], parts: Sequence[Any], cancel: Cancel) -> Iterator[Any]:
        """What the work on each part gives, in the order of the parts, done by all threads."""

        def unless_cancelled(part: Any) -> Any:
            if cancel():
                raise Cancelled
            return work(part)

        if self._closed:
            raise Cancelled
        yield from in_order_by(self._pool, unless_cancelled, parts)

    @property
    def room(self) -> Room:
        """This thread's."""
        if not hasattr(self._rooms, "room"):
            self._rooms.room = Room()
        room: Room = self._rooms.room
        return room

    def _live_block(self, block: Block) -> Block:
        setting = self.setting
        people = self.crowd.born(block.first_number, block.count)
        income = people.shoppers["income_fen"].copy()
        opening, noted = self.live_before(people, self.before)
        block.codes = groups.codes_of(people.accounts, income, self.fifths)
        if setting.timeline == "from_today":
            if self.before:
                self.crowd.change_policy(people, self.before[-1].policy, setting.today)
            block.people = people
            people = people.copy()
            noted[:] = 0
        rows = self.live_trial(people, self.policy)
        note_too(rows.noted, noted)
        block.lived = Lived(rows, opening)
        block.sums = block.lived.sums(self.rates)
        block.values = quantities(rows.own, opening.floats(self.rates), self.weighing, len(QUANTITIES))
        block.moments = WHOLE.moments_of(block.values, np.zeros((block.count, 1), np.int64))
        block.grouped = GROUPED.moments_of(block.values, block.codes)
        block.counted = np.bincount(block.codes[block.codes >= 0], minlength=groups.COUNT)
        return block

    def live_before(self, people: Folded, stretches: Sequence[Stretch]) -> tuple[Opening, Whole]:
        """Live the days before the trial; what they leave to the books, and which values were read."""
        count = people.count
        opening, noted = Opening.empty(count, len(stretches)), np.zeros((count, WORDS), np.int64)
        posted = Period(self.setting.calendar, -self.setting.warm_up_days, self.setting.today - 1).posted
        for place, stretch in enumerate(stretches):
            period = stretch.period
            if place:
                self.crowd.change_policy(people, stretches[place - 1].policy, period.first)
            rows = Rows.empty(count, period.months)
            days = Days(period.first, period.last, min(max(posted, period.first - 1), period.last))
            self.crowd.follow(people, stretch.policy, days, self.room, rows)
            opening.all_days[:, place] = rows.own[:, COLUMN["exposure_days"]]
            opening.posted_days[:, place] = rows.own[:, COLUMN["posted_days"]]
            if period.ended:
                opening.provision_micro[:] = rows.own[:, COLUMN["provision_micro"]]
            opening.approved_score[:] = later_score(opening, rows)
            note_too(noted, rows.noted)
        return opening, noted

    def live_trial(self, people: Folded, policy: Any) -> Rows:
        """Live the days that are compared."""
        rows = Rows.empty(people.count, self.setting.trial.months)
        self.crowd.follow(people, policy, self.days, self.room, rows)
        return rows

    def close(self) -> None:
        """End the threads, once what they are at is done."""
        self._closed = True
        self._pool.shutdown(wait=True)

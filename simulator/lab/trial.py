"""Trials: one challenger over a sample, block by block: who can be touched by the change, and what it does to them.

A life is lived again only where the champion's life has read a value that the challenger changes; every other
one is the same life. Importing this module imports Numba.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.engine.personal import COLUMN
from simulator.engine.run import as_records
from simulator.engine.watch import changes_between, touched
from simulator.lab.figures import QUANTITIES, QUANTITY, Sums, weighing
from simulator.lab.openings import first_month, openings_of
from simulator.lab.paired import quantities
from simulator.lab.sample import GROUPED, WHOLE, Block, Cancel, Lived, Sample, later_score, succeeding
from simulator.policy.numeric import to_record
from simulator.policy.record import PolicyRecord
from simulator.policy.schema import Policy

SEEN_COLUMNS = ("has_line", "limit_fen", "worst_dpd", "score", "line_gmv_fen", "approved_score")
SEEN = [COLUMN[name] for name in SEEN_COLUMNS]
"""What the swap set looks at."""


@dataclass
class Touched:
    """Those of a block whom the change can touch: their places in it, and both of their lives."""

    block: Block
    places: Any
    first: Lived
    second: Lived
    sums: Sums  # challenger less champion
    shift: Any
    grouped: Any
    opened: Any  # lines that may have been opened in the trial, under both (vintage)
    seen: Any  # what the swap set looks at, under both


def _seen(lived: Lived) -> Any:
    """What the swap set looks at of some lives; a line may have been approved before these days."""
    found = lived.rows.own[:, SEEN]
    found[:, SEEN_COLUMNS.index("approved_score")] = later_score(lived.opening, lived.rows)
    return found


class Total:
    """All that is done of a trial, added up as it comes."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.first: Sums | None = None
        self.second: Sums | None = None
        self.moments = np.zeros((WHOLE.groups, len(WHOLE.metrics), 5))
        self.shift = np.zeros((WHOLE.groups, len(WHOLE.metrics), 9))
        self.grouped = np.zeros((GROUPED.groups, len(GROUPED.metrics), 5))
        self.grouped_shift = np.zeros((GROUPED.groups, len(GROUPED.metrics), 9))
        self.people = np.zeros(GROUPED.groups, np.int64)

    def add(self, more: Touched) -> None:
        """Add a block."""
        block = more.block
        assert block.sums is not None
        second = block.sums.plus(more.sums)
        self.first = block.sums if self.first is None else self.first.plus(block.sums)
        self.second = second if self.second is None else self.second.plus(second)
        self.moments += block.moments
        self.shift += more.shift
        self.grouped += block.grouped
        self.grouped_shift += more.grouped
        self.people += block.counted


class Trial:
    """A challenger over a sample."""

    def __init__(self, sample: Sample, challenger: Policy) -> None:
        """Nothing is lived yet."""
        self.sample, self.challenger = sample, challenger
        own = to_record(challenger)
        anew = sample.setting.timeline == "as_if_always"
        self.before = sample.stretches(own) if anew else sample.before
        self.record: PolicyRecord = succeeding(self.before, own, sample.setting.today)
        self.policy = as_records(self.record)
        self.changes = changes_between(sample.policy, self.policy)
        self.weighing = weighing(self.record, sample.setting.trial.ended)
        self.rates = [each.rate for each in self.before]
        self.reweighed = self.rates != sample.rates or not np.array_equal(
            _dense(self.weighing), _dense(sample.weighing)
        )
        self.first_month = first_month(sample.setting.trial)
        self.done: list[Touched] = []
        self.total = Total()

    def go_on(self, count: int, cancel: Cancel) -> list[Touched]:
        """Live what is missing up to so many shoppers; all that is done. Raises Cancelled."""
        self.sample.ensure(count, cancel)
        blocks = self.sample.blocks[len(self.done) : self._blocks(count)]
        for more in self.sample.each(self._touch, blocks, cancel):
            self.done.append(more)
            self.total.add(more)
        return self.done

    def _blocks(self, count: int) -> int:
        """How many blocks hold the first shoppers."""
        have = 0
        for place, block in enumerate(self.sample.blocks):
            if have >= count:
                return place
            have += block.count
        return len(self.sample.blocks)

    def _touch(self, block: Block) -> Touched:
        assert block.lived is not None and block.sums is not None
        places = np.flatnonzero(touched(block.lived.rows.noted, self.changes))
        first = block.lived.of(places)
        second = self.live(block, places) if len(places) else first
        values = block.values[places]
        after = quantities(second.rows.own, second.opening.floats(self.rates), self.weighing, len(QUANTITIES))
        sums = second.sums(self.rates).plus(first.sums(self.sample.rates), -1)
        codes = block.codes[places]
        if self.reweighed:
            values, after, codes, sums = self._whole_block(block, places, second, sums)
        return Touched(
            block, places, first, second, sums,
            WHOLE.shifts_of(values, after, np.zeros((len(values), 1), np.int64)), GROUPED.shifts_of(values, after, codes),
            openings_of(block.lived.rows.own, places, second.rows.own, self.first_month),
            (_seen(first), _seen(second)),
        )  # fmt: skip

    def _whole_block(self, block: Block, places: Any, second: Lived, sums: Sums) -> tuple[Any, Any, Any, Sums]:
        """Where costs are weighed otherwise, they are so for everybody."""
        assert block.lived is not None and block.sums is not None
        lived = block.lived
        own, floats = lived.rows.own.copy(), lived.opening.floats(self.rates)
        own[places], floats[places] = second.rows.own, second.opening.floats(self.rates)
        after = quantities(own, floats, self.weighing, len(QUANTITIES))
        again = lived.sums(self.rates)
        sums.open_all += again.open_all - block.sums.open_all - self._of_touched(lived, places)[0]
        sums.open_posted += again.open_posted - block.sums.open_posted - self._of_touched(lived, places)[1]
        return block.values, after, block.codes, sums

    def _of_touched(self, lived: Lived, places: Any) -> tuple[int, int]:
        """What weighing those touched by the other rates has already moved."""
        part = lived.of(places)
        then, now = part.sums(self.sample.rates), part.sums(self.rates)
        return now.open_all - then.open_all, now.open_posted - then.open_posted

    def live(self, block: Block, places: Any) -> Lived:
        """The lives of some of a block under the challenger."""
        sample = self.sample
        if block.people is not None:
            assert block.lived is not None
            rows = sample.live_trial(block.people.picked(places), self.policy)
            return Lived(rows, block.lived.opening.of(places))
        people = sample.crowd.born(block.first_number, block.count).picked(places)
        opening, _noted = sample.live_before(people, self.before)
        return Lived(sample.live_trial(people, self.policy), opening)

    def sums(self) -> tuple[Sums, Sums]:
        """Both policies' sums over all that is done."""
        assert self.total.first is not None and self.total.second is not None
        return self.total.first, self.total.second


def _dense(weighing: Any) -> Any:
    """Weights as one array, so that two sets can be compared."""
    table = np.zeros((max(QUANTITY.values()) + 1, 4_096))
    table[weighing.quantities, weighing.columns] = weighing.weights
    return table

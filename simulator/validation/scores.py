"""Scores: how well they sort, and what 600 means. *Bad* is over 90 days late within 12 months."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.calendar import DAYS_A_YEAR
from simulator.rules import columns as c
from simulator.rules import events as e
from simulator.rules.scoring import SCORED_FROM
from simulator.validation.parts import Part, ratio
from simulator.validation.watch import Watched, Whole, key

M4 = 4
"""The bucket from 91 days on."""
AROUND_600 = (590, 610)
FOLLOWED_FROM = 11
"""The month-end, from 0, at which behavioural scores are taken: 12 months before the end."""


def _went_bad(seen: Watched) -> Whole:
    """Shopper and day, as one sorted number, of each passing of 90 days late and each write-off."""
    moved, lost = seen.rows[e.BUCKET_CHANGED], seen.rows[e.WAS_CHARGED_OFF]
    moved = moved[(moved[:, c.BUCKET_TO] >= M4) & (moved[:, c.BUCKET_FROM] < M4)]
    return np.sort(np.concatenate([key(moved[:, 0], moved[:, 1]), key(lost[:, 0], lost[:, 1])]))


def _bad_within(seen: Watched, shoppers: Whole, days: Whole) -> NDArray[np.bool_]:
    bad = _went_bad(seen)
    left = np.searchsorted(bad, key(shoppers, days), "right")
    right = np.searchsorted(bad, key(shoppers, days + DAYS_A_YEAR), "right")
    found: NDArray[np.bool_] = right > left
    return found


def opened_cohort(seen: Watched) -> tuple[Whole, NDArray[np.bool_], Whole]:
    """Lines opened in the first year by an application: score at opening, bad, shopper."""
    opened, decided = seen.rows[e.LINE_OPENED], seen.rows[e.APPLICATION_DECIDED]
    opened = opened[opened[:, 1] <= DAYS_A_YEAR]
    place = np.searchsorted(key(decided[:, 0], decided[:, 1]), key(opened[:, 0], opened[:, 1]), "right") - 1
    same = (place >= 0) & (decided[place, 0] == opened[:, 0])
    opened, score = opened[same], decided[place[same], c.DECIDED_SCORE]
    return score, _bad_within(seen, opened[:, 0], opened[:, 1]), opened[:, 0]


def auc(scores: Whole, bad: NDArray[np.bool_]) -> float:
    """The chance that a good one scores above a bad one; ties count half."""
    order = np.argsort(scores, kind="stable")
    ranked = scores[order]
    first = np.searchsorted(ranked, ranked, "left")
    last = np.searchsorted(ranked, ranked, "right")
    ranks = np.empty(len(scores))
    ranks[order] = (first + last + 1) / 2
    goods, bads = int((~bad).sum()), int(bad.sum())
    if not goods or not bads:
        return 0.5
    return float((ranks[~bad].sum() - goods * (goods + 1) / 2) / (goods * bads))


def score_auc(seen: Watched) -> list[Part]:
    """How well the application and the behavioural score sort good from bad over 12 months."""
    score, bad, _who = opened_cohort(seen)
    month = FOLLOWED_FROM
    ends = seen.ends
    some = seen.open_lines()[month] & (ends["scored_statements"][month] >= SCORED_FROM) & (ends["dpd"][month] <= 90)
    who = np.flatnonzero(some)
    days = np.full(len(who), seen.first_day(month + 1) - 1)
    later = auc(ends["score"][month][who], _bad_within(seen, who, days))
    return [ratio(auc(score, bad), 1), ratio(later, 1)]


def score_odds(seen: Watched) -> list[Part]:
    """Good to one bad among lines opened with a score of 590 to 610."""
    score, bad, _who = opened_cohort(seen)
    some = (score >= AROUND_600[0]) & (score <= AROUND_600[1])
    return [ratio((~bad & some).sum(), (bad & some).sum())]

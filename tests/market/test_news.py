"""News: what is told and what is summed up are all there is, the large and rare first."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import text
from simulator.codes import SUSPENSION_CAUSES
from simulator.engine.measures import CAUSES, NEWS_KINDS
from simulator.messages import news_text
from simulator.policy.load import load_policy
from simulator.policy.numeric import to_record
from simulator.views.news import Desk, Item, Wanted, first_seq, item_at, news_event, news_reason, wanted_seqs
from tests.market.snapshots import DAY, NEWS, Made, made
from tests.tui.lives import life


def of_day(snapshot: Made, day: int) -> np.ndarray[tuple[int], np.dtype[np.void]]:
    """The news of a day."""
    rows: np.ndarray[tuple[int], np.dtype[np.void]] = snapshot.news[snapshot.news["day"] == day]
    return rows


@given(st.integers(1, 60), st.sampled_from(["all", "up", "down", "other"]), st.integers(1, 30))
def test_lines_and_the_rest_add_up_to_the_days_counters(ticks: int, direction: str, seed: int) -> None:
    snapshot, desk = made(300, 25, seed=seed), Desk(Wanted(direction))
    told = [desk.tick(snapshot) for _tick in range(ticks)]
    items = [item for item in told if item is not None]
    assert len({item.seq for item in items}) == len(items) == len(desk.told)
    ups = [item.to_fen - item.from_fen for item in items if item.kind == "limit_up"]
    downs = [item.to_fen - item.from_fen for item in items if item.kind == "limit_down"]
    if direction in ("all", "up"):
        assert len(ups) + desk.rest.up == snapshot.today["limit_increases"]
        assert sum(ups) + desk.rest.up_fen == snapshot.today["increased_fen"]
    if direction in ("all", "down"):
        assert len(downs) + desk.rest.down == snapshot.today["limit_decreases"]
        assert sum(downs) + desk.rest.down_fen == -snapshot.today["decreased_fen"]
    if direction == "all":
        assert len(items) + desk.rest.count == len(of_day(snapshot, DAY))


def test_a_period_is_all_the_days_since_the_last_line() -> None:
    desk = Desk()
    desk.tick(made(300, 25, day=100))
    later = made(300, 25, day=130)
    item = desk.tick(later)
    assert (desk.rest.first_day, desk.rest.last_day) == (101, 130)
    assert item is not None and 101 <= item.day <= 130


def test_news_of_days_between_are_summed_where_the_log_goes_on() -> None:
    early, late = made(300, 25, day=100), made(300, 25, day=100)
    more = late.news[-25:].copy()
    more["day"] = 101
    both = np.concatenate([late.news, more])
    later = Made(**{**late.__dict__, "day": 101, "news": both, "news_total": early.news_total + 25})
    desk = Desk()
    desk.tick(early)
    item = desk.tick(later)
    assert item is not None and item.day == 101
    assert desk.rest.count == 24


def test_a_followed_shopper_goes_first() -> None:
    snapshot = made(300, 25)
    last = int(of_day(snapshot, DAY)["shopper"][-1])
    item = Desk().tick(snapshot, followed=[last])
    assert item is not None and item.shopper == last


def test_no_kind_comes_thrice_running_while_there_is_another() -> None:
    snapshot, desk = made(300, 40), Desk()
    kinds = []
    for _line in range(40):
        item = desk.tick(snapshot)
        assert item is not None
        left = set(of_day(snapshot, DAY)["kind"].tolist())
        kinds.append(item.kind)
        if len(kinds) > 2 and len(set(kinds[-3:])) == 1:
            told = [item_at(snapshot, seq) for seq in desk.told]
            counts = {
                kind: sum(each is not None and each.kind == kind for each in told) for kind in NEWS_KINDS
            }
            others = [kind for kind in left if NEWS_KINDS[kind] != item.kind]
            day = of_day(snapshot, DAY)["kind"]
            assert all(counts[NEWS_KINDS[kind]] == (day == kind).sum() for kind in others)


def test_the_larger_share_of_the_limit_is_told_before_the_smaller() -> None:
    snapshot = made(300, 1)
    rows = np.zeros(2, dtype=NEWS)
    rows["day"], rows["shopper"], rows["kind"], rows["cause"] = DAY, 1, 1, 3
    rows["from_fen"], rows["to_fen"] = (800_000, 100_000), (700_000, 20_000)
    two = Made(**{**snapshot.__dict__, "news": rows, "news_total": 2})
    first = Desk().tick(two)
    assert first is not None and first.to_fen == 20_000


@pytest.mark.parametrize(
    "wanted", [Wanted("up"), Wanted("down", cause=3), Wanted(least_fen=50_000), Wanted("other")]
)
def test_the_log_can_be_filtered_newest_first(wanted: Wanted) -> None:
    snapshot = made(300, 25)
    seqs = wanted_seqs(snapshot, wanted).tolist()
    assert seqs == sorted(seqs, reverse=True)
    items = [item_at(snapshot, seq) for seq in seqs]
    for seq in range(first_seq(snapshot), snapshot.news_total):
        item = item_at(snapshot, seq)
        assert item is not None
        change = abs(item.to_fen - item.from_fen)
        fits = {
            "all": True, "up": item.kind == "limit_up", "down": item.kind == "limit_down",
            "other": item.kind not in ("limit_up", "limit_down"),
        }[wanted.direction]  # fmt: skip
        if wanted.cause is not None:
            fits = fits and item.cause == wanted.cause
        assert (item in items) == (fits and change >= wanted.least_fen)


def test_news_that_is_no_longer_kept_is_none() -> None:
    snapshot = made(300, 25)
    assert item_at(snapshot, first_seq(snapshot) - 1) is None
    assert item_at(snapshot, snapshot.news_total) is None


def test_the_reason_is_that_of_the_life_itself() -> None:
    world = life("suspended")
    suspended = next(event for event in world.events if event["event"] == "suspended")
    item = Item(0, suspended["day"], 1, "suspended", 0, 0, -1)
    assert news_event(world.events, item) is suspended
    assert "days late" in news_reason(world.events, item)
    assert news_reason(world.events, Item(0, -5, 1, "suspended", 0, 0, -1)) == ""


@pytest.mark.parametrize(
    ("language", "told", "why"),
    [("en", "suspension over", "paid 30 days late; 30 allowed"), ("zh", "停用解除", "逾期 30 天还清；允许 30 天")],
)
def test_a_line_that_comes_back_is_told_with_its_reason(language: str, told: str, why: str) -> None:
    text.use(language)
    reasons = [{"code": "cured_quickly", "unit": "dpd", "actual": 30, "threshold": 30}]
    lifted = {"seq": 4, "day": 9, "event": "reinstated", "cause": "overdue", "reasons": reasons}
    other = {**lifted, "seq": 3, "cause": "fraud"}
    item = Item(0, 9, 4, "reinstated", 0, 0, SUSPENSION_CAUSES.index("overdue"))
    assert news_event([other, lifted], item) is lifted
    assert (news_text(item.kind), news_reason([other, lifted], item)) == (told, why)


def test_a_limit_change_is_found_by_its_amounts() -> None:
    world = life("suspended")
    changes = [event for event in world.events if event["event"] == "limit_changed"]
    assert changes, "this life has a cut"
    cut = changes[-1]
    kind = "limit_up" if cut["to_fen"] > cut["from_fen"] else "limit_down"
    assert news_event(world.events, Item(0, cut["day"], 1, kind, cut["from_fen"], cut["to_fen"], 3)) is cut
    assert (
        news_event(world.events, Item(0, cut["day"], 1, kind, cut["from_fen"], cut["to_fen"] + 1, 3)) is None
    )


def test_a_festivals_extra_says_until_when_it_is_there() -> None:
    begun = {"seq": 3, "day": 143, "date": "2025-05-24", "event": "limit_changed", "kind": "temporary", "by": "season",
             "from_fen": 0, "to_fen": 150_000, "reasons": [{"code": "season_opens", "unit": "fen", "actual": 500_000, "threshold": 300_000}]}  # fmt: skip
    item = Item(0, 143, 4, "limit_up", 0, 150_000, CAUSES.index("season"))
    assert news_reason([begun], item, to_record(load_policy("standard"))) == "festival, until 22 Jun"
    assert news_reason([begun], item) == "festival season"


def test_a_line_that_began_with_a_lower_offer_says_so() -> None:
    """The score that was too low for more is why less was offered, not why a line was opened."""
    decided = {"seq": 3, "day": 9, "event": "application_decided", "decision": "counter_offer", "reasons": []}
    item = Item(0, 9, 4, "approved", 0, 50_000, -1)
    assert news_reason([decided], item) == "took the lower offer"

"""Folded records: nothing is lost, whatever is folded when, and little memory is taken."""

from __future__ import annotations

import random

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.account import BUREAU_MONTHS, Account
from simulator.engine import folding, run
from simulator.engine.folding import BLOCK, Folded, Shelf, desk_of, fold, leave, within_blocks
from simulator.market.memory import RECORD_BYTES
from simulator.population.shopper import Shopper
from simulator.row import Row
from tests.engine.people import CALENDAR, FIRST, town
from tests.rules.build import policy

pytestmark = pytest.mark.slow

fold_compiled, leave_compiled = (numba.njit(error_model="numpy")(each) for each in (fold, leave))
SPREAD = {"i1": 127, "i2": 32_767, "i4": 2**31 - 1, "i8": 2**63 - 1}


def fill(row: Row, dice: random.Random) -> None:
    """Any numbers, none of them 0, in a row's plain fields."""
    for name, kind, shape in type(row).layout:
        if isinstance(kind, str) and not shape:
            setattr(row, name, dice.choice([-1, 1]) * dice.randint(1, SPREAD[kind]))


def any_rows(dice: random.Random) -> tuple[Account, Shopper]:
    """Two records with any number of slots of each kind taken, as rules leave them: those that are free hold 0."""
    account, shopper = Account(), Shopper()
    for row in (account, shopper):
        fill(row, dice)
    account.statement_count, account.order_count = dice.randint(0, 8), dice.randint(0, 16)
    taken: list[Row] = [*account.statements[: account.statement_count], *account.orders[: account.order_count]]
    for slots, bound in ((account.plans, "free_plans"), (account.refunds[::-1], "free_refunds")):
        last = dice.choice([0, 0, dice.randint(0, len(slots))])
        taken += [slot for place, slot in enumerate(slots[:last], 1) if place == last or dice.random() < 0.7]
        setattr(account, bound, dice.randint(0, len(slots) - last))
    taken += [slot for slot in (account.hardship_plan, account.older) if dice.random() < 0.3]
    shopper.fund_moves = dice.choice([0, 0, 3])
    taken += dice.sample(shopper.fund_out, shopper.fund_moves)
    for slot in taken:
        fill(slot, dice)
    months = dice.choice([0, 0, dice.randint(1, BUREAU_MONTHS)])
    account.clean_elsewhere = dice.randint(0, BUREAU_MONTHS - months)
    for month in range(months):
        account.elsewhere_dpd[month] = dice.randint(0, 90)
    return account, shopper


def put(records: Folded, place: int, rows: tuple[Account, Shopper], anew: bool = False) -> None:
    """Fold two rows at a place; `anew`: those at all other places of the only block too, as they are."""
    desk = desk_of(*(run.as_records(row) for row in rows))

    def put_one(shelf: Shelf, first: int) -> int:
        fold_compiled(shelf, first, desk)
        return first + 1

    def put_anew(shelf: Shelf, first: int) -> int:
        if first == place:
            return put_one(shelf, first)
        leave_compiled(shelf, first)
        return first + 1

    if anew:
        records.work(0, records.count, put_anew, anew=True)
    else:
        records.work(place, place + 1, put_one)


def held(records: Folded, place: int) -> tuple[Account, Shopper]:
    """The two rows at a place."""
    accounts, shoppers = records.whole(place, place + 1)
    return Account.load(accounts[0]), Shopper.load(shoppers[0])


@settings(deadline=None, max_examples=12)
@given(seed=st.integers(0, 2**32), times=st.integers(1, 100))
def test_what_was_folded_last_is_unfolded(seed: int, times: int) -> None:
    """Among few, so that tails grow and shrink and are gathered anew."""
    dice, records = random.Random(seed), Folded(5)
    last = {place: held(records, place) for place in range(5)}
    for _time in range(times):
        place, rows = dice.randrange(5), any_rows(dice)
        put(records, place, rows, anew=dice.random() < 0.2)
        last[place] = rows
    copy = records.copy()
    put(records, 0, any_rows(dice))
    for place, rows in last.items():
        assert held(copy, place) == rows


def test_blocks_have_memory_of_their_own() -> None:
    dice = random.Random(4)
    places = (0, BLOCK - 1, BLOCK, BLOCK + 1)
    records, rows = Folded(BLOCK + 2), [any_rows(dice) for _place in places]
    for place, each in zip(places, rows, strict=True):
        put(records, place, each)
    assert [held(records, place) for place in places] == rows
    accounts, shoppers = records.whole(BLOCK - 1, BLOCK + 2)
    assert [Account.load(each) for each in accounts] == [account for account, _shopper in rows[1:]]
    assert [Shopper.load(each) for each in shoppers] == [shopper for _account, shopper in rows[1:]]


@given(start=st.integers(0, 3 * BLOCK), count=st.integers(0, 3 * BLOCK), size=st.integers(1, 2 * BLOCK))
def test_runs_of_places_cover_each_once_and_stay_within_a_block(start: int, count: int, size: int) -> None:
    size = max(size, count // 50 + 1)
    runs = list(within_blocks(start, start + count, size))
    assert [place for first, stop in runs for place in range(first, stop)] == list(range(start, start + count))
    for first, stop in runs:
        assert stop - first <= size
        assert first // BLOCK == (stop - 1) // BLOCK


@pytest.mark.parametrize("places", [[0], [3, BLOCK - 1, BLOCK], [BLOCK], []])
def test_some_of_many_are_copied(places: list[int]) -> None:
    dice = random.Random(5)
    records, rows = Folded(BLOCK + 1), {place: any_rows(dice) for place in (3, BLOCK - 1, BLOCK)}
    for place, each in rows.items():
        put(records, place, each)
    some = records.picked(np.array(places, np.int64))
    put(records, 3, any_rows(dice))
    assert [held(some, place) for place in range(len(places))] == [rows.get(place, held(records, 0)) for place in places]


def test_a_head_is_laid_out_as_the_record_begins() -> None:
    for head, row in ((folding.ACCOUNT_HEAD, Account), (folding.SHOPPER_HEAD, Shopper)):
        begins = {name: at for name, (_kind, at, *_title) in row.dtype().fields.items() if name in head.fields}
        assert {name: at for name, (_kind, at, *_title) in head.fields.items()} == begins


def test_memory_stays_within_what_a_run_is_said_to_need() -> None:
    """Months by days, when most has been held at one time or another."""
    people = run.Population(town(3), BLOCK, CALENDAR, 365)
    record = run.as_records(policy())
    people.live(record, FIRST, -1)
    for day in range(180):
        people.live(record, day, day)
    assert RECORD_BYTES * 0.8 < people.bytes_a_shopper < RECORD_BYTES

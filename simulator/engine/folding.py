"""Folding: the records of shoppers whom nobody is looking at, kept small.

A record has slots for eight plans, sixteen orders and so on, and most of them are empty most of the time.
*Folded*, its plain fields stand in a *head*, laid out as in the whole record, and of its slots only those that
hold something stand in a *tail*. To be lived or looked at a shopper is unfolded onto a *desk*, one whole
record, and folded again after. Tails of neighbouring shoppers, a *block*, share one piece of memory. A few of
them are folded where they were; a tail that outgrows its place moves to the end, and a full piece is gathered
anew. Where everybody is lived for long, all tails are written to another piece, one behind the other, and then
taken over.

Importing this module imports Numba.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Self

import numba
import numpy as np
from llvmlite import ir
from numba.core import types
from numba.core.cgutils import get_or_insert_function, memset, raw_memcpy
from numba.core.typing.templates import signature
from numba.extending import intrinsic, register_jitable

from simulator.account import BUREAU_MONTHS, PLAN_SLOTS, REFUND_SLOTS, Account
from simulator.engine.compile import make_compilable
from simulator.population.shopper import FUND_SLOTS, Shopper

make_compilable()

BLOCK = 4_096
"""Shoppers whose tails share a piece of memory."""
STEP_BYTES = 32
"""The room of a tail is a multiple of it, so that it can grow a little where it stands."""
SPARE = 8
"""A piece gathered anew has one part in so many free."""
SLACK = 4
"""A tail keeps one part in so many more room than it needs."""

SLOTS = ("elsewhere_dpd", "older", "statements", "plans", "hardship_plan", "orders", "refunds")
"""The account's slots in the order of a tail; the shopper's `fund_out` follows them."""
FROM_END = (0, 0, 0, 0, 0, 0, 1)
"""Whether slots are taken from the last one on."""
_ACCOUNT: Any = Account.dtype()
_SHOPPER: Any = Shopper.dtype()
ACCOUNT_HEAD: Any = np.dtype([(name, _ACCOUNT[name]) for name in _ACCOUNT.names if name not in SLOTS])
SHOPPER_HEAD: Any = np.dtype([(name, _SHOPPER[name]) for name in _SHOPPER.names if name != "fund_out"])
PLACE = np.dtype([("at", "i4"), ("room", "i2"), ("held", "i1", len(SLOTS) + 1)])
"""Of a tail: where it begins, how much room it has, how many slots of each kind stand in it."""

FIRSTS = tuple(int(_ACCOUNT.fields[name][1]) for name in SLOTS)
CAPACITIES = tuple(int(np.prod(_ACCOUNT[name].shape)) for name in SLOTS)
SIZES = (*(int(_ACCOUNT[name].base.itemsize) for name in SLOTS), int(_SHOPPER["fund_out"].base.itemsize))
KINDS, MOVES = len(SLOTS), len(SLOTS)
ACCOUNT_BYTES, SHOPPER_BYTES = _ACCOUNT.itemsize, _SHOPPER.itemsize
ACCOUNT_HEAD_BYTES, SHOPPER_HEAD_BYTES = ACCOUNT_HEAD.itemsize, SHOPPER_HEAD.itemsize
MOST_BYTES = ACCOUNT_BYTES - ACCOUNT_HEAD_BYTES + SHOPPER_BYTES - SHOPPER_HEAD_BYTES + STEP_BYTES
"""No tail takes more."""
LINE_BYTES = 64
"""What a processor brings near at once."""
USUAL_BYTES = 640
"""Few tails take more."""
SPARE_BYTES = 8 * MOST_BYTES
"""What a piece has free at least."""


class Desk(NamedTuple):
    """One whole shopper, as records and as bytes of the same memory."""

    accounts: Any  # (1,)
    shoppers: Any  # (1,)
    account_bytes: Any
    shopper_bytes: Any


class Shelf(NamedTuple):
    """Folded shoppers of one block."""

    account_heads: Any  # bytes
    shopper_heads: Any  # bytes
    shoppers: Any  # the same heads as records
    places: Any
    tails: Any  # bytes, to unfold from
    fresh: Any  # bytes, to fold into: the same piece, or a new one
    used: Any  # (1,): bytes of `fresh` that are given away
    anew: bool  # whether it is a new one


def desk_of(accounts: Any, shoppers: Any) -> Desk:
    """A desk over arrays of one record each."""
    return Desk(accounts, shoppers, accounts.view(np.uint8), shoppers.view(np.uint8))


def empty_desk() -> Desk:
    """A desk with nothing on it."""
    return desk_of(np.zeros(1, _ACCOUNT), np.zeros(1, _SHOPPER))


@intrinsic
def _move(typingctx: Any, target: Any, to: Any, source: Any, at: Any, count: Any) -> Any:
    """Copy so many bytes of one array of bytes into another."""

    def make(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        target, source = (context.make_array(sig.args[place])(context, builder, args[place]) for place in (0, 2))
        there, here = builder.gep(target.data, [args[1]]), builder.gep(source.data, [args[3]])
        raw_memcpy(builder, there, here, args[4], 1)
        return context.get_dummy_value()

    return signature(types.none, target, types.int64, source, types.int64, types.int64), make


@intrinsic
def _blank(typingctx: Any, target: Any, at: Any, count: Any) -> Any:
    """Make so many bytes of an array of bytes 0."""

    def make(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        target = context.make_array(sig.args[0])(context, builder, args[0])
        memset(builder, builder.gep(target.data, [args[1]]), args[2], 0)
        return context.get_dummy_value()

    return signature(types.none, target, types.int64, types.int64), make


@intrinsic
def _fetch(typingctx: Any, source: Any, at: Any) -> Any:
    """Have what stands at a place of an array of bytes brought near; nothing waits for it."""

    def make(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        source = context.make_array(sig.args[0])(context, builder, args[0])
        kind = ir.FunctionType(ir.VoidType(), [ir.IntType(8).as_pointer(), *3 * [ir.IntType(32)]])
        fetch = get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        to_read, often, data = (ir.IntType(32)(number) for number in (0, 3, 1))
        builder.call(fetch, [builder.gep(source.data, [args[1]]), to_read, often, data])
        return context.get_dummy_value()

    return signature(types.none, source, types.int64), make


@register_jitable
def _first_byte(kind: int, held: int) -> int:
    """Where in an account's record the slots of a kind that hold something begin."""
    return FIRSTS[kind] + FROM_END[kind] * (CAPACITIES[kind] - held) * SIZES[kind]


@register_jitable
def _look(account: Any, shopper: Any, held: Any) -> None:
    """Count the slots that hold something, in the order of a tail. Those that hold nothing are blank: rules leave
    nothing in what they free.
    """
    months = BUREAU_MONTHS - account.clean_elsewhere
    while months > 0 and account.elsewhere_dpd[months - 1] == 0:
        months -= 1
    older = account.older
    older_fen = older.late_fee_fen | older.revolving_fee_fen | older.plan_fee_fen
    plans = PLAN_SLOTS - account.free_plans
    while plans > 0 and account.plans[plans - 1].order == 0:
        plans -= 1
    refunds = REFUND_SLOTS - account.free_refunds
    while refunds > 0 and account.refunds[REFUND_SLOTS - refunds].order == 0:
        refunds -= 1
    held[0] = months
    held[1] = older_fen | older.plan_principal_fen | older.principal_fen != 0
    held[2] = account.statement_count
    held[3] = plans
    held[4] = account.hardship_plan.order != 0
    held[5] = account.order_count
    held[6] = refunds
    held[MOVES] = FUND_SLOTS if shopper.fund_moves > 0 else 0


@register_jitable
def _bytes_of(held: Any) -> int:
    total = 0
    for kind in range(KINDS + 1):
        total += held[kind] * SIZES[kind]
    return total


@register_jitable
def _room_for(size: int) -> int:
    return (size + STEP_BYTES - 1) // STEP_BYTES * STEP_BYTES


@register_jitable
def has_room(shelf: Shelf) -> bool:
    """Whether one more shopper can be folded, whatever there is to fold."""
    enough: bool = shelf.used[0] + MOST_BYTES <= len(shelf.fresh)
    return enough


@register_jitable
def lay(record: Desk, desk: Desk) -> None:
    """Lay what is on another desk on the desk."""
    _move(desk.account_bytes, 0, record.account_bytes, 0, ACCOUNT_BYTES)
    _move(desk.shopper_bytes, 0, record.shopper_bytes, 0, SHOPPER_BYTES)


@register_jitable
def unfold(shelf: Shelf, i: int, desk: Desk) -> None:
    """Lay a shopper on the desk."""
    _move(desk.account_bytes, 0, shelf.account_heads, i * ACCOUNT_HEAD_BYTES, ACCOUNT_HEAD_BYTES)
    _blank(desk.account_bytes, ACCOUNT_HEAD_BYTES, ACCOUNT_BYTES - ACCOUNT_HEAD_BYTES)
    _move(desk.shopper_bytes, 0, shelf.shopper_heads, i * SHOPPER_HEAD_BYTES, SHOPPER_HEAD_BYTES)
    _blank(desk.shopper_bytes, SHOPPER_HEAD_BYTES, SHOPPER_BYTES - SHOPPER_HEAD_BYTES)
    held = shelf.places[i].held
    at = shelf.places[i].at
    for kind in range(KINDS):
        if held[kind] > 0:
            size = held[kind] * SIZES[kind]
            _move(desk.account_bytes, _first_byte(kind, held[kind]), shelf.tails, at, size)
            at += size
    _move(desk.shopper_bytes, SHOPPER_HEAD_BYTES, shelf.tails, at, held[MOVES] * SIZES[MOVES])


@register_jitable
def fetch_next(shelf: Shelf, i: int) -> None:
    """While a shopper is lived, have the next one brought near from among a million."""
    if i + 1 < len(shelf.places):
        for at in range(0, ACCOUNT_HEAD_BYTES, LINE_BYTES):
            _fetch(shelf.account_heads, (i + 1) * ACCOUNT_HEAD_BYTES + at)
        for at in range(0, SHOPPER_HEAD_BYTES, LINE_BYTES):
            _fetch(shelf.shopper_heads, (i + 1) * SHOPPER_HEAD_BYTES + at)
        for at in range(0, USUAL_BYTES, LINE_BYTES):
            _fetch(shelf.tails, shelf.places[i + 1].at + at)


@register_jitable
def fold(shelf: Shelf, i: int, desk: Desk) -> None:
    """Put the shopper on the desk back; there must be room."""
    _move(shelf.account_heads, i * ACCOUNT_HEAD_BYTES, desk.account_bytes, 0, ACCOUNT_HEAD_BYTES)
    _move(shelf.shopper_heads, i * SHOPPER_HEAD_BYTES, desk.shopper_bytes, 0, SHOPPER_HEAD_BYTES)
    place = shelf.places[i]
    held = place.held
    _look(desk.accounts[0], desk.shoppers[0], held)
    size = _bytes_of(held)
    if shelf.anew or size > place.room:
        place.at = shelf.used[0]
        place.room = _room_for(size)
        shelf.used[0] += place.room
    at = place.at
    for kind in range(KINDS):
        if held[kind] > 0:
            size = held[kind] * SIZES[kind]
            _move(shelf.fresh, at, desk.account_bytes, _first_byte(kind, held[kind]), size)
            at += size
    _move(shelf.fresh, at, desk.shopper_bytes, SHOPPER_HEAD_BYTES, held[MOVES] * SIZES[MOVES])


@register_jitable
def leave(shelf: Shelf, i: int) -> None:
    """Leave a shopper as folded before; there must be room where all are folded anew."""
    if shelf.anew:
        place = shelf.places[i]
        _move(shelf.fresh, shelf.used[0], shelf.tails, place.at, _bytes_of(place.held))
        place.at = shelf.used[0]
        shelf.used[0] += place.room


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def _gathered(places: Any, tails: Any, wider: Any) -> int:
    """Move all tails into another piece, one behind the other; one that has far more room than it needs gives it
    up. Returns the bytes used.
    """
    used = 0
    for i in range(len(places)):
        place = places[i]
        size = _bytes_of(place.held)
        if place.room > _room_for(size + size // SLACK):
            place.room = _room_for(size)
        _move(wider, used, tails, place.at, size)
        place.at = used
        used += place.room
    return used


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def _unfolded(shelf: Shelf, desk: Desk, account_bytes: Any, shopper_bytes: Any) -> None:
    """Whole records, one behind the other."""
    for i in range(len(shelf.places)):
        unfold(shelf, i, desk)
        _move(account_bytes, i * ACCOUNT_BYTES, desk.account_bytes, 0, ACCOUNT_BYTES)
        _move(shopper_bytes, i * SHOPPER_BYTES, desk.shopper_bytes, 0, SHOPPER_BYTES)


@numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)
def _picked(shelf: Shelf, chosen: Any, other: Shelf, desk: Desk, first: int) -> int:
    """Copy some shoppers of one shelf to another, one behind the other."""
    for i in range(first, len(chosen)):
        if not has_room(other):
            return i
        unfold(shelf, chosen[i], desk)
        fold(other, i, desk)
    return len(chosen)


_pieces: list[Any] = []


def _piece() -> Any:
    """A piece with room for all of a block, one that was used before if there is any: memory taken anew takes time
    to come. Give it back to `_pieces`.
    """
    try:
        return _pieces.pop()
    except IndexError:
        return np.empty(BLOCK * MOST_BYTES + SPARE_BYTES, np.uint8)


class Folded:
    """The folded records of so many shoppers. `accounts` and `shoppers` are the heads, to be read by column."""

    def __init__(self, count: int) -> None:
        """All fields 0."""
        self.count = count
        self.accounts, self.shoppers = np.zeros(count, ACCOUNT_HEAD), np.zeros(count, SHOPPER_HEAD)
        self._places = np.zeros(count, PLACE)
        blocks = -(-count // BLOCK)
        self._tails = [np.zeros(0, np.uint8) for _block in range(blocks)]
        self._used = np.zeros(blocks, np.int64)

    def copy(self) -> Self:
        """An independent copy."""
        other = object.__new__(type(self))
        other.count = self.count
        other.accounts, other.shoppers = copied(self.accounts), copied(self.shoppers)
        other._places, other._used = copied(self._places), self._used.copy()
        other._tails = [tail.copy() for tail in self._tails]
        return other

    def shelf(self, start: int, stop: int, fresh: Any = None) -> Shelf:
        """Shoppers of some places of one block, to be folded where they were or into a new piece."""
        accounts, shoppers = self.accounts[start:stop], self.shoppers[start:stop]
        block = start // BLOCK
        tails = self._tails[block]
        return Shelf(
            accounts.view(np.uint8), shoppers.view(np.uint8), shoppers, self._places[start:stop],
            tails, tails if fresh is None else fresh, self._used[block : block + 1], fresh is not None,
        )  # fmt: skip

    def work(self, start: int, stop: int, kernel: Callable[[Shelf, int], int], *, anew: bool = False) -> None:
        """Let a kernel go through some places of one block. It is given their shelf and the index to begin at, and
        returns the index of the first whom it has not done. `anew`: the kernel folds all of them or leaves them.
        """
        at, block = 0, start // BLOCK
        if anew and stop - start == min(BLOCK, self.count - block * BLOCK):
            fresh = _piece()
            self._used[block] = 0
            while at < stop - start:
                at = kernel(self.shelf(start, stop, fresh), at)
            self._keep(block, fresh)
            _pieces.append(fresh)
            return
        while at < stop - start:
            if not has_room(self.shelf(start, stop)):
                self._gather(block)
            at = kernel(self.shelf(start, stop), at)

    def _keep(self, block: int, fresh: Any) -> None:
        """Take over a block's tails, if that can be into the piece that held them before."""
        used = int(self._used[block])
        if not used + SPARE_BYTES <= len(self._tails[block]) <= used + used // SPARE + SPARE_BYTES:
            # Asked for large and then cut, a piece goes back to the system when it is let go, and leaves no hole
            kept = np.empty(len(fresh), np.uint8)
            kept.resize(used + SPARE_BYTES, refcheck=False)
            self._tails[block] = kept
        self._tails[block][:used] = fresh[:used]

    def _gather(self, block: int) -> None:
        """Gather a block's tails in a new piece, with room to fold some more shoppers."""
        places = self._places[block * BLOCK : (block + 1) * BLOCK]
        rooms = int(places["room"].sum(dtype=np.int64))
        wider = np.empty(rooms + rooms // SPARE + SPARE_BYTES, np.uint8)
        self._used[block] = _gathered(places, self._tails[block], wider)
        self._tails[block] = wider

    def whole(self, start: int, stop: int) -> tuple[Any, Any]:
        """Copies of whole records: accounts and shoppers."""
        accounts, shoppers = np.empty(stop - start, _ACCOUNT), np.empty(stop - start, _SHOPPER)
        desk = empty_desk()
        for first, last in within_blocks(start, stop, BLOCK):
            mine, theirs = accounts[first - start : last - start], shoppers[first - start : last - start]
            _unfolded(self.shelf(first, last), desk, mine.view(np.uint8), theirs.view(np.uint8))
        return accounts, shoppers

    def picked(self, places: Any) -> Folded:
        """Copies of the records of some places, in rising order."""
        other = Folded(len(places))
        for start, stop in within_blocks(0, self.count, BLOCK):
            first, last = np.searchsorted(places, (start, stop))
            shelf = self.shelf(start, stop)
            for at, end in within_blocks(int(first), int(last), BLOCK):
                other._copy(at, end, shelf, np.asarray(places[at:end], np.int64) - start)
        return other

    def _copy(self, start: int, stop: int, other: Shelf, chosen: Any) -> None:
        """Let some places of one block hold what stands at chosen places of another shelf."""
        desk = empty_desk()
        self.work(start, stop, lambda shelf, first: _picked(other, chosen, shelf, desk, first), anew=True)

    @property
    def bytes(self) -> int:
        """Memory taken."""
        heads = self.accounts.nbytes + self.shoppers.nbytes + self._places.nbytes
        return int(heads + sum(len(tail) for tail in self._tails))


def within_blocks(start: int, stop: int, size: int) -> Iterator[tuple[int, int]]:
    """Runs of at most so many places, none of them of two blocks."""
    while start < stop:
        end = min(stop, start + size, (start // BLOCK + 1) * BLOCK)
        yield start, end
        start = end


def copied(records: Any) -> Any:
    """An independent copy of records, as plain bytes: it takes a twentieth of the time that NumPy takes field by
    field, and Python's lock is not held.
    """
    copy = np.empty_like(records)
    for start in range(0, len(records), BLOCK):  # in pieces, so that memory comes little by little
        as_bytes(copy[start : start + BLOCK])[:] = as_bytes(records[start : start + BLOCK])
    return copy


def as_bytes(records: Any) -> Any:
    """Records as rows of their bytes."""
    return records.view(np.uint8).reshape(len(records), records.itemsize)

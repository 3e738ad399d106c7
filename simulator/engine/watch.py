"""Watch: a policy that notes how its values are read, for compiled code.

Rules read `policy.min_plan_fen` or `policy.grade_cutoffs[2]`. Handed a *watched* policy, the very same
rules are compiled so that each reading is also noted for the shopper. A life that never read a value is
the same life whatever that value is; nobody has to know which rule reads what, or when. Of a *threshold*
more is noted where it was only compared: the highest number that fell short of it and the lowest that
reached it, so that the life is the same while the threshold stays between them.
Importing this module imports Numba.
"""

from __future__ import annotations

import functools
import operator
from typing import Any, NamedTuple

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.core.extending import register_model
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer_global, signature
from numba.extending import infer_getattr, intrinsic, lower_builtin, lower_getattr_generic

from simulator.policy.record import PolicyRecord

WORD_BITS = 64
THRESHOLDS = ("grade_cutoffs", "counter_cutoff", "hold_score", "suspend_score", "age_min", "age_max", "min_orders")
"""Fields that are mostly compared; any other use of one is noted as a full reading."""
FAR = 1 << 40
"""Further than any number that is compared with a threshold."""
WORD = ir.IntType(WORD_BITS)


def pointer(element: Any) -> Any:
    """The type of a place in memory where such elements stand."""
    return types.__dict__["CPointer"](element)


NOTED = pointer(types.int64)


def _places(shape: tuple[int, ...]) -> int:
    return functools.reduce(operator.mul, shape, 1)


def _is_table(kind: Any, shape: tuple[int, ...]) -> bool:
    """Whether each value of a field is noted by itself: tables of numbers."""
    return isinstance(kind, str) and bool(shape)


@functools.cache
def bits() -> dict[str, tuple[int, int]]:
    """Of each field of a policy its first bit and how many it has, in the record's order."""
    found, first = {}, 0
    for name, kind, shape in PolicyRecord.layout:
        count = _places(shape) if _is_table(kind, shape) else 1
        found[name] = (first, count)
        first += count
    return found


@functools.cache
def bounds() -> dict[str, int]:
    """Of each threshold the word of its first value's bounds: how near it was reached, how near fallen short of."""
    found, word = {}, -(-sum(count for _first, count in bits().values()) // WORD_BITS)
    for name in THRESHOLDS:
        found[name] = word
        word += 2 * bits()[name][1]
    return found


BIT_WORDS = min(bounds().values())
WORDS = BIT_WORDS + 2 * sum(bits()[name][1] for name in THRESHOLDS)
"""64-bit words of what one shopper's life read: bits, then bounds."""
_SHAPES = {name: shape for name, kind, shape in PolicyRecord.layout if _is_table(kind, shape)}


class Changes(NamedTuple):
    """What differs between two policies' records: bits of values, and thresholds' words with their new values."""

    mask: Any
    moved: list[tuple[int, int]]


def changes_between(before: Any, after: Any) -> Changes:
    """What differs between two policies' records."""
    mask = np.zeros(BIT_WORDS, np.uint64)
    moved = []
    for name, (first, count) in bits().items():
        old, new = before[0][name], after[0][name]
        differs = np.ravel(old != new) if count > 1 else [np.asarray(old).tobytes() != np.asarray(new).tobytes()]
        for place in np.flatnonzero(differs):
            bit = first + int(place)
            mask[bit // WORD_BITS] |= np.uint64(1 << (bit % WORD_BITS))
            if name in bounds():
                moved.append((bounds()[name] + 2 * int(place), int(np.ravel(new)[place])))
    return Changes(mask.view(np.int64), moved)


def touched(noted: Any, changes: Changes) -> Any:
    """Which lives (shoppers, WORDS) have read anything that differs."""
    found = (noted[:, :BIT_WORDS] & changes.mask).any(axis=1)
    for word, value in changes.moved:
        found |= (noted[:, word] > FAR - value) | (noted[:, word + 1] > value + FAR)
    return found


def note_too(noted: Any, more: Any) -> None:
    """Add what the same lives read at another time."""
    noted[:, :BIT_WORDS] |= more[:, :BIT_WORDS]
    np.maximum(noted[:, BIT_WORDS:], more[:, BIT_WORDS:], out=noted[:, BIT_WORDS:])


class WatchedPolicy(types.Type):
    """A policy's record, and where the readings of one shopper are noted."""

    def __init__(self, record: Any) -> None:
        """Of the record's type."""
        self.record = record
        super().__init__(name=f"WatchedPolicy({record})")


class WatchedTable(types.Type):
    """A table of a watched policy, or a row of it; `field` names the table."""

    def __init__(self, field: str, element: Any, depth: int) -> None:
        """`depth` counts the places that were picked so far."""
        self.field, self.element, self.depth = field, element, depth
        super().__init__(name=f"WatchedTable({field}, {element}, {depth})")


class Threshold(types.Type):
    """A threshold's value, which is noted when it is compared or used otherwise."""

    def __init__(self) -> None:
        """There is one type for all thresholds."""
        super().__init__(name="Threshold")


THRESHOLD = Threshold()


@register_model(WatchedPolicy)
class _PolicyModel(models.StructModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        members = [("record", kind.record), ("noted", NOTED)]
        super().__init__(manager, kind, members)


@register_model(WatchedTable)
class _TableModel(models.StructModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        members = [
            ("values", pointer(kind.element)), ("place", types.int64), ("noted", NOTED),
        ]  # fmt: skip
        super().__init__(manager, kind, members)


@register_model(Threshold)
class _ThresholdModel(models.StructModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        members = [
            ("value", types.int64), ("bit", types.int64), ("word", types.int64), ("noted", NOTED),
        ]  # fmt: skip
        super().__init__(manager, kind, members)


@intrinsic
def watched(typingctx: Any, record: Any, noted: Any, row: Any) -> Any:
    """A policy whose readings are noted in one row of an array (shoppers, WORDS)."""

    def make(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        made = cgutils.create_struct_proxy(sig.return_type)(context, builder)
        made.record = args[0]
        array = context.make_array(sig.args[1])(context, builder, args[1])
        made.noted = builder.gep(array.data, [builder.mul(args[2], WORD(WORDS))])
        return made._getvalue()

    return signature(WatchedPolicy(record), record, noted, types.int64), make


@infer_getattr
class _PolicyAttributes(AttributeTemplate):
    key = WatchedPolicy

    def generic_resolve(self, kind: Any, attribute: str) -> Any:
        found = kind.record.typeof(attribute)
        if attribute in _SHAPES:
            return WatchedTable(attribute, found.dtype, 0)
        return THRESHOLD if attribute in THRESHOLDS else found


@lower_getattr_generic(WatchedPolicy)
def _read_attribute(context: Any, builder: Any, kind: Any, value: Any, attribute: str) -> Any:
    policy = cgutils.create_struct_proxy(kind)(context, builder, value=value)
    field = kind.record.typeof(attribute)
    if attribute in _SHAPES:
        made = cgutils.create_struct_proxy(WatchedTable(attribute, field.dtype, 0))(context, builder)
        element = context.get_data_type(field.dtype)
        made.values = cgutils.get_record_member(builder, policy.record, kind.record.offset(attribute), element)
        made.place, made.noted = WORD(0), policy.noted
        return made._getvalue()
    read = context.get_getattr(kind.record, attribute)(context, builder, kind.record, policy.record, attribute)
    bit = WORD(bits()[attribute][0])
    if attribute not in THRESHOLDS:
        _note(builder, policy.noted, bit)
        return read
    return _threshold(context, builder, context.cast(builder, read, field, types.int64), bit, WORD(bounds()[attribute]), policy.noted)


@infer_global(operator.getitem)
class _TableItem(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        if len(args) != 2 or not isinstance(args[0], WatchedTable):
            return None
        table = args[0]
        if table.depth + 1 < len(_SHAPES[table.field]):
            result: Any = WatchedTable(table.field, table.element, table.depth + 1)
        else:
            result = THRESHOLD if table.field in THRESHOLDS else types.int64
        return signature(result, table, types.int64)


@lower_builtin(operator.getitem, WatchedTable, types.Integer)
def _read_item(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    kind = sig.args[0]
    table = cgutils.create_struct_proxy(kind)(context, builder, value=args[0])
    count = WORD(_SHAPES[kind.field][kind.depth])
    index = context.cast(builder, args[1], sig.args[1], types.int64)
    index = builder.select(builder.icmp_signed("<", index, WORD(0)), builder.add(index, count), index)
    place = builder.add(builder.mul(table.place, count), index)
    if isinstance(sig.return_type, WatchedTable):
        made = cgutils.create_struct_proxy(sig.return_type)(context, builder)
        made.values, made.place, made.noted = table.values, place, table.noted
        return made._getvalue()
    bit = builder.add(WORD(bits()[kind.field][0]), place)
    read = builder.load(builder.gep(table.values, [place]), align=1)
    value = context.cast(builder, read, kind.element, types.int64)
    if sig.return_type is not THRESHOLD:
        _note(builder, table.noted, bit)
        return value
    word = builder.add(WORD(bounds()[kind.field]), builder.mul(place, WORD(2)))
    return _threshold(context, builder, value, bit, word, table.noted)


def _threshold(context: Any, builder: Any, value: Any, bit: Any, word: Any, noted: Any) -> Any:
    made = cgutils.create_struct_proxy(THRESHOLD)(context, builder)
    made.value, made.bit, made.word, made.noted = value, bit, word, noted
    return made._getvalue()


def _note(builder: Any, noted: Any, bit: Any) -> None:
    """Set a bit."""
    where = builder.gep(noted, [builder.lshr(bit, WORD(6))])
    mask = builder.shl(WORD(1), builder.and_(bit, WORD(63)))
    builder.store(builder.or_(builder.load(where), mask), where)


def _raise_to(builder: Any, where: Any, value: Any) -> None:
    """Let a word be at least so much."""
    old = builder.load(where)
    builder.store(builder.select(builder.icmp_signed(">", value, old), value, old), where)


def _compare(sign: str, turned: bool) -> Any:
    """Lowering of `number sign threshold`, or of `threshold sign number` where turned."""
    reached_if_true = sign in ((">=", ">") if not turned else ("<=", "<"))
    strict = sign in (">", "<")

    def lower(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        own, other = (0, 1) if turned else (1, 0)
        threshold = cgutils.create_struct_proxy(THRESHOLD)(context, builder, value=args[own])
        number = context.cast(builder, args[other], sig.args[other], types.int64)
        sides = (threshold.value, number) if turned else (number, threshold.value)
        holds = builder.icmp_signed(sign, *sides)
        reached = holds if reached_if_true else builder.not_(holds)
        # Reached: the threshold may rise to the number (or stay under it); short: fall to what is just above.
        # number >= t or number > t where strict and reached_if_true; short of it the other way round.
        beyond = strict if reached_if_true else not strict
        highest = builder.sub(number, WORD(1)) if beyond else number
        lowest = number if beyond else builder.add(number, WORD(1))
        reach = builder.gep(threshold.noted, [threshold.word])
        fall = builder.gep(threshold.noted, [builder.add(threshold.word, WORD(1))])
        zero = WORD(0)
        _raise_to(builder, reach, builder.select(reached, builder.sub(WORD(FAR), highest), zero))
        _raise_to(builder, fall, builder.select(reached, zero, builder.add(WORD(FAR), lowest)))
        return holds

    return lower


def _calculate(operation: Any) -> Any:
    """Lowering of any other operation: a full reading, and then as with plain numbers."""

    def lower(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        numbers = [_number(context, builder, kind, value) for kind, value in zip(sig.args, args, strict=True)]
        plain = context.typing_context.resolve_function_type(operation, (types.int64, types.int64), {})
        found = context.get_function(operation, plain)(builder, numbers)
        return context.cast(builder, found, plain.return_type, sig.return_type)

    return lower


def _number(context: Any, builder: Any, kind: Any, value: Any) -> Any:
    """A number, or a threshold's value, fully read."""
    if kind != THRESHOLD:
        return context.cast(builder, value, kind, types.int64)
    threshold = cgutils.create_struct_proxy(THRESHOLD)(context, builder, value=value)
    _note(builder, threshold.noted, threshold.bit)
    return threshold.value


def _template(operation: Any, result: Any) -> Any:
    """Typing of an operation of a threshold with a number."""

    class Template(AbstractTemplate):
        key = operation

        def generic(self, args: Any, kws: Any) -> Any:
            if len(args) != 2 or not any(isinstance(each, Threshold) for each in args):
                return None
            if all(isinstance(each, Threshold | types.Integer) for each in args):
                kinds = [each if isinstance(each, Threshold) else types.int64 for each in args]
                return signature(result, *kinds)
            return None

    return Template


def _add(operation: Any, result: Any, plain: Any, turned: Any) -> None:
    infer_global(operation)(_template(operation, result))
    lower_builtin(operation, types.Integer, Threshold)(plain)
    lower_builtin(operation, Threshold, types.Integer)(turned)
    lower_builtin(operation, Threshold, Threshold)(_calculate(operation))


for _sign, _operation in ((">=", operator.ge), (">", operator.gt), ("<=", operator.le), ("<", operator.lt)):
    _add(_operation, types.boolean, _compare(_sign, False), _compare(_sign, True))
for _operation in (operator.eq, operator.ne):
    _add(_operation, types.boolean, _calculate(_operation), _calculate(_operation))
for _operation in (operator.add, operator.sub, operator.mul, operator.floordiv, operator.mod):
    _add(_operation, types.int64, _calculate(_operation), _calculate(_operation))

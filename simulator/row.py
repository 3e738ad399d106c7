"""Row: a record of whole numbers, declared once, that lives in two forms.

In plain Python a row is a small object of integers, its nested slots lists of such objects or
of integers. In an array it is one element of the NumPy dtype made from the same declaration.
Rules read and write the attributes of either. All fields are signed: mixed with unsigned ones,
compiled integers turn into floats.
"""

from __future__ import annotations

import functools
import hashlib
import struct
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Self, get_args, get_origin, get_type_hints

I1 = Annotated[int, "i1"]
I2 = Annotated[int, "i2"]
I4 = Annotated[int, "i4"]
I8 = Annotated[int, "i8"]

_BITS = {"i1": 8, "i2": 16, "i4": 32, "i8": 64}


class _RowType(type):
    """Gives each row class `__slots__` from its annotations, and its layout."""

    layout: tuple[tuple[str, Any, tuple[int, ...]], ...]

    def __new__(mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> _RowType:
        """Make the class with one slot a field."""
        namespace["__slots__"] = tuple(namespace.get("__annotations__", ()))
        return super().__new__(mcls, name, bases, namespace)

    def __init__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> None:
        """Read the layout from the annotations: (field, kind, shape) in order."""
        super().__init__(name, bases, namespace)
        hints = get_type_hints(cls, include_extras=True) if namespace["__slots__"] else {}
        cls.layout = tuple(_field(field, hint) for field, hint in hints.items() if field != "layout")


def _field(name: str, hint: Any) -> tuple[str, Any, tuple[int, ...]]:
    """One field's layout. A kind is "i1".."i8" or a row class; a shape is () for one value."""
    if get_origin(hint) is not Annotated:
        return name, hint, ()
    plain, *extras = get_args(hint)
    if plain is int:
        return name, extras[0], ()
    kind, *shape = extras
    return name, kind, tuple(shape)


class Row(metaclass=_RowType):
    """Base of all records. Annotate fields with I1..I8, with a row class, or with
    `Annotated[list[Slot], Slot, 8]` and `Annotated[list[int], "i4", 5]` for arrays.
    """

    def __init__(self, **values: Any) -> None:
        """All fields zero but those given."""
        _blanker(type(self))(self)
        for name, value in values.items():
            setattr(self, name, value)

    def copy(self) -> Self:
        """An independent copy, nested slots included."""
        copier: Callable[[Self], Self] = _copier(type(self))
        return copier(self)

    def take(self, other: Self) -> None:
        """Take over every value of another row of the same class."""
        for name, kind, shape in type(self).layout:
            setattr(self, name, _copied(getattr(other, name), kind, shape))

    def __eq__(self, other: object) -> bool:
        """Equal in every field."""
        return type(self) is type(other) and self.as_dict() == other.as_dict()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """The fields that are not zero."""
        shown = ", ".join(f"{name}={value}" for name, value in self.leaves() if value)
        return f"{type(self).__name__}({shown})"

    def as_dict(self) -> dict[str, Any]:
        """The row as plain nested dictionaries, lists and integers (JSON)."""
        return {name: _plain(getattr(self, name), kind, shape) for name, kind, shape in type(self).layout}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The inverse of `as_dict`; a field that is absent is zero, an unknown one an error."""
        unknown = set(values) - {name for name, _, _ in cls.layout}
        if unknown:
            raise ValueError(f"unknown fields of {cls.__name__}: {', '.join(sorted(unknown))}")
        made = cls()
        for name, kind, shape in cls.layout:
            if name in values:
                setattr(made, name, _from_plain(values[name], kind, shape))
        return made

    def leaves(self) -> Iterator[tuple[str, int]]:
        """Every integer with its dotted name, in name order."""
        yield from sorted(_leaves("", self.as_dict()))

    @classmethod
    def dtype(cls) -> Any:
        """The NumPy structured dtype of this row (imports NumPy)."""
        import numpy as np

        return np.dtype(
            [
                (name, kind if isinstance(kind, str) else kind.dtype(), shape)
                for name, kind, shape in cls.layout
            ]
        )

    def store(self, record: Any) -> None:
        """Write this row into an array's element; OverflowError names a field out of range."""
        for name, kind, shape in type(self).layout:
            _store(record, name, getattr(self, name), kind, shape)

    @classmethod
    def load(cls, record: Any) -> Self:
        """Read a row from an array's element into Python integers."""
        made = object.__new__(cls)
        for name, kind, shape in cls.layout:
            setattr(made, name, _loaded(record[name], kind, shape))
        return made


def close_gap(slots: list[Any], index: int, last: int) -> None:
    """Move the slots after `index`, up to `last`, down by one; what slot `last` holds then is of no account.

    Compiled, one block of memory is moved (`engine.compile`).
    """
    slots.insert(last, slots.pop(index))


def hash_of(**rows: Row) -> str:
    """SHA-256 over the fields of named rows in name order as little-endian 64-bit integers, in hexadecimal."""
    fields = sorted((f"{row_name}.{name}", value) for row_name, row in rows.items() for name, value in row.leaves())
    hashed = hashlib.sha256("\n".join(name for name, _ in fields).encode())
    hashed.update(struct.pack(f"<{len(fields)}q", *(value for _, value in fields)))
    return hashed.hexdigest()


@functools.cache
def _copier(row_type: type[Row]) -> Callable[[Any], Any]:
    """The copying of a row written out field by field: lives are remembered at every decision."""
    names: dict[str, Any] = {"new": object.__new__, "row_type": row_type}
    lines = [
        f"    made.{name} = {_copy_of(f'row.{name}', kind, shape, names)}" for name, kind, shape in row_type.layout
    ]
    exec("\n".join(["def copier(row):", "    made = new(row_type)", *lines, "    return made"]), names)
    copier: Callable[[Any], Any] = names["copier"]
    return copier


def _copy_of(value: str, kind: Any, shape: tuple[int, ...], names: dict[str, Any]) -> str:
    """The expression that copies a value; copiers that it calls are put among the names."""
    if len(shape) > 1:
        return f"[{_copy_of('part', kind, shape[1:], names)} for part in {value}]"
    if isinstance(kind, str):
        return f"{value}[:]" if shape else value
    own = f"copy_{kind.__name__}"
    names[own] = _copier(kind)
    return f"[{own}(part) for part in {value}]" if shape else f"{own}({value})"


@functools.cache
def _blanker(row_type: type[Row]) -> Callable[[Any], Any]:
    """The setting of all fields to zero, written out as copying is: every request and every slot begins so."""
    names: dict[str, Any] = {"new": object.__new__}
    lines = [f"    row.{name} = {_zero(kind, shape, names)}" for name, kind, shape in row_type.layout]
    exec("\n".join(["def blanker(row):", *lines, "    return row"]), names)
    blanker: Callable[[Any], Any] = names["blanker"]
    return blanker


def _zero(kind: Any, shape: tuple[int, ...], names: dict[str, Any]) -> str:
    """The expression of a value that is zero; what makes nested rows is put among the names."""
    if shape:
        part = _zero(kind, shape[1:], names)
        return f"[0] * {shape[0]}" if part == "0" else f"[{part} for _place in range({shape[0]})]"
    if isinstance(kind, str):
        return "0"
    own = kind.__name__
    names[own], names[f"blank_{own}"] = kind, _blanker(kind)
    return f"blank_{own}(new({own}))"


def _copied(value: Any, kind: Any, shape: tuple[int, ...]) -> Any:
    if not shape:
        return value if isinstance(kind, str) else value.copy()
    if len(shape) == 1 and isinstance(kind, str):
        return value[:]
    return [_copied(part, kind, shape[1:]) for part in value]


def _plain(value: Any, kind: Any, shape: tuple[int, ...]) -> Any:
    if shape:
        return [_plain(part, kind, shape[1:]) for part in value]
    return int(value) if isinstance(kind, str) else value.as_dict()


def _from_plain(value: Any, kind: Any, shape: tuple[int, ...]) -> Any:
    if shape:
        if len(value) != shape[0]:
            raise ValueError(f"expected {shape[0]} values, found {len(value)}")
        return [_from_plain(part, kind, shape[1:]) for part in value]
    return int(value) if isinstance(kind, str) else kind.from_dict(value)


def _leaves(prefix: str, value: Any) -> Iterator[tuple[str, int]]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _leaves(f"{prefix}.{name}" if prefix else name, part)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _leaves(f"{prefix}.{index:02d}", part)
    else:
        yield prefix, value


def _store(target: Any, key: Any, value: Any, kind: Any, shape: tuple[int, ...]) -> None:
    if shape:
        for index, part in enumerate(value):
            _store(target[key], index, part, kind, shape[1:])
    elif isinstance(kind, str):
        bound = 1 << (_BITS[kind] - 1)
        if not -bound <= value < bound:
            raise OverflowError(f"{key} holds {value}, more than {kind} can")
        target[key] = value
    else:
        value.store(target[key])


def _loaded(value: Any, kind: Any, shape: tuple[int, ...]) -> Any:
    if shape:
        return [_loaded(part, kind, shape[1:]) for part in value]
    return int(value) if isinstance(kind, str) else kind.load(value)

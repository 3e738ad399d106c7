"""The hash of a state covers every field of both records (INTERFACE, `summary`)."""

from __future__ import annotations

import hashlib
import struct

from simulator.engine.summary import state_hash
from tests.rules.build import Line, policy


def test_a_field_of_either_record_changes_the_hash() -> None:
    """Also one deep inside a slot."""
    changed = Line(policy())
    hashes = {state_hash(changed.account, changed.shopper)}
    changed.shopper.cash_fen += 1
    hashes.add(state_hash(changed.account, changed.shopper))
    changed.shopper.fund_out[-1].amount_fen += 1
    hashes.add(state_hash(changed.account, changed.shopper))
    changed.account.orders[-1].hour += 1
    hashes.add(state_hash(changed.account, changed.shopper))
    assert {len(each) for each in hashes} == {64}
    assert len(hashes) == 4


def test_the_hash_is_over_names_and_little_endian_numbers_in_name_order() -> None:
    """Of the account's fields, then of the shopper's."""
    line = Line(policy())
    rows = {"account": line.account, "shopper": line.shopper}
    fields = [(f"{row_name}.{name}", value) for row_name, row in rows.items() for name, value in row.leaves()]
    names = "\n".join(name for name, _value in fields).encode()
    numbers = b"".join(struct.pack("<q", value) for _name, value in fields)
    assert state_hash(line.account, line.shopper) == hashlib.sha256(names + numbers).hexdigest()

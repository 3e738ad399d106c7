"""Bills on time in a row: when the next ones will count, if each is paid and there is one every month."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.calendar import next_statement_day
from simulator.world import World


def counts_on(world: World) -> Iterator[int]:
    """The mornings after the coming due days, on which a bill that was met counts (RULES §1, §5)."""
    account, policy = world.account, world.life.record
    for statement in account.statements[: account.statement_count]:
        if not statement.checked and statement.minimum_fen > policy.tolerance_fen:
            yield statement.due_day + 1
    day = world.day
    while True:
        day = next_statement_day(world.calendar, day, account.statement_day)
        yield day + policy.due_offset_days + 1
        day += 1

"""Ready: compiling what the market runs where that has not been done on this machine.

`python -m simulator.market.ready` compiles and ends.
"""

from __future__ import annotations

from collections.abc import Callable

from simulator.calendar import START, Calendar
from simulator.compiled import MARKET, keep_house
from simulator.disk import cause_of, is_full, where_it_ended
from simulator.engine.apart import compile_apart
from simulator.engine.kernels import CACHE
from simulator.engine.machine_code import refusal
from simulator.engine.run import Population, as_records
from simulator.files import compiled_folder
from simulator.policy.record import PolicyRecord
from simulator.population.months import town_of
from simulator.text import _


def unkept() -> str:
    """That the compiled engine could not be kept, and what that means; "" where it was kept."""
    error = refusal()
    if error is None:
        return ""
    place = where_it_ended(CACHE)
    if is_full(error, place):
        told = _("The compiled engine could not be kept in {folder}: {error}. Until then it is compiled at each start.")
    else:
        told = _("The compiled engine could not be kept in {folder}: {error}. It is compiled at each start until WHITESLIP_COMPILED names one that can be written.")
    return told.format(folder=compiled_folder(), error=cause_of(error, place))


def make_ready() -> None:
    """Compile the engine, or load it: after this, time is spent on living alone."""
    calendar = Calendar(START)
    people = Population(town_of(0, 0), 1, calendar, 0)
    people.live(as_records(PolicyRecord()), 0, 0)
    keep_house(MARKET)


def make_ready_apart(cancel: Callable[[], bool]) -> bool:
    """Compile in a process of its own; whether that ended well. It is ended where `cancel` says so."""
    return compile_apart("simulator.market.ready", cancel)


if __name__ == "__main__":
    make_ready()

"""Kernels and their compiler: no lock is held, no old rule is run, no number is cut short."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest
from numba import int64
from numba.core.compiler_machinery import PassManager
from numba.core.registry import CPUDispatcher

import simulator
from simulator import random as streams
from simulator import version
from simulator.account import Account
from simulator.engine import folding, kernels, personal, run, stocktake, tally
from simulator.engine.books import blank_books
from simulator.engine.compile import RuleDispatcher
from simulator.lab import paired
from simulator.population.months import Month
from simulator.population.shopper import Shopper
from simulator.registry import RULES
from simulator.rules import arithmetic, delinquency, events
from simulator.rules.ask import Ask
from simulator.rules.balances import sum_up
from tests.engine.both import compiled
from tests.rules.build import policy

KERNELS = [
    each
    for module in (kernels, folding, personal, stocktake, paired)
    for each in vars(module).values()
    if isinstance(each, CPUDispatcher) and each.py_func.__module__ == module.__name__ and each.targetoptions.get("nogil")
]
"""All that is compiled by itself."""


def test_every_kernel_lets_go_of_the_lock_and_is_kept_in_the_cache() -> None:
    """Beside the sources, where Numba would keep it, code of another layout of records is not told apart."""
    assert {each.py_func.__name__ for each in KERNELS} >= {"born", "lived", "_gathered", "_picked", "followed"}
    for kernel in KERNELS:
        assert Path(kernel.stats.cache_path).is_relative_to(kernels.CACHE)


def test_the_cache_is_named_after_the_rulebook() -> None:
    assert kernels.CACHE.name == version.rulebook_version()
    assert len(version.rulebook_version()) == 12


@pytest.mark.parametrize(
    "changed", ["rules/wake.py", "rules/limits.py", "engine/drive.py", "population/behaviour/act.py", "account.py", "random.py"]
)  # fmt: skip
def test_a_changed_rule_has_another_folder(changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = Path(simulator.__file__).parent
    copy = tmp_path / "simulator"
    shutil.copytree(sources, copy, ignore=shutil.ignore_patterns("__pycache__", "locale"))
    monkeypatch.setattr(version, "__file__", str(copy / "version.py"))
    assert version.rulebook_version.__wrapped__() == version.rulebook_version()
    with (copy / changed).open("a") as source:
        source.write("# another rule\n")
    assert version.rulebook_version.__wrapped__() != version.rulebook_version()


def test_a_number_that_does_not_fit_its_field_is_refused_by_name() -> None:
    assert run.as_records(Account(score=32_767))[0]["score"] == 32_767
    for row in (Account(score=32_768), Account(limit_fen=2**31), Shopper(pay_day=-129)):
        with pytest.raises(OverflowError, match=r"score|limit_fen|pay_day"):
            run.as_records(row)
    slot = Account()
    slot.orders[3].amount_fen = 2**31
    with pytest.raises(OverflowError, match="amount_fen"):
        run.as_records(slot)


@pytest.mark.slow
@pytest.mark.parametrize("width", [np.int8, np.int16, np.int32, np.int64])
@pytest.mark.parametrize(
    ("rule", "numbers"),
    [
        (arithmetic.share, (100, 120)),
        (arithmetic.ratio_ppm, (101, 7)),
        (arithmetic.round_half_up, (127, 2)),
        (streams.leaf, (127, 3, 5)),
        (streams.between, (127, -128, 127)),
    ],
)
def test_narrow_numbers_give_what_plain_ones_give(
    rule: Callable[..., int], numbers: tuple[int, ...], width: type
) -> None:
    """A product of two bytes is no byte: rules work in 64 bits whatever a field holds."""
    assert compiled(rule)(*(width(number) for number in numbers)) == rule(*numbers)


@pytest.mark.slow
def test_the_widest_fields_are_multiplied_without_loss() -> None:
    account = Account(late_rate_ppm=650, revolving_rate_ppm=500, statement_count=1)
    bill = account.statements[0]
    bill.due_day, bill.checked, bill.principal_fen, bill.asks_fen = 1, 1, 2_000_000_000, 1_000_000_000
    sum_up(account)
    record = policy()
    told = run.as_records(account)
    compiled(delinquency.accrue)(told[0], run.as_records(record)[0], np.int32(40), np.int16(365))
    delinquency.accrue(account, record, 40, 365)
    assert account.late_micro + account.revolving_micro > 2**47
    assert Account.load(told[0]) == account


@pytest.mark.slow
def test_one_rule_called_with_several_widths_and_with_defaults_is_one_rule() -> None:
    emit = RULES["simulator.rules.events.emit"]

    @numba.njit  # type: ignore[untyped-decorator]
    def tells(log: Any, ask: Any, month: Any) -> None:
        emit(log, 20, ask.day, ask.dom, month.season_ppm, topic=3)
        emit(log, ask.dom, 2_000_000_000, reasons=1 << 40)

    log = np.zeros(1, run.LOG)
    tells(log[0], run.as_records(Ask(day=900, dom=31))[0], run.as_records(Month(season_ppm=1_370_000))[0])
    plain = events.Log()
    events.emit(plain, 20, 900, 31, 1_370_000, topic=3)
    events.emit(plain, 31, 2_000_000_000, reasons=1 << 40)
    assert log[0]["count"] == 2
    assert log[0]["rows"][:2].tolist() == plain.rows[:2]


def test_the_busiest_day_has_room_for_its_news() -> None:
    """Every decision that anybody is told of, on one day: more than a day can bring."""
    log, books = events.Log(), blank_books()
    for kind in events.EVENTS:
        events.emit(log, kind, 30, 1)
    for listening in (0, 1):
        books.notes.listening = listening
        tally.keep(books, log, Account(), Shopper(), policy(), Ask(day=30, year=2025, month=1, dom=31, month_length=31))
        assert (books.notes.news_count > 6) == bool(listening)


def test_a_rule_takes_our_own_way_through_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Numba renames what `translation` replaces, compiling would silently take twice as long."""
    led = []
    monkeypatch.setattr(PassManager, "_runPass", lambda passes, index, one, state: led.append(state.func_id.func_name))
    rule = RuleDispatcher(arithmetic.floor_share)
    rule.get_call_template((int64, int64), {})
    assert list(rule.overloads) == [(int64, int64)]
    assert led == []

"""The runner: the newest question alone is answered to its end, on one thread, and faults are told."""

from __future__ import annotations

import threading
import time
from typing import Any

from textual.message import Message

from simulator.views.news import Item
from simulator.world import World
from tui.ending import see_them_end
from tui.lab_runner import Cancel, LabRunner, Tell
from tui.market_runner import Interrupted
from tui.news_reader import NewsReader


class Heard:
    """Collects what a runner posts."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.messages: list[Message] = []
        self.runner = LabRunner(self.messages.append)

    def answers(self) -> list[Any]:
        """What was told."""
        return [each.answer for each in self.messages if isinstance(each, LabRunner.Told)]


def test_jobs_are_done_in_order_on_one_thread() -> None:
    heard = Heard()
    threads = set()

    def job(name: str) -> Any:
        def do(tell: Tell, cancel: Cancel) -> None:
            threads.add(threading.get_ident())
            assert not cancel()
            tell(name)

        return do

    heard.runner.ask([job("first"), job("second")])
    assert heard.runner.idle.wait(10)
    heard.runner.ask([job("third")])
    assert heard.runner.idle.wait(10)
    assert heard.answers() == ["first", "second", "third"]
    assert [type(each).__name__ for each in heard.messages] == ["Told", "Told", "Done", "Told", "Done"]
    assert len(threads) == 1 and threading.get_ident() not in threads
    heard.runner.stop()


def test_a_newer_question_cancels_what_is_under_way_and_skips_what_waits() -> None:
    heard = Heard()
    begun, go_on = threading.Event(), threading.Event()
    cancelled = []

    def slow(tell: Tell, cancel: Cancel) -> None:
        tell("early")
        begun.set()
        assert go_on.wait(10)
        cancelled.append(cancel())
        tell("late")

    def never(tell: Tell, cancel: Cancel) -> None:
        raise AssertionError("a question that was overtaken is not begun")

    heard.runner.ask([slow, never])
    assert begun.wait(10)
    heard.runner.ask([never])
    heard.runner.ask([lambda tell, cancel: tell("newest")])
    go_on.set()
    assert heard.runner.idle.wait(10)
    assert cancelled == [True]
    assert heard.answers() == ["early", "newest"]
    heard.runner.stop()


def test_a_fault_is_told_and_the_next_question_is_answered() -> None:
    heard = Heard()

    def broken(tell: Tell, cancel: Cancel) -> None:
        raise ZeroDivisionError("a fault of ours")

    heard.runner.ask([broken])
    assert heard.runner.idle.wait(10)
    heard.runner.ask([lambda tell, cancel: tell("well")])
    assert heard.runner.idle.wait(10)
    assert [type(each).__name__ for each in heard.messages] == ["Failed", "Told", "Done"]
    heard.runner.stop()


def test_stopping_cancels_and_ends_the_thread() -> None:
    heard = Heard()
    begun = threading.Event()

    def waits(tell: Tell, cancel: Cancel) -> None:
        begun.set()
        while not cancel():
            pass
        tell("late")

    heard.runner.ask([waits])
    assert begun.wait(10)
    heard.runner.stop()
    assert heard.runner.idle.wait(10)
    see_them_end()
    assert heard.answers() == []
    assert not any(thread.name == "lab" for thread in threading.enumerate())


def test_who_stops_a_runner_does_not_wait_for_what_is_under_way() -> None:
    """On the loop a screen would stand still meanwhile."""
    heard = Heard()
    begun, go_on = threading.Event(), threading.Event()

    def deaf(tell: Tell, cancel: Cancel) -> None:
        begun.set()
        assert go_on.wait(10)
        tell("late")

    heard.runner.ask([deaf])
    assert begun.wait(10)
    before = time.monotonic()
    heard.runner.stop()
    assert time.monotonic() - before < 1 and not heard.runner.idle.is_set()
    go_on.set()
    assert heard.runner.idle.wait(10) and heard.answers() == []


def test_who_closes_a_reader_of_news_does_not_wait_for_the_life_it_reads() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow_life(_shopper: int) -> World:
        begun.set()
        assert go_on.wait(10)
        raise Interrupted

    reader = NewsReader(slow_life)
    assert reader.reason(Item(1, 0, 1, "limit_changed", 0, 0, -1)) is None
    assert begun.wait(10)
    before = time.monotonic()
    closing = threading.Thread(target=reader.close)
    closing.start()
    closing.join(1)
    assert not closing.is_alive() and time.monotonic() - before < 1
    go_on.set()
    see_them_end()
    assert not any(thread.name == "news" for thread in threading.enumerate())


def test_a_newer_answer_of_its_kind_takes_the_place_of_one_not_drawn() -> None:
    assert LabRunner.Told(2, 5).can_replace(LabRunner.Told(1, 3))
    assert not LabRunner.Told(2, 5).can_replace(LabRunner.Told(2, "another kind"))

"""The runner: the newest question alone is answered to its end, on one thread, and faults are told."""

from __future__ import annotations

import threading
from typing import Any

from textual.message import Message

from tui.lab_runner import Cancel, LabRunner, Tell


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
    assert heard.answers() == [] and heard.runner.idle.is_set()
    assert not any(thread.name == "lab" for thread in threading.enumerate())


def test_a_newer_answer_of_its_kind_takes_the_place_of_one_not_drawn() -> None:
    assert LabRunner.Told(2, 5).can_replace(LabRunner.Told(1, 3))
    assert not LabRunner.Told(2, 5).can_replace(LabRunner.Told(2, "another kind"))

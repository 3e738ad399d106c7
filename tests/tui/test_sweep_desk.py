"""The desk of sweeps: no word on what was given up comes after it was."""

from __future__ import annotations

import threading
from collections.abc import Callable

from textual.message import Message

from simulator.lab.recipe import Asked
from simulator.lab.setting import Setting
from simulator.policy.edit import Draft
from simulator.policy.load import load_policy
from tests.tui.sweeper_double import SweeperDouble
from tui.lab.sweep_desk import SweepDesk, Work
from tui.lab.sweep_plan import SweepPlan, axis_plan
from tui.lab_runner import LabRunner

STANDARD = load_policy("standard")


def asked() -> Asked:
    """A small sweep."""
    plan = SweepPlan([axis_plan(STANDARD, "minimum_ppm")], people=100, months=1)
    return plan.asked(Setting(champion=STANDARD), Draft(STANDARD))


def meanwhile(desk: SweepDesk, stage: str, do: Callable[[], object]) -> threading.Thread:
    """Do something on another thread just when the worker's first word on a stage is on its way."""
    on_the_way, done = threading.Event(), threading.Event()
    post = desk.runner._post

    def slow(message: Message) -> None:
        answer = message.answer if isinstance(message, LabRunner.Told) else None
        if isinstance(answer, Work) and answer.stage == stage and not on_the_way.is_set():
            on_the_way.set()
            done.wait(0.5)  # what is done either is done by then, or waits for the word
        post(message)

    def act() -> None:
        assert on_the_way.wait(10)
        do()
        done.set()

    desk.runner._post = slow
    thread = threading.Thread(target=act)
    thread.start()
    return thread


def test_a_sweep_stopped_while_a_word_on_it_is_on_its_way_stays_stopped() -> None:
    desk = SweepDesk(SweeperDouble())
    stopping = meanwhile(desk, "running", desk.stop)
    desk.run(asked())
    stopping.join(10)
    assert desk.runner.idle.wait(10)
    assert desk.work.stage == "stopped" and not desk.work.under_way
    desk.end()


def test_a_sweep_that_is_done_just_when_it_is_stopped_is_done() -> None:
    desk = SweepDesk(SweeperDouble())
    stopping = meanwhile(desk, "done", desk.stop)
    desk.run(asked())
    stopping.join(10)
    assert desk.runner.idle.wait(10)
    assert desk.work.stage == "done" and desk.work.found is not None
    desk.end()


def test_a_sweep_that_is_stopped_at_any_time_never_runs_on() -> None:
    desk = SweepDesk(SweeperDouble())
    for _time in range(30):
        desk.sweeper = SweeperDouble()
        desk.run(asked())
        desk.stop()
        assert desk.runner.idle.wait(10)
        assert desk.work.stage in ("stopped", "done")
    desk.end()

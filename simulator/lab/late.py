"""A late estimator: one that is there at once and gets ready behind the screens."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from simulator.compiled import LAB, is_compiled
from simulator.lab.answer import Answer, Brought
from simulator.lab.setting import Setting
from simulator.lab.twin import TwinLives
from simulator.policy.schema import Policy

if TYPE_CHECKING:
    from simulator.lab.estimator import MarketEstimator

STEP_SECONDS = 0.05
LOADING, COMPILING, READY, FAILED = "loading", "compiling", "ready", "failed"


class LateEstimator:
    """Asks a `MarketEstimator` once that is ready; `state` says how far it is."""

    def __init__(self, setting: Setting, shoppers: int) -> None:
        """Getting ready begins at once, on a thread of its own."""
        self.state = LOADING
        self.fault: Exception | None = None
        self._made: MarketEstimator | None = None
        self._closing = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._get_ready, args=(setting, shoppers), name="lab", daemon=True)
        self._thread.start()

    def _get_ready(self, setting: Setting, shoppers: int) -> None:
        try:
            from simulator.lab.estimator import MarketEstimator
            from simulator.lab.ready import make_ready, make_ready_apart

            if not is_compiled(LAB):
                self.state = COMPILING
                gc.freeze()  # what was loaded stays; looking through it again and again would hold up keys
                make_ready_apart(self._closing.is_set)
            if self._closing.is_set():
                return
            make_ready()
            self._made = MarketEstimator(setting, shoppers)
            _leave_what_is_loaded()
            self.state = READY
        except Exception as error:
            self.fault, self.state = error, FAILED
        finally:
            self._ready.set()

    def _wait(self, cancel: Callable[[], bool]) -> MarketEstimator | None:
        """The estimator once it is there; None where somebody stops waiting. Raises what went wrong."""
        while not self._ready.wait(STEP_SECONDS):
            if cancel():
                return None
        if self.fault is not None:
            raise self.fault
        return self._made

    @property
    def brought(self) -> Brought | None:
        """How far the people of the sample are; None where nobody is on the way."""
        return self._made.brought if self._made is not None else None

    def estimate(
        self, challenger: Policy, on_answer: Callable[[Answer], None], cancel: Callable[[], bool]
    ) -> None:
        """Answer again and again, each time over more shoppers, until done or `cancel` says so."""
        made = self._wait(cancel)
        if made is not None:
            made.estimate(challenger, on_answer, cancel)

    def lives(self, challenger: Policy, shopper: int) -> TwinLives | None:
        """One shopper's life under both policies, event by event; None where this is closed before it is ready."""
        made = self._wait(self._closing.is_set)
        return made.lives(challenger, shopper) if made is not None else None

    def close(self) -> None:
        """Stop getting ready, and end the threads."""
        self._closing.set()
        self._thread.join()
        if self._made is not None:
            self._made.close()


def _leave_what_is_loaded() -> None:
    """Keep the collector of garbage from looking through modules and compiled code again and again: that takes a
    tenth of a second each time, in which no key is answered.
    """
    gc.collect()
    gc.freeze()

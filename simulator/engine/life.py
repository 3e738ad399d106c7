"""Life: one shopper's life, lived step by step by the plain path of the rules, in memory."""

from __future__ import annotations

from simulator.engine.decode import Event
from simulator.engine.doing import HANDLERS
from simulator.engine.state import State
from simulator.steps import Step


class Life(State):
    """The state of one shopper under one lender, and what the shopper does."""

    def act(self, step: Step) -> list[Event]:
        """Do one checked step; its events, without seq."""
        return HANDLERS[step.do](self, step)  # type: ignore[attr-defined]

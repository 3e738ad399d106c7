"""From a policy value to what the slider slides over, and back."""

from __future__ import annotations

from typing import Any

from simulator.policy.edit import Draft
from simulator.policy.fields import Kind, policy_leaves
from simulator.policy.ranges import Range, allowed_range, position_of, range_of, value_at
from simulator.policy.written import choices_of, read_value, unit_text, value_text
from tui.widgets.slider import Track


class FieldTrack:
    """One value of a draft on a slider. A list has no positions of its own: those met get one each."""

    def __init__(self, draft: Draft, path: str) -> None:
        """The value as the draft has it now."""
        self.kind: Kind = policy_leaves()[path]
        self._met: list[Any] = []
        today, trial = self.position(draft.todays(path)), self.position(draft.value(path))
        self.start = trial
        self.range = Range(0, 0, 1, 1) if self.kind.item else range_of(self.kind, today, trial)
        allowed = allowed_range(draft.policy, path, self.kind)
        fixed = self.kind.item is not None
        self.track = Track(
            minimum=self.range.low,
            maximum=self.range.high,
            step=self.range.step,
            leap=self.range.leap,
            today=today,
            show=lambda position: value_text(self.kind, self.value(position)),
            read=lambda text: self.position(read_value(self.kind, text)),
            moved=lambda position, steps: position if fixed else self.range.moved(position, steps, allowed),
            unit=unit_text(self.kind),
            labels=tuple(value_text(self.kind, choice) for choice in choices_of(self.kind)),
        )

    def position(self, value: Any) -> int:
        """A value as the slider holds it."""
        if not self.kind.item:
            return position_of(self.kind, value)
        if value not in self._met:
            self._met.append(value)
        return self._met.index(value)

    def value(self, position: int) -> Any:
        """The value at a position."""
        return self._met[position] if self.kind.item else value_at(self.kind, position)

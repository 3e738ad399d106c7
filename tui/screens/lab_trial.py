"""The trial in the Lab: a value is chosen, moved by the slider or typed; changes are taken back and made again."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from simulator.policy.edit import differences
from simulator.policy.faults import PolicyError
from simulator.policy.schema import Policy
from simulator.policy.titles import leaf_title
from simulator.policy.written import value_text
from simulator.text import _, sentences
from tui.keys import keyed
from tui.lab.about import about_lines
from tui.lab.fields import FieldList
from tui.lab.track import FieldTrack
from tui.screens.lab_place import FIELDS_WIDTH, LabPlace
from tui.widgets.page import Page
from tui.widgets.slider import Slider

MOST_TOLD = 2
"""So many values that undo has changed are told."""


class LabTrial(LabPlace):
    """The slider and the values follow the trial, and the trial them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("shift+left", "leap(-1)", show=False, id="lab.much_less"),
        Binding("shift+right", "leap(1)", show=False, id="lab.much_more"),
        Binding("U", "redo", show=False, id="lab.redo"),
        Binding("backspace,delete", "field_back", show=False, id="lab.field_back"),
    ]

    def __init__(self) -> None:
        """No value is on the slider yet."""
        super().__init__()
        self.fault = ""
        self.field: FieldTrack | None = None

    def show_trial(self, opens: Callable[[], object]) -> None:
        """The slider, what it moves, the values; `opens` is the menu."""
        state = self.state
        self.field = FieldTrack(state.draft, state.path)
        if self.slider.typing is None:
            self.slider.show(self.field.track, self.field.start)
        about = self.query_one("#about", Page)
        lines = about_lines(state, self.fault, self.size.width - 2, opens)
        about.styles.height = len(lines)
        about.show(lines)
        self.fields.path = state.path
        state.opened = self.fields.opened
        self.fields.fill(state.draft, (FIELDS_WIDTH if self.broad else self.size.width) - 1)

    @property
    def settled(self) -> bool:
        """Whether the trial has what the slider says."""
        return self.field is not None and self.slider.value == self.field.position(self.draft.value(self.state.path))

    def take_slider(self, typed: bool = False) -> None:
        """What the slider says becomes the trial's value."""
        if self.field is None or self.settled:
            return
        self.fault = ""
        try:
            self.draft.set(self.state.path, self.field.value(self.slider.value), moving=not typed)
        except PolicyError as error:
            self.fault = sentences(*error.faults)
        self.show_moved()

    def show_moved(self) -> None:
        """The value has moved, by as much as a key a frame."""
        self.rebuild()

    def show_change(self) -> None:
        """The trial has changed in another way than by the slider."""
        self.fault = ""
        self.rebuild()

    @on(Slider.Changed)
    def slid(self, message: Slider.Changed) -> None:
        """The slider moved, or a value was typed."""
        self.take_slider(message.typed)

    @on(Slider.Refused)
    def refused(self, message: Slider.Refused) -> None:
        """What was typed cannot be: say why; the line stays to be mended."""
        self.fault = message.sentence
        self.rebuild()

    @on(Slider.Stopped)
    def stopped(self, message: Slider.Stopped) -> None:
        """The slider goes no further: say which rule it is."""
        self.take_slider()
        if self.field is not None and not self.field.track.labels:
            self.fault = self._why_not(message.beyond)
            self.rebuild()

    def _why_not(self, beyond: int) -> str:
        """Why a value past the end of the slider's way is not reached."""
        assert self.field is not None
        if self.field.kind.item is not None:
            return keyed(_("This is a list; {key_Enter} types it."), type(self))
        fault = self.draft.fault(self.state.path, self.field.value(beyond))
        return fault or keyed(_("The slider ends here; {key_Enter} types a value beyond it."), type(self))

    @on(Slider.Left)
    def typed(self) -> None:
        """Typing is over, and what was said of it; back to the pane."""
        self.fault = ""
        self.take_slider(typed=True)
        self._place_focus()
        self.rebuild()

    @on(Slider.Dropped)
    def dropped(self) -> None:
        """What was typed is left where the cursor went elsewhere, and what was said of it."""
        self.show_change()

    @on(FieldList.Nudged)
    def nudged(self, message: FieldList.Nudged) -> None:
        """Left or right among the values."""
        self.slider.move(message.by)

    @on(Page.Sideways)
    def sideways(self, message: Page.Sideways) -> None:
        """Left or right in the answer."""
        self.slider.move(message.by)

    def action_leap(self, way: int) -> None:
        """A larger step."""
        self.slider.action_leap(way)

    @on(FieldList.Wanted)
    def begin_to_type(self) -> None:
        """Enter on a value: type it."""
        self.slider.write()

    @on(FieldList.Picked)
    def picked(self, message: FieldList.Picked) -> None:
        """Another value under the cursor; what the slider still says belongs to the one before."""
        self.take_slider()
        self.state.path = message.path or self.state.path
        self.fault = ""
        self.rebuild()

    def take_back(self) -> None:
        """Take the last change back, and say which."""
        before = self.draft.policy
        if self.draft.undo():
            self._say_moved(_("Taken back: {changes}"), before)

    def action_redo(self) -> None:
        """Make again what was taken back."""
        before = self.draft.policy
        if self.draft.redo():
            self._say_moved(_("Made again: {changes}"), before)

    def _say_moved(self, told: str, before: Policy) -> None:
        """Say what undo or redo has changed, and put the cursor there."""
        moved = differences(before, self.draft.policy)
        changes = [
            _("{title} {before} to {after}").format(
                title=leaf_title(each.path), before=value_text(each.kind, each.before), after=value_text(each.kind, each.after)
            )
            for each in moved[:MOST_TOLD]
        ]
        if more := len(moved) - len(changes):
            changes.append(_("{count} more").format(count=more))
        self.game.tell(told.format(changes=_("; ").join(changes)))
        if moved and self.state.path not in [each.path for each in moved]:
            self.end_finding()
            self.state.path = moved[0].path
            self.fields.reveal(self.state.path)
        self.show_change()

    def action_field_back(self) -> None:
        """This value back to today's."""
        try:
            changed = self.draft.reset(self.state.path)
        except PolicyError as error:
            self.fault = sentences(*error.faults)
            self.rebuild()
        else:
            if changed:
                self.show_change()

"""The Lab's room: the slider above, the policy's values and the answer below, side by side where there is space.

At 80 columns one pane is seen at a time, the one that has the cursor; below the values stands then what is moved most.
"""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from simulator.lab.answer import Estimator
from simulator.policy.edit import Draft
from simulator.text import _
from tui.lab.fields import FieldList, best_of, meant_more
from tui.lab.state import LabState
from tui.screens.base import WIDE, GameScreen
from tui.widgets.page import Page
from tui.widgets.slider import Slider

FIELDS_WIDTH = 44


class LabPlace(GameScreen):
    """Panes, and finding a value in them."""

    DEFAULT_CSS = """
    LabPlace #about, LabPlace #views { height: 1; }
    LabPlace #pane { width: 1fr; display: none; }
    LabPlace #results { width: 1fr; }
    LabPlace #main { height: 1fr; }
    LabPlace #fields { height: 1fr; }
    LabPlace #find { display: none; height: 1; border: none; padding: 0 1; background: $panel; color: $ink; }
    LabPlace.finding #find { display: block; }
    LabPlace.choosing #pane { display: block; }
    LabPlace.choosing #results { display: none; }
    LabPlace.broad #pane { display: block; width: 45; margin-right: 1; }
    LabPlace.broad #results { display: block; }
    LabPlace.broad #effect { display: none; }
    LabPlace.broad #views { padding-left: 1; }
    LabPlace.broad #fields, LabPlace.broad #main { border-left: blank $background; }
    LabPlace.broad #fields:focus, LabPlace.broad #main:focus { border-left: ascii $accent; }
    """

    STOPS_ON_TOP: ClassVar[bool] = False

    @property
    def state(self) -> LabState:
        """What the Lab remembers of this world."""
        return self.game.lab_state()

    @property
    def draft(self) -> Draft:
        """The trial policy."""
        return self.state.draft

    @property
    def estimator(self) -> Estimator | None:
        """Who can be asked of the market."""
        return self.game.open_estimator(self.draft.today, self.state.timeline)

    def compose(self) -> ComposeResult:
        """The slider and what it moves; the values; the answer."""
        for name in ("glance", "rule", "title"):
            yield Page(id=name)
        yield Slider(id="slider")
        yield Page(id="about")
        with Horizontal(id="body"):
            with Vertical(id="pane"):
                yield Input(id="find")
                yield FieldList(id="fields")
                yield Page(id="effect")
            with Vertical(id="results"):
                yield Page(id="views")
                yield Page(id="main", sideways=True)
        yield Page(id="keys")

    def on_mount(self) -> None:
        """One line each for what heads the panes; the values have the cursor where both are seen."""
        super().on_mount()
        for name in ("about", "views", "effect"):
            page = self.query_one(f"#{name}", Page)
            page.can_focus = False
            page.show_vertical_scrollbar = False
            page.styles.scrollbar_size_vertical = 0
        self.fields.reveal(self.state.path)
        self.fields.opened |= self.state.opened
        self.call_after_refresh(self._place_focus)

    @property
    def fields(self) -> FieldList:
        """The tree of values."""
        return self.query_one(FieldList)

    @property
    def slider(self) -> Slider:
        """The slider."""
        return self.query_one(Slider)

    @property
    def broad(self) -> bool:
        """Whether values and answer stand side by side."""
        return self.size.width >= WIDE

    def main_width(self, width: int, wide: bool) -> int:
        """The answer has what the values leave."""
        return width - FIELDS_WIDTH - 4 if self.broad else width - 1

    def _place_focus(self) -> None:
        (self.fields if self.broad else self.query_one("#main", Page)).focus()

    def on_descendant_focus(self) -> None:
        """At 80 columns the pane that has the cursor is the one that is seen."""
        inside = self.focused is not None and self.focused.id in ("fields", "find")
        if self.focused is not self.slider:
            self.set_class(inside and not self.broad, "choosing")

    def rebuild(self) -> None:
        """As many panes as have room."""
        if not self.is_up:
            return
        self.set_class(self.broad, "broad")
        self.remove_class("choosing") if self.broad else self.on_descendant_focus()
        super().rebuild()

    def action_other_pane(self) -> None:
        """Between the values and the answer; the slider moves from both."""
        if self.broad:
            (self.query_one("#main", Page) if self.focused is self.fields else self.fields).focus()
        elif self.has_class("choosing"):
            self.remove_class("choosing")
            self.query_one("#main", Page).focus()
        else:
            self.add_class("choosing")
            self.fields.focus()

    def begin_to_find(self) -> None:
        """Words to find values by."""
        self.add_class("finding")
        find = self.query_one("#find", Input)
        find.placeholder = _("part of a value's name or meaning")
        find.focus()

    @on(Input.Changed)
    def find_changed(self, event: Input.Changed) -> None:
        """Only what holds the words is listed."""
        self.fields.find = event.value
        self.rebuild()

    @on(Input.Submitted)
    def find_done(self) -> None:
        """To the one that is called so, else to the first that was found."""
        entries, find, here = self.fields.entries, self.fields.find, self.state.path
        found = [entry.path for entry in entries if entry.path]
        self.fields.focus()
        if not found:
            return
        best = best_of(find, found)
        if here not in found or meant_more(find, best, here):
            self.fields.move_to(next(place for place, entry in enumerate(entries) if entry.path == best))

    def end_finding(self) -> None:
        """All values are listed again, the one under the cursor in sight."""
        self.remove_class("finding")
        self.query_one("#find", Input).value = ""
        self.fields.find = ""
        self.fields.reveal(self.state.path)

    def action_back(self) -> None:
        """Out of finding, else up one."""
        if self.has_class("finding"):
            self.end_finding()
            self.fields.focus()
            self.rebuild()
            return
        super().action_back()

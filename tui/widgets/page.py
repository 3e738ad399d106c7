"""Page: a scrolling sheet of cells with a cursor that stops at figures and actions.

Every row is drawn exactly as wide as the page. The cursor moves with the arrows, Enter does what
the cell under it does, a click moves there and a second one does it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

from tui.themes import ANSI, ROLES
from tui.widgets.cells import ACTION, CURSOR, Cell, Line
from tui.widgets.shades import SHADES, ink_on

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
LETTERS += LETTERS.upper()
"""Checkout alone has some thirty figures to mark."""


@dataclass(frozen=True)
class Stop:
    """Where the cursor can stand."""

    line: int
    start: int
    width: int
    cell: Cell


class PlainBar(ScrollBarRender):
    """A scroll bar of painted spaces: terminals differ on how wide a half block is."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8


ScrollBar.renderer = PlainBar


class Page(ScrollView, can_focus=True):
    """A sheet of lines."""

    DEFAULT_CSS = """
    Page { background: $background; color: $ink; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0;
           scrollbar-color: $line; scrollbar-background: $background; overflow-x: hidden; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False, id="page.down"),
        Binding("up", "move(-1)", show=False, id="page.up"),
        Binding("right", "step(1)", show=False, id="page.right"),
        Binding("left", "step(-1)", show=False, id="page.left"),
        Binding("pagedown", "leap(1)", show=False, id="page.page_down"),
        Binding("pageup", "leap(-1)", show=False, id="page.page_up"),
        Binding("home", "edge(0)", show=False, id="page.first"),
        Binding("end", "edge(-1)", show=False, id="page.last"),
        Binding("enter", "choose", show=False, id="page.choose"),
    ]

    still = reactive(0)
    """So many lines on top stay in view however far the rest is scrolled."""

    class LettersGone(Message):
        """The letters that marked figures have been taken away."""

    class Asked(Message):
        """The person asks why of a figure."""

        def __init__(self, figure: str, page: Page) -> None:
            """The figure's name, and the page that it stands on."""
            super().__init__()
            self.figure, self.page = figure, page

    class Moved(Message):
        """The cursor stands on another cell."""

        def __init__(self, text: str) -> None:
            """The cell's text, without its padding."""
            super().__init__()
            self.text = text

    class Failed(Message):
        """What a cell does went wrong."""

        def __init__(self, error: Exception) -> None:
            """The fault."""
            super().__init__()
            self.error = error

    class Sideways(Message):
        """Left or right was pressed where there is nothing to step to."""

        def __init__(self, by: int) -> None:
            """-1 or 1."""
            super().__init__()
            self.by = by

    def __init__(self, id: str | None = None, sideways: bool = False) -> None:
        """An empty page; `sideways` leaves left and right to the screen."""
        super().__init__(id=id)
        self.lines: list[Line] = []
        self.stops: list[Stop] = []
        self.cursor = -1
        self.letters: dict[str, Stop] = {}
        self.sideways = sideways
        self._styles: dict[tuple[str, bool], Style] = {}
        self._styled_for = ""
        self._high = 0
        """Rows of the page when it was laid out last."""
        self.looks_first = False
        """Whether a click only moves the cursor to an action, and a second one does it."""

    def show(self, lines: Sequence[Line]) -> None:
        """Put new lines on the page; the cursor stays where it was if it can."""
        kept, before, shown, marked = self.current, self.cursor, self.lines, bool(self.letters)
        self.lines = list(lines)
        self.stops = _stops(self.lines)
        self.cursor = self._place_of(kept, before)
        self.letters = {}
        self.virtual_size = Size(self.size.width, len(self.lines))
        if marked or len(shown) != len(self.lines):
            self.refresh()
            return
        changed = {place for place, line in enumerate(self.lines) if line != shown[place]}
        if self.current != kept:
            changed |= {stop.line for stop in (kept, self.current) if stop is not None}
        self._draw_again(changed)

    def _draw_again(self, changed: Set[int]) -> None:
        """Draw those lines alone: most of a screen stays as it was from one look to the next."""
        below = self.scroll_offset.y
        rows = [number if number < self.still else number - below for number in sorted(changed)]
        seen = [Region(0, row, self.size.width, 1) for row in rows if 0 <= row < self.size.height]
        if seen:
            self.refresh(*seen)

    def _place_of(self, kept: Stop | None, before: int) -> int:
        if kept is not None:
            for place, stop in enumerate(self.stops):
                same = stop.cell.figure == kept.cell.figure and stop.cell.text == kept.cell.text
                if same and stop.line == kept.line:
                    return place
        return min(before, len(self.stops) - 1) if before >= 0 else self._first_action()

    def _first_action(self) -> int:
        """The first thing to do; the first figure where nothing can be done."""
        return next((place for place, stop in enumerate(self.stops) if stop.cell.action), 0 if self.stops else -1)

    @property
    def current(self) -> Stop | None:
        """Where the cursor is."""
        return self.stops[self.cursor] if 0 <= self.cursor < len(self.stops) else None

    def on_resize(self) -> None:
        """The sheet is as wide as the page; the cursor stays in sight where rows below are taken away."""
        self.virtual_size = Size(self.size.width, len(self.lines))
        here, top, high = self.current, self.scroll_offset.y, self.size.height
        if here is not None and top + high <= here.line < top + self._high:
            self.scroll_to(y=here.line - high + 1, animate=False)
        self._high = high

    def render_line(self, y: int) -> Strip:
        """One row, padded to the page's width."""
        number = self._line_at(y)
        width = self.size.width
        base = self._style("ink")
        if number >= len(self.lines):
            return Strip([Segment(" " * width, base)], width)
        segments: list[Segment] = []
        start = 0
        for cell in self.lines[number]:
            text = cell.fitted()
            if cell.is_mark and not self._is_here(number, start + cell_len(text)):
                text = text.replace(CURSOR, ACTION)
            segments += self._drawn(cell, text, number, start)
            start += cell_len(text)
        strip = Strip(segments).adjust_cell_length(width, base)
        return self._lettered(strip, number) if self.letters else strip

    def _line_at(self, y: int) -> int:
        """The line that stands in a row of the page."""
        return y if y < self.still else y + self.scroll_offset.y

    def _drawn(self, cell: Cell, text: str, line: int, start: int) -> list[Segment]:
        """A cell's text between its padding; a picture keeps each where it stands."""
        style = self._style(cell.role, cell.bold)
        if cell.filled:
            return [Segment(text, Style(color=style.color, bgcolor=style.color))]
        if self._is_here(line, start):
            style += Style(reverse=True)
        plain = self._style("ink")
        if cell.shade is not None:
            style = plain = self._shaded(cell.shade, self._is_here(line, start))
        core = text.strip(" ")
        before = text[: len(text) - len(text.lstrip(" "))] if core else text
        after = text[len(before) + len(core) :]
        return [Segment(before, plain), Segment(core, style), Segment(after, plain)]

    def _lettered(self, strip: Strip, line: int) -> Strip:
        """A row with the letters of its figures, each in the blank before its figure or else in the one after: a
        letter covers no text.
        """
        style = self._style("accent", True) + Style(reverse=True)
        places = _letter_places(strip.text, {letter: stop for letter, stop in self.letters.items() if stop.line == line})
        for place, letter in places.items():
            parts = [strip.crop(0, place), Strip([Segment(letter, style)], 1), strip.crop(place + 1)]
            strip = Strip.join(parts)
        return strip

    def _is_here(self, line: int, start: int) -> bool:
        here = self.current
        return here is not None and here.line == line and here.start == start and self.has_focus

    def _shaded(self, step: int, here: bool) -> Style:
        """A step's colours, where the theme has colours of its own; the cursor stands out from every step."""
        if here:
            return self._style("ink", True) + Style(reverse=True)
        if self.app.theme in ANSI:
            return self._style("ink")
        return Style(color=ink_on(step), bgcolor=SHADES[step])

    def notify_style_update(self) -> None:
        """The page may stand on another colour now."""
        self._styles = {}
        super().notify_style_update()

    def _style(self, role: str, bold: bool = False) -> Style:
        """A role's colours, made once: to ask the toolkit for each cell costs more than to draw it."""
        if self._styled_for != self.app.theme:
            self._styles, self._styled_for = {}, self.app.theme
        found = self._styles.get((role, bold))
        if found is None:
            ink = Color.parse(self.app.theme_variables[role if role in ROLES else "ink"])
            below = self.background_colors[1].rich_color
            found = self._styles[role, bold] = Style(color=ink.rich_color, bgcolor=below, bold=bold)
        return found

    def move_to(self, place: int) -> None:
        """Put the cursor on a stop and show it."""
        if self.stops:
            self.cursor = max(0, min(len(self.stops) - 1, place))
            stop = self.stops[self.cursor]
            if stop.line >= self.still:
                self.scroll_to_region(Region(0, stop.line - self.still, 1, self.still + 1), animate=False)
            if stop.line == self.stops[0].line:
                self.scroll_to(y=0, animate=False)
            self.refresh()
            self.post_message(self.Moved(stop.cell.text.strip()))

    def begin(self) -> None:
        """Put the cursor on the first thing to do, and show the first line."""
        self.move_to(self._first_action())
        self.scroll_to(y=0, animate=False)

    def action_move(self, by: int) -> None:
        """To the next line that has a stop, or scroll where there is none."""
        here = self.current
        if here is None:
            self.scroll_relative(y=by, animate=False)
            return
        ahead = self.stops[self.cursor + 1 :] if by > 0 else list(reversed(self.stops[: self.cursor]))
        lines = [stop for stop in ahead if stop.line != here.line]
        if not lines:
            self.scroll_relative(y=by * 3, animate=False)
            return
        row = [stop for stop in lines if stop.line == lines[0].line]
        nearest = min(row, key=lambda stop: abs(stop.start - here.start))
        self.move_to(self.stops.index(nearest))

    def action_step(self, by: int) -> None:
        """To the stop beside, on this line; else the screen may use the key."""
        here = self.current
        place = self.cursor + by
        beside = here is not None and 0 <= place < len(self.stops) and self.stops[place].line == here.line
        if beside:
            self.move_to(place)
        else:
            self.post_message(self.Sideways(by))

    def action_leap(self, by: int) -> None:
        """A page up or down."""
        self.scroll_relative(y=by * max(1, self.size.height - self.still - 2), animate=False)

    def action_edge(self, place: int) -> None:
        """To the first or last stop, and to the first or last line."""
        if self.stops:
            self.move_to(place if place >= 0 else len(self.stops) - 1)
        if not self.stops or place < 0:
            self.scroll_to(y=0 if place >= 0 else len(self.lines), animate=False)

    def action_choose(self) -> None:
        """Do what the cell under the cursor does; a figure without an action explains itself."""
        here = self.current
        if here is None:
            return
        if here.cell.action is not None:
            try:
                here.cell.action()
            except Exception as error:
                self.post_message(self.Failed(error))
        elif here.cell.figure is not None:
            self.post_message(self.Asked(here.cell.figure, self))

    def ask_why(self) -> bool:
        """Explain the figure under the cursor; False if there is none."""
        here = self.current
        if here is not None and here.cell.figure is not None and self.has_focus:
            self.post_message(self.Asked(here.cell.figure, self))
            return True
        return False

    def shown_figures(self) -> list[Stop]:
        """The figures that can be seen now."""
        seen = {self._line_at(y) for y in range(self.size.height)}
        return [stop for stop in self.stops if stop.cell.figure and stop.line in seen]

    def on_key(self, event: events.Key) -> None:
        """While letters are shown, a letter explains its figure and anything else takes them away."""
        hear_letter(self.screen, event)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the cell clicked; an action, or a figure clicked twice, is done."""
        at = event.get_content_offset(self)
        if at is None:
            return
        line = self._line_at(at.y)
        for place, stop in enumerate(self.stops):
            if stop.line == line and stop.start <= at.x < stop.start + stop.width:
                again = place == self.cursor
                if self.looks_first:
                    self.move_to(place)
                else:
                    self.cursor = place
                    self.refresh()
                if again or (stop.cell.action is not None and not self.looks_first):
                    self.action_choose()
                return


def _stops(lines: Sequence[Line]) -> list[Stop]:
    found = []
    for number, line in enumerate(lines):
        start = 0
        for cell in line:
            width = cell_len(cell.fitted())
            if cell.focusable:
                found.append(Stop(number, start, width, cell))
            start += width
    return found


def _letter_places(row: str, marked: Mapping[str, Stop]) -> dict[int, str]:
    """In which cell of a row each letter stands; one that has no blank beside its figure stands nowhere."""
    cells = [part for each in row for part in (each, *[""] * (cell_len(each) - 1))]
    found: dict[int, str] = {}
    for letter, stop in sorted(marked.items(), key=lambda each: each[1].start):
        text = stop.cell.fitted()
        first = stop.start + len(text) - len(text.lstrip(" "))
        after = first + cell_len(text.strip(" "))
        free = [place for place in (first - 1, after) if 0 <= place < len(cells) and cells[place] == " " and place not in found]
        if free and text.strip():
            found[free[0]] = letter
    return found


def hear_letter(screen: Screen[Any], event: events.Key) -> None:
    """Where letters are shown on a screen's pages, explain the figure of this one and take all away."""
    pages = [page for page in screen.query(Page) if page.letters]
    if not pages:
        return
    event.stop()
    event.prevent_default()
    for page in pages:
        stop = page.letters.get(event.key)
        if stop is not None and stop.cell.figure is not None:
            page.post_message(Page.Asked(stop.cell.figure, page))
    for page in pages:
        page.letters = {}
        page.refresh()
    pages[0].post_message(Page.LettersGone())

"""Table: rows of arrays behind a header, drawn as they come into sight; a million of them scroll as ten do.

The table holds an *order*, an array of row numbers: sorting and filtering make a new order elsewhere and
give it here. A column says how a row's cell looks; where there is a lot to say, each row has a second line. Every
row is drawn exactly as wide as the table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.themes import ROLES
from tui.widgets.cells import LEFT, Cell
from tui.widgets.page import Page, hear_letter

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEADER = 1


@dataclass(frozen=True)
class Column:
    """A column: its key, title, width in cells, and the cell of a row."""

    key: str
    title: str
    width: int
    cell: Callable[[int], Cell]
    align: str = LEFT


@dataclass(frozen=True)
class Under:
    """A second line of each row: the cell that it begins in, and what it says of a row."""

    start: int
    cell: Callable[[int], Cell]


class Table(ScrollView, can_focus=True):
    """Rows of a source by an order, with a header that stays and a cursor on a row and a column."""

    DEFAULT_CSS = """
    Table { background: $background; color: $ink; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0;
            scrollbar-color: $line; scrollbar-background: $background; overflow-x: hidden; overflow-y: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False, id="table.down"),
        Binding("up", "move(-1)", show=False, id="table.up"),
        Binding("right", "step(1)", show=False, id="table.right"),
        Binding("left", "step(-1)", show=False, id="table.left"),
        Binding("pagedown", "leap(1)", show=False, id="table.page_down"),
        Binding("pageup", "leap(-1)", show=False, id="table.page_up"),
        Binding("home", "edge(0)", show=False, id="table.first"),
        Binding("end", "edge(-1)", show=False, id="table.last"),
        Binding("enter", "choose", show=False, id="table.choose"),
    ]

    @dataclass
    class Chosen(Message):
        """Enter, or a second click, on a row."""

        row: int

    @dataclass
    class SortAsked(Message):
        """The person wants the table sorted by a column."""

        key: str

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        row: int

    def __init__(self, id: str | None = None, sideways: bool = False) -> None:
        """An empty table; `sideways` leaves left and right to the screen."""
        super().__init__(id=id)
        self.sideways = sideways
        self.columns: list[Column] = []
        self.under: Under | None = None
        self.order: NDArray[Any] | Sequence[int] = ()
        self.empty = ""
        self.cursor = 0
        self.column = 0
        self.sorted_by, self.descending = "", False
        self.faded = False
        self._styles: dict[tuple[str, bool, bool], Style] = {}
        self._styled_for = ""

    # Content

    def show(
        self,
        columns: Sequence[Column],
        order: NDArray[Any] | Sequence[int],
        sorted_by: str = "",
        descending: bool = False,
        empty: str = "",
        stays_on_top: bool = False,
        under: Under | None = None,
        faded: bool = False,
    ) -> None:
        """Put rows on the table; the cursor stays on its row if that is still there, or on top if it is told to.

        Rows that are not what was asked for are `faded`: in one quiet colour.
        """
        kept = None if stays_on_top and self.cursor == 0 else self.row
        self.columns, self.order, self.empty, self.under = list(columns), order, empty, under
        self.sorted_by, self.descending, self.faded = sorted_by, descending, faded
        self.column = min(self.column, max(0, len(self.columns) - 1))
        self.cursor = max(0, min(_place_of(order, kept, self.cursor), len(order) - 1))
        self._resized()
        self._bring_into_sight()
        self.refresh()

    @property
    def row(self) -> int | None:
        """The row under the cursor, as the source numbers it."""
        return int(self.order[self.cursor]) if 0 <= self.cursor < len(self.order) else None

    @property
    def sort_key(self) -> str:
        """The column under the cursor."""
        return self.columns[self.column].key if self.columns else ""

    def on_resize(self) -> None:
        """The rows are as wide as the table."""
        self._resized()
        self._bring_into_sight()

    def _resized(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.order) * self._each + HEADER)

    @property
    def _each(self) -> int:
        """Lines of a row."""
        return 1 if self.under is None else 2

    # Drawing

    def render_line(self, y: int) -> Strip:
        """The header, a row, or what is said where there is none."""
        base = self._style("ink")
        if y < HEADER:
            return self._fitted(self._header(), base)
        place, line = divmod(self.scroll_offset.y + y - HEADER, self._each)
        if place >= len(self.order):
            said = self.empty if place == line == 0 else ""
            return self._fitted([Segment("  " + said, self._style("muted"))], base)
        return self._fitted(self._second(place, self.under) if line and self.under else self._row(place), base)

    def _fitted(self, segments: list[Segment], base: Style) -> Strip:
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _header(self) -> list[Segment]:
        segments = [Segment("  ", self._style("ink"))]
        for number, column in enumerate(self.columns):
            mark = ("v" if self.descending else "^") if column.key == self.sorted_by else ""
            here = number == self.column and self.has_focus and not self.sideways
            title = set_cell_size(column.title, min(cell_len(column.title), column.width - len(mark)))
            text = Cell(title + mark, column.width, column.align).fitted()
            segments.append(Segment(text, self._style("accent" if here else "muted", here or bool(mark))))
            segments.append(Segment(" ", self._style("ink")))
        return segments

    def _row(self, place: int) -> list[Segment]:
        here = place == self.cursor
        segments = [Segment("> " if here and self.has_focus else "  ", self._style("accent", here))]
        row = int(self.order[place])
        for column in self.columns:
            cell = column.cell(row)
            text = Cell(cell.text, column.width, column.align).fitted()
            role = "muted" if self.faded else cell.role
            segments.append(Segment(text, self._style(role, here or cell.bold, here and self.has_focus)))
            segments.append(Segment(" ", self._style("ink", False, here and self.has_focus)))
        return segments

    def _second(self, place: int, under: Under) -> list[Segment]:
        marked = place == self.cursor and self.has_focus
        cell = under.cell(int(self.order[place]))
        text = Cell(cell.text, max(1, self.size.width - under.start)).fitted()
        return [
            Segment(" " * under.start, self._style("ink", False, marked)),
            Segment(text, self._style("muted" if self.faded else cell.role, False, marked)),
        ]

    def _style(self, role: str, bold: bool = False, marked: bool = False) -> Style:
        """A role's colours, made once for a theme; the marked row stands on the panel's."""
        if self._styled_for != self.app.theme:
            self._styles, self._styled_for = {}, self.app.theme
        key = (role, bold, marked)
        if key not in self._styles:
            ink = Color.parse(self.app.theme_variables[role if role in ROLES else "ink"])
            below = Color.parse(self.app.theme_variables["panel"]) if marked else self.background_colors[1]
            self._styles[key] = Style(color=ink.rich_color, bgcolor=below.rich_color, bold=bold)
        return self._styles[key]

    # Moving

    def move_to(self, place: int) -> None:
        """Put the cursor on a row and show it."""
        if not len(self.order):
            return
        self.cursor = max(0, min(len(self.order) - 1, place))
        self._bring_into_sight()
        self.refresh()
        self.post_message(self.Moved(int(self.order[self.cursor])))

    def _bring_into_sight(self) -> None:
        rows = max(1, self.size.height - HEADER)
        top, first = self.scroll_offset.y, self.cursor * self._each
        last = first + self._each - 1
        if first < top:
            self.scroll_to(y=first, animate=False, force=True)
        elif last > top + rows - 1:
            self.scroll_to(y=last - rows + 1, animate=False, force=True)

    def action_move(self, by: int) -> None:
        """Up or down a row."""
        self.move_to(self.cursor + by)

    def action_leap(self, by: int) -> None:
        """Up or down a page."""
        self.move_to(self.cursor + by * max(1, (self.size.height - HEADER) // self._each - 1))

    def action_edge(self, place: int) -> None:
        """To the first or the last row."""
        self.move_to(place if place >= 0 else len(self.order) - 1)

    def action_step(self, by: int) -> None:
        """To the column beside, which `o` sorts by; where nothing is sorted the screen may use the key."""
        if self.sideways:
            self.post_message(Page.Sideways(by))
        elif self.columns:
            self.column = max(0, min(len(self.columns) - 1, self.column + by))
            self.refresh()

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.row is not None:
            self.post_message(self.Chosen(self.row))

    def row_text(self) -> str:
        """The row under the cursor as text, cells apart by two spaces."""
        row = self.row
        if row is None:
            return ""
        cells = [column.cell for column in self.columns] + ([self.under.cell] if self.under else [])
        return "  ".join(cell(row).text.strip() for cell in cells)

    def on_key(self, event: events.Key) -> None:
        """A letter that stands on a figure beside the table asks about it."""
        hear_letter(self.screen, event)

    def on_click(self, event: events.Click) -> None:
        """A header sorts; a row gets the cursor, and a second click chooses it."""
        at = event.get_content_offset(self)
        if at is None:
            return
        if at.y < HEADER:
            self._click_header(at.x)
            return
        place = (self.scroll_offset.y + at.y - HEADER) // self._each
        if place < len(self.order):
            again = place == self.cursor
            self.move_to(place)
            if again:
                self.action_choose()

    def _click_header(self, x: int) -> None:
        start = 2
        for number, column in enumerate(self.columns):
            if start <= x < start + column.width + 1:
                self.column = number
                self.post_message(self.SortAsked(column.key))
                return
            start += column.width + 1


def _place_of(order: Any, row: int | None, before: int) -> int:
    """Where a row stands in an order; where the cursor was if it is not there."""
    if row is None or not len(order):
        return before
    if 0 <= before < len(order) and int(order[before]) == row:
        return before
    if hasattr(order, "nonzero"):
        found = (order == row).nonzero()[0]
        return int(found[0]) if len(found) else before
    return list(order).index(row) if row in order else before

"""Results of a sweep: the figures that can be seen, the picture, and the policy under the cursor told below it."""

from __future__ import annotations

from functools import partial

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from simulator.lab.measures import measure
from simulator.lab.swept import Outcome, Sweep
from simulator.text import _
from tui.lab.sweep_picture import Looks, picture
from tui.lab.sweep_words import FIGURES, todays, told_lines
from tui.widgets.cells import Cell, Line, words, wrapped
from tui.widgets.page import Page

BEST = len(FIGURES)
"""The place of the best policies behind the figures."""
TOLD_ROWS, FEW_TOLD_ROWS, TALL = 4, 3, 30
LEAST_ROWS = 8
PREFIX = "sweep:"


class SweepResults(Vertical):
    """Figures, picture, and what is told of the policy under the cursor."""

    DEFAULT_CSS = """
    SweepResults #figures, SweepResults #told { height: 1; }
    SweepResults #main { height: 1fr; }
    """

    class Wanted(Message):
        """A key or a click asks for another figure; `place` counts them, the best policies are last."""

        def __init__(self, place: int) -> None:
            """Which."""
            super().__init__()
            self.place = place

    class Taken(Message):
        """Enter on a policy."""

        def __init__(self, number: int) -> None:
            """Its number."""
            super().__init__()
            self.number = number

    def __init__(self, id: str | None = None) -> None:
        """Nothing is known."""
        super().__init__(id=id)
        self.found: Sweep | None = None
        self.looks = Looks()
        self.at: int | None = None
        self.room, self.broad, self.plain = 0, False, False

    def compose(self) -> ComposeResult:
        """Three pages, of which the picture has the cursor."""
        for name in ("figures", "main", "told"):
            yield Page(id=name)

    def on_mount(self) -> None:
        """A click on the picture looks first."""
        for name in ("figures", "told"):
            page = self.query_one(f"#{name}", Page)
            page.can_focus = False
            page.show_vertical_scrollbar = False
            page.styles.scrollbar_size_vertical = 0
        self.main.looks_first = True

    @property
    def main(self) -> Page:
        """The picture."""
        return self.query_one("#main", Page)

    def show(self, found: Sweep | None, looks: Looks, empty: str, room: int, broad: bool, plain: bool) -> None:
        """Draw what is known; `empty` is said where nothing is."""
        self.found, self.looks, self.room, self.broad, self.plain = found, looks, room, broad, plain
        figures = self.query_one("#figures", Page)
        lines = self._figures()
        figures.styles.height = len(lines) if found is not None else 0
        figures.show(lines)
        if found is None:
            self.main.show(wrapped(empty, room, "muted"))
        else:
            self.at = self._known(found)
            self.main.show(self._picture(found))
            self._stand()
        self._show_told()

    def _figures(self) -> list[Line]:
        """What can be seen, each with its key; what is seen stands out. In a large window all have their names, on more
        lines where one has no room; in a small one the one that is seen, and others as far as they go.
        """
        names = [*(measure(name).title for name in FIGURES), _("Best")]
        here = BEST if self.looks.best else FIGURES.index(self.looks.figure)
        if self.broad:
            return self._folded(self._keys(names, here, set(range(len(names)))))
        return [self._keys(names, here, self._named(names, here))]

    def _folded(self, keys: Line) -> list[Line]:
        """The keys on as many lines as they need; behind each stands a gap."""
        lines: list[Line] = [[]]
        for key, gap in zip(keys[::2], keys[1::2], strict=True):
            if lines[-1] and sum(cell_len(cell.text) for cell in (*lines[-1], key)) > self.room:
                lines.append([])
            lines[-1] += [key, gap]
        return [line[:-1] for line in lines]

    def _keys(self, names: list[str], here: int, named: set[int]) -> Line:
        line: Line = []
        for place, name in enumerate(names):
            key = (place + 1) % 10
            text = f"{key} {name}" if place in named else str(key)
            role = "accent" if place == here else "muted"
            line += [Cell(text, role=role, bold=place == here, action=partial(self._want, place)), words("  ")]
        return line

    def _named(self, names: list[str], here: int) -> set[int]:
        """Whose names have room beside all keys: the one that is seen and the best first, then from the left."""
        left, named = self.room - 3 * len(names), set()
        for place in (here, BEST, *range(len(names))):
            needed = 1 + cell_len(names[place])
            if place not in named and needed <= left:
                left -= needed
                named.add(place)
        return named

    def _want(self, place: int) -> None:
        self.post_message(self.Wanted(place))

    def _take(self, number: int) -> None:
        self.post_message(self.Taken(number))

    def _picture(self, found: Sweep) -> list[Line]:
        height = max(LEAST_ROWS, self.main.size.height)
        return picture(found, self.looks, self.room, height, self.broad, self.plain, self._take, self.at)

    # The policy under the cursor

    def _known(self, found: Sweep) -> int:
        """The policy that the cursor was on; else that of today's values, else the first."""
        numbers = [each.point.number for each in found.outcomes]
        if self.at in numbers:
            return self.at
        now = todays(found)
        return next((each.point.number for each in found.outcomes if each.point.values == now), numbers[0])

    def _stand(self) -> None:
        """Put the cursor on its policy, or take the one that it is on where that is not to be seen."""
        places = {stop.cell.figure: place for place, stop in enumerate(self.main.stops)}
        place = places.get(f"{PREFIX}{self.at}")
        if place is None:
            self.at = self._number_here()
        elif self._number_here() != self.at:
            self.main.move_to(place)

    def _number_here(self) -> int | None:
        here = self.main.current
        figure = here.cell.figure if here is not None else None
        return int(figure.removeprefix(PREFIX)) if figure is not None and figure.startswith(PREFIX) else None

    @on(Page.Moved)
    def moved(self, message: Page.Moved) -> None:
        """Another policy under the cursor: tell it, and let the chart follow."""
        message.stop()
        number = self._number_here()
        if self.found is not None and number is not None and number != self.at:
            self.at = number
            self.main.show(self._picture(self.found))
            self._show_told()

    def outcome(self, number: int | None = None) -> Outcome | None:
        """What a policy comes to, the one under the cursor if none is named."""
        wanted = self.at if number is None else number
        outcomes = self.found.outcomes if self.found is not None else ()
        return next((each for each in outcomes if each.point.number == wanted), None)

    def _show_told(self) -> None:
        page, each = self.query_one("#told", Page), self.outcome()
        lines: list[Line] = []
        if self.found is not None and each is not None:
            rows = TOLD_ROWS if self.screen.size.height >= TALL else FEW_TOLD_ROWS
            lines = told_lines(self.found, each, self.looks.figure, self.room, rows)
        page.styles.height = len(lines)
        page.show(lines)

    def text_lines(self) -> list[Line]:
        """Picture and told, to be copied."""
        return [*self.main.lines, *self.query_one("#told", Page).lines]

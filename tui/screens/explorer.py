"""Explorer: who are they? Every shopper in one table, filtered by a line of plain words."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from simulator import codes
from simulator.market.order import ordered
from simulator.market.protocol import Snapshot, people_count
from simulator.market.query import Query, QueryError, Today, completions, examples, parse
from simulator.market.query.filters import days_late
from simulator.messages import status_mark, status_text
from simulator.money import money
from simulator.population.jobs import job_name
from simulator.population.names import name_of
from simulator.text import _, date_text, language, listed
from tui.keys import keyed
from tui.looked_for import LookedFor
from tui.market_export import people_csv
from tui.saved_filters import forget_filter, save_filter, saved_filters
from tui.screens.base import Key
from tui.screens.dialogs import ChoiceDialog
from tui.screens.home import percent
from tui.screens.life import LifeScreen
from tui.screens.market_place import MarketPlace
from tui.widgets.cells import RIGHT, Cell, Line, words, wrapped
from tui.widgets.page import Page
from tui.widgets.query_field import QueryField
from tui.widgets.table import Column, Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOTE_ROWS = 6


class ExplorerScreen(MarketPlace):
    """A filter, what it found, and the rows."""

    DEFAULT_CSS = """
    ExplorerScreen #main { height: auto; }
    ExplorerScreen #people { height: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, picks_for: tuple[str, Callable[[int], str]] | None = None) -> None:
        """Whom one looked for last; at first everybody, by number. `picks_for` is who is to be compared, and what takes
        the number of the other one, or says why it cannot.
        """
        super().__init__()
        self.picks_for = picks_for
        self.fault = ""
        self.order: NDArray[Any] | None = None
        self._query, self._read = parse(""), ("", "")
        self._made: tuple[object, ...] = ()
        self._working = False

    @property
    def looked_for(self) -> LookedFor:
        """The filter and the order, as they were left."""
        return self.game.looked_for

    def title_text(self) -> str:
        """The place."""
        return _("Explorer")

    def question(self) -> str:
        """The question, the day and the speed."""
        asked = _("Who are they?") if self.picks_for is None else _("Compare {name} with whom?").format(name=self.picks_for[0])
        if self.seen is None:
            return asked
        return self.titled(asked, *self.when_text())

    def help_text(self) -> list[str]:
        """What it is for."""
        return [
            _("Every shopper of the market stands here, the player is not among them. Enter opens a whole life."),
            keyed(_("{key_f} goes to the filter; write what you look for, in English or Chinese, and the rows follow as you write. Right takes the grey suggestion, down keeps the filter and shows kept ones and examples, Esc goes to the rows. The filter stays until you leave Whiteslip; {key_u} takes it away.")),
            _("Examples: {examples}.").format(examples=_("; ").join(examples())),
            _("Join conditions with and, or, not and brackets. “limit cut” is about the last change of the limit; it may be followed by when, “by” a cause, and a size: limit cut over 1000 by late in the last 30 days."),
            _("Income, here and in the filter, is what was stated when a line was asked for; the page of a shopper tells what pay has come to since."),
            keyed(_("Left and right choose a column, {key_o} sorts by it, {key_o} again turns the order round; a click on a column's name does both.")),
        ]  # fmt: skip

    def own_keys(self) -> list[Key]:
        """Find, sort, run."""
        waits = "" if self.seen is not None else _("The market is not ready yet.")
        no_rows = "" if self.order is not None else _("One moment …")
        all_shown = "" if self.looked_for.filter else _("Everybody is shown already.")
        return [
            Key("f", _("Find"), waits), Key("u", _("Everybody"), waits or all_shown), Key("o", _("Sort"), waits or no_rows),
            Key("Enter", _("Open life") if self.picks_for is None else _("Compare"), waits), Key("g", _("Pause") if self.runner.busy else _("Run")),
        ]  # fmt: skip

    def palette(self) -> list[tuple[str, str, Callable[[], object]]]:
        """What can be done with those who are shown."""
        return [("file: Export these people", _("file: Export these people"), self.export_people)]

    def export_people(self) -> None:
        """Those who fit, in the order in which they stand, as a table in a file."""
        if self.seen is not None and self.order is not None:
            self.export(partial(people_csv, self.seen, self.order), "people")

    def footer_keys(self) -> list[Key]:
        """The keys of the explorer, or those of the filter while one writes in it."""
        if isinstance(self.focused, QueryField):
            kept = _("Keep this, kept ones") if self.looked_for.filter else _("Kept filters, examples")
            return [Key(_("Right"), _("Complete")), Key(_("Down"), kept), Key("Enter", _("To the rows"))]
        find, everybody, *rest = self.own_keys()
        clear = [everybody] if self.looked_for.filter else []
        return [find, *clear, *rest, *([] if clear else [Key("k", _("Market"))]), Key("?", _("Help"))]

    def do(self, key: str) -> None:
        """Find, show everybody, sort, run or pause."""
        if key == "f":
            self.query_one(QueryField).focus()
        elif key == "u":
            self.find("")
        elif key == "o":
            self.sort_by(self.query_one(Table).sort_key)
        elif key == "g":
            self.run_or_pause()

    # Layout

    def compose(self) -> ComposeResult:
        """The filter, what is said about it, the rows."""
        yield Page(id="glance")
        yield Page(id="rule")
        yield Page(id="title")
        yield QueryField(self.looked_for.filter, id="filter")
        yield Page(id="main")
        yield Table(id="people")
        yield Page(id="keys")

    def on_mount(self) -> None:
        """The rows have the cursor."""
        super().on_mount()
        self.query_one("#main", Page).can_focus = False
        self.query_one(Table).focus()

    def on_descendant_focus(self) -> None:
        """The rows and the filter have keys of their own."""
        self.rebuild()

    def stamp(self) -> tuple[object, ...]:
        """Rows that have come are worth drawing."""
        return (id(self.order), self.fault)

    def fill(self, room: int, beside: int) -> None:
        """What was found, and the rows that can be seen."""
        field, table, note = self.query_one(QueryField), self.query_one(Table), self.query_one("#main", Page)
        field.placeholder = keyed(_("Find: {example}   ({key_f})"), example=examples()[0])
        field.display = table.display = self.seen is not None
        self._read_filter()
        lines = self.build(room)
        note.styles.height = len(lines) if self.seen is not None else "1fr"
        note.show(lines)
        if self.seen is None:
            return
        self._ask_rows(self.seen)
        if self.order is not None:
            table.show(
                self._columns(self.seen, room), self.order, self.looked_for.sorted_by, self.looked_for.descending,
                self._nobody(), stays_on_top=True, faded=bool(self.fault),
            )  # fmt: skip

    def _nobody(self) -> str:
        """Why the list is empty."""
        if self.seen is not None and not people_count(self.seen):
            return _("Nobody has come to the store yet.")
        return keyed(_("Nobody fits; {key_f} changes the filter, {key_u} shows everybody."))

    def build(self, width: int) -> list[Line]:
        """How many fit and what can be done about it, what is wrong with the filter, or what could be written next."""
        if self.seen is None:
            return self.waiting(width)
        if self.fault:
            return [*wrapped(self.fault, width, "bad")[:NOTE_ROWS], *self._still_shown(self.seen, width)[:NOTE_ROWS]]
        if self.order is None:
            return [[words(_("One moment …"), role="muted")]]
        found = _("{count} of {all}").format(count=f"{len(self.order):,}", all=f"{people_count(self.seen):,}")
        line: Line = [words(found + "  ", role="ink")]
        if isinstance(self.focused, QueryField):
            could = listed(each.word for each in completions(self.looked_for.filter))
            line.append(words(wrapped(could, max(10, width - len(found) - 4))[0][0].text, role="muted"))
        elif self.looked_for.filter:
            told = keyed(_("{key_u}: everybody   {key_f}, then down: keep this filter, or choose another"))
            short = keyed(_("{key_u}: everybody   {key_f}, then down: keep, or another"))
            line.append(words(told if cell_len(found + told) + 2 <= width else short, role="muted"))
        else:
            line.append(words(keyed(_("{key_f}, then down: filters that you keep, and examples")), role="muted"))
        return [line]

    def _still_shown(self, seen: Snapshot, width: int) -> list[Line]:
        """Whose rows stand under a filter that cannot be read: they are no answer to it."""
        if self.order is None:
            return []
        told = _("Still shown: everybody, for this filter cannot be read yet.")
        if last := self._query.text.strip():
            told = _("Still shown: {count} of {all}, found by “{filter}”, the last filter that could be read.").format(
                count=f"{len(self.order):,}", all=f"{people_count(seen):,}", filter=last
            )
        return wrapped(told, width, "watch")

    # Rows

    def _read_filter(self) -> None:
        """The filter as it is written now, or what is wrong with it; the rows stay those of the last good one."""
        if self._read == (self.looked_for.filter, language()):
            return
        self._read = (self.looked_for.filter, language())
        try:
            self._query, self.fault = parse(self.looked_for.filter), ""
        except QueryError as error:
            self.fault = error.sentence

    def _ask_rows(self, seen: Snapshot) -> None:
        """Filter and sort off the loop; a wish made meanwhile is met next."""
        key, descending = self.looked_for.sorted_by, self.looked_for.descending
        wish = (seen.day, id(seen), self._query.text, key, descending, language())
        if self._working or wish == self._made:
            return
        self._working = True
        make = partial(_make_rows, seen, self._query, key, descending, language())
        self.behind("rows", make, partial(self._rows_made, wish), partial(self._no_rows, wish), alone=False)

    def _rows_made(self, wish: tuple[object, ...], order: NDArray[Any]) -> None:
        self._working, self.order, self._made = False, order, wish
        if self.is_mounted:
            self.rebuild()

    def _no_rows(self, wish: tuple[object, ...], error: Exception) -> None:
        """The rows stay as they are until something else is wished."""
        self._working, self._made = False, wish
        self.game.failed(error)

    def sort_by(self, key: str) -> None:
        """Sort by a column; by the same one again the other way round. The cursor goes to the first row."""
        if self.seen is None or key not in people_columns(self.seen):
            return
        asked = self.looked_for
        asked.descending = not asked.descending if key == asked.sorted_by else key in _LARGEST_FIRST
        asked.sorted_by = key
        self.query_one(Table).move_to(0)
        self.rebuild()

    @on(Table.SortAsked)
    def sort_asked(self, message: Table.SortAsked) -> None:
        """A click on a column's name."""
        self.sort_by(message.key)

    @on(Table.Chosen)
    def open_life(self, message: Table.Chosen) -> None:
        """Open the life of the row, or go back with it where one is picked."""
        if self.picks_for is None:
            self.app.push_screen(LifeScreen(message.row + 1))
        elif fault := self.picks_for[1](message.row + 1):
            self.game.tell(fault)

    # The filter

    @on(Input.Changed)
    def wrote(self, event: Input.Changed) -> None:
        """The rows follow what is written."""
        self.looked_for.filter = event.value
        self.rebuild()

    @on(Input.Submitted)
    def confirmed(self, event: Input.Submitted) -> None:
        """To the rows, if the filter can be read."""
        if not self.fault:
            self.query_one(Table).focus()

    @on(QueryField.Left)
    def left(self, message: QueryField.Left) -> None:
        """To the rows."""
        self.query_one(Table).focus()

    @on(QueryField.KeptAsked)
    def show_kept(self, message: QueryField.KeptAsked) -> None:
        """Kept filters and examples, and what can be done with the one that is written."""
        kept = saved_filters()
        choices: list[tuple[str, str, Callable[[], object]]] = []
        now = self.looked_for.filter.strip()
        if now and not self.fault and now not in kept:
            choices.append((_("Keep this filter: {filter}").format(filter=now), "", partial(self._keep, now)))
        if now in kept:
            choices.append(
                (_("Forget this filter: {filter}").format(filter=now), "", partial(self._forget, now))
            )
        choices += [(each, "", partial(self.find, each)) for each in kept if each != now]
        choices += [
            (each, _("an example"), partial(self.find, each)) for each in examples() if each not in kept
        ]
        self.app.push_screen(ChoiceDialog(_("Kept filters"), choices))

    def find(self, text: str) -> None:
        """Filter by a text."""
        field = self.query_one(QueryField)
        field.value = text
        field.cursor_position = len(text)
        self.query_one(Table).focus()

    def _keep(self, text: str) -> None:
        fault = save_filter(text)
        self.game.tell(
            _("The filter could not be kept: {error}.").format(error=fault)
            if fault
            else _("Kept: {filter}").format(filter=text)
        )

    def _forget(self, text: str) -> None:
        fault = forget_filter(text)
        if fault:
            self.game.tell(_("The filter could not be kept: {error}.").format(error=fault))

    # Columns

    def _columns(self, seen: Snapshot, width: int) -> list[Column]:
        """As many columns as there is room for, the most asked for first."""
        every = people_columns(seen)
        shown: list[Column] = []
        room = width - 2
        for key in _WORTH:
            if every[key].width + 1 <= room:
                shown.append(every[key])
                room -= every[key].width + 1
        return [column for column in every.values() if column in shown]


_WORTH = (
    "number", "name", "status", "limit_fen", "exposure_fen", "dpd", "score", "age", "job", "changed_day", "utilisation_ppm",
    "grade", "city_tier", "income_fen", "change", "streak",
)  # fmt: skip
_LARGEST_FIRST = frozenset(
    ("limit_fen", "exposure_fen", "dpd", "score", "changed_day", "utilisation_ppm", "income_fen", "streak")
)


def _make_rows(seen: Snapshot, query: Query, key: str, descending: bool, tongue: str) -> NDArray[Any]:
    """Whom a filter finds, in order."""
    rows = query.rows(seen.columns, Today(seen.day, seen.date))
    return ordered(seen.columns, rows, key, descending, tongue)


def people_columns(seen: Snapshot) -> dict[str, Column]:
    """Every column of the explorer, in the order in which they stand."""
    columns, tongue = seen.columns, language()

    def number(key: str) -> Callable[[int], Cell]:
        return lambda row: Cell(f"{int(columns[key][row]):,}")

    def score(row: int) -> Cell:
        known = int(columns["score"][row])
        return Cell(f"{known}" if known else "-", role="ink" if known else "muted")

    def fen(key: str, role: str) -> Callable[[int], Cell]:
        return lambda row: Cell(money(int(columns[key][row])), role=role if columns[key][row] else "muted")

    def date(row: int) -> Cell:
        day = int(columns["changed_day"][row])
        when = seen.date + datetime.timedelta(days=day - seen.day) if day != codes.NEVER else None
        return Cell(date_text(when, weekday=False) if when else "-", role="muted")

    def change(row: int) -> Cell:
        if int(columns["changed_day"][row]) == codes.NEVER:
            return Cell("")
        by = int(columns["changed_to_fen"][row]) - int(columns["changed_from_fen"][row])
        return Cell(money(by, sign=True), role="good" if by > 0 else "bad")

    def status(row: int) -> Cell:
        code = codes.STATUSES[int(columns["status"][row])]
        mark = status_mark(code, locked=bool(columns["locked"][row]))
        return Cell(f"{mark} {status_text(code)}", role=_status_role(mark))

    def late_cell(row: int) -> Cell:
        late = int(days_late({key: columns[key][row : row + 1] for key in ("status", "exposure_fen", "dpd")})[0])
        return Cell(str(late) if late else "", role="bad")

    def grade(row: int) -> Cell:
        code = int(columns["grade"][row])
        return Cell(codes.GRADES[code] if code >= 0 else "-")

    found = [
        Column("number", _("no."), 9, lambda row: Cell(f"{row + 1:,}", role="muted"), RIGHT),
        Column("name", _("name"), 14, lambda row: Cell(name_of(int(columns["surname"][row]), int(columns["given"][row]), tongue))),
        Column("age", _("age"), 4, number("age"), RIGHT),
        Column("job", _("job"), 14, lambda row: Cell(job_name(int(columns["job"][row]), tongue))),
        Column("city_tier", _("tier"), 5, number("city_tier"), RIGHT),
        Column("income_fen", _("stated pay"), 12, fen("income_fen", "cash"), RIGHT),
        Column("status", _("status"), 16, status),
        Column("limit_fen", _("limit"), 10, fen("limit_fen", "limit"), RIGHT),
        Column("exposure_fen", _("principal"), 10, fen("exposure_fen", "owed"), RIGHT),
        Column("utilisation_ppm", _("used"), 8, lambda row: Cell(percent(int(columns["utilisation_ppm"][row])), role="muted"), RIGHT),
        Column("dpd", _("late"), 5, late_cell, RIGHT),
        Column("score", _("score"), 6, score, RIGHT),
        Column("grade", _("gr."), 4, grade, RIGHT),
        Column("streak", _("on time"), 8, number("streak"), RIGHT),
        Column("changed_day", _("raised or cut"), 14, date, RIGHT),
        Column("change", _("by"), 11, change, RIGHT),
    ]  # fmt: skip
    return {column.key: column for column in found}


def _status_role(mark: str) -> str:
    return {"[ok]": "good", "[=]": "watch", "[!!]": "bad", "[x]": "bad", "[#]": "bad"}.get(mark, "muted")

"""What every screen of a life shares: the glance line, the question, the page, the keys.

A screen gives `TITLE` and `QUESTION`, builds its lines in `build(width)`, may fill the pane beside it
in `build_side(width)` from 120 columns on, and names up to five keys of its own in `own_keys`. It reads
the world through `simulator.views` and asks for things by `self.app.act(step)`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeVar, cast

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from simulator.money import money
from simulator.text import _, date_text, one_day
from tui.keys import key_as_set, keyed, place_bindings
from tui.widgets.cells import Cell, Line, amount, mark, words, wrapped
from tui.widgets.page import LETTERS, Page

if TYPE_CHECKING:
    from simulator.world import World
    from tui.app import WhiteslipApp

T = TypeVar("T")

WIDE = 120
NARROWEST, SHORTEST = 80, 24
AROUND = 6
"""Rows of the window that are not the page's."""


class Key(NamedTuple):
    """A key that works here, what it does, and why it may not work now."""

    key: str
    label: str
    refusal: str = ""


class GameScreen(Screen[None]):
    """Base of the screens of a life."""

    DEFAULT_CSS = """
    GameScreen { background: $background; color: $ink; layout: vertical; layers: place small; }
    GameScreen #small { layer: small; width: 100%; height: 100%; display: none; }
    GameScreen.small #small { display: block; }
    GameScreen .row { height: 1; }
    GameScreen #body { height: 1fr; }
    GameScreen #main { width: 1fr; }
    GameScreen #side { width: 38%; margin-left: 2; display: none; }
    GameScreen.wide #side { display: block; }
    GameScreen.tall #title { margin-bottom: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = place_bindings()
    SIDEWAYS: ClassVar[bool] = False
    HAS_SIDE: ClassVar[bool] = False
    STOPS_ON_TOP: ClassVar[bool] = True
    """Whether Tab goes to the figures on top, where the player's own are no part of what the screen is about."""

    @property
    def game(self) -> WhiteslipApp:
        """The app, typed."""
        return cast("WhiteslipApp", self.app)

    @property
    def world(self) -> World:
        """The life in play."""
        return self.game.world

    def title_text(self) -> str:
        """The place's name in the reader's language."""
        raise NotImplementedError

    def question(self) -> str:
        """The one question that this screen answers."""
        raise NotImplementedError

    def help_text(self) -> list[str]:
        """What the screen is for and what can be done, a paragraph each."""
        return [self.question()]

    def build(self, width: int) -> list[Line]:
        """The lines of the page."""
        raise NotImplementedError

    def build_side(self, width: int) -> list[Line]:
        """The lines of the pane beside it, where there is room."""
        return []

    def own_keys(self) -> list[Key]:
        """The keys of this screen that work now."""
        return []

    def palette(self) -> list[tuple[str, str, Callable[[], object]]]:
        """What the palette offers on this screen alone: English name, shown name, what it does."""
        return []

    def do(self, key: str) -> None:
        """Do what a key of `own_keys` does here."""

    def glance(self, width: int) -> Line:
        """The line on top: how the player stands."""
        return glance_line(self.world, width)

    def compose(self) -> ComposeResult:
        """Glance line, rule, question, page and pane, keys."""
        yield Page(id="glance")
        yield Page(id="rule")
        yield Page(id="title")
        with Horizontal(id="body"):
            yield Page(id="main", sideways=self.SIDEWAYS)
            yield Page(id="side")
        yield Page(id="keys")

    def behind(
        self,
        purpose: str,
        work: Callable[[], T],
        then: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
        alone: bool = True,
    ) -> None:
        """Work off the loop, then go on with what came of it, back on it; what goes wrong on the way is said.

        `alone` gives up what waits for the same purpose; what asks for more of its own while it is heard may not.
        """
        game = self.game

        def lived() -> None:
            try:
                found = work()
            except Exception as error:
                game.call_from_thread(game.controller.guarded(partial(failed or game.failed, error)))
            else:
                game.call_from_thread(game.controller.guarded(partial(then, found)))

        # Without a description the toolkit would write out all that the work is given as one, on the loop.
        self.run_worker(lived, description=purpose, thread=True, exclusive=alone, group=purpose)

    def on_mount(self) -> None:
        """Rows are one high; the page has the cursor."""
        for name in ("glance", "rule", "title", "keys"):
            page = self.query_one(f"#{name}", Page)
            page.styles.height = 1
            page.show_vertical_scrollbar = False
            page.styles.scrollbar_size_vertical = 0
            page.can_focus = name == "glance" and self.STOPS_ON_TOP
        self.query_one("#main", Page).focus()

    def on_resize(self) -> None:
        """Lay out anew for the room there is."""
        self.rebuild()

    def on_screen_resume(self) -> None:
        """Show how things stand now."""
        self.rebuild()

    @property
    def is_up(self) -> bool:
        """Whether it is one of the screens there are, and laid out: one that was left may still be told to draw."""
        return self.is_mounted and self in self.app.screen_stack and self.size.width > 0

    def rebuild(self) -> None:
        """Show the world as it is."""
        if not self.is_up:
            return
        width, height = self.size.width, self.size.height
        if width < NARROWEST or height < SHORTEST:
            self._too_small(width)
            return
        wide = width >= WIDE and self.HAS_SIDE
        self.set_class(wide, "wide")
        self.set_class(height >= 30, "tall")
        self.set_class(False, "small")
        self.make_room()
        room = self.main_width(width, wide)
        try:
            self.query_one("#glance", Page).show([self.glance(width)])
            self.query_one("#rule", Page).show(
                [[Cell(("-" if self.game.settings.ascii else "─") * width, role="line")]]
            )
            self.show_question()
            self.fill(room, width - room - 5 if wide else 0)
        except Exception as error:
            self.game.failed(error)

    def make_room(self) -> None:
        """Above the keys, for what is told just now."""
        for keys in self.query("#keys").results(Page):
            keys.styles.margin = (self.game.notices.rows, 0, 0, 0)

    def show_question(self) -> None:
        """What stands above and below the page: the question, the keys."""
        title = f"{self.title_text()} - {self.question()}"
        self.query_one("#title", Page).show([[Cell(title, bold=True)]])
        self.show_keys()

    @on(Page.LettersGone)
    def show_keys(self) -> None:
        """The keys; while letters mark figures, what they are for."""
        if any(page.letters for page in self.query(Page)):
            line: Line = [words(" " + _("Press a letter to ask about its figure; any other key takes the letters away."), role="accent")]
        elif self.game.plays_itself:
            line = [words(" " + _("A story plays itself. With any key the life is yours."), role="accent")]
        else:
            line = key_line(self.as_set(self.footer_keys()), self.size.width)
        self.query_one("#keys", Page).show([line])

    def main_width(self, width: int, wide: bool) -> int:
        """The room of the page, beside a pane where it is `wide`."""
        return width * 62 // 100 - 3 if wide else width - 1

    def fill(self, room: int, beside: int) -> None:
        """Show what the screen is about: the page, and the pane beside it where there is room."""
        self.query_one("#main", Page).show(self.build(room))
        if beside:
            self.query_one("#side", Page).show(self.build_side(beside))

    def _too_small(self, width: int) -> None:
        """Say so over all that the screen holds, whatever that is."""
        self.set_class(True, "small")
        text = _("Whiteslip needs {columns} columns and {rows} rows; make the window larger.")
        found = list(self.query("#small").results(Page))
        notice = found[0] if found else Page(id="small")
        if not found:
            self.mount(notice)
        notice.show(wrapped(text.format(columns=NARROWEST, rows=SHORTEST), width - 1))

    def footer_keys(self) -> list[Key]:
        """Own keys first, then next day, why and help; six at most. While time runs, only the way to stop it."""
        if self.game.clock.running:
            return [Key("Esc", _("Stop here"))]
        always = [Key("n", _("Next day")), Key("w", _("Why")), Key("?", _("Help"))]
        return [*self.own_keys()[:3], *always][:6]

    def as_set(self, keys: Sequence[Key]) -> list[Key]:
        """The same with the keys that the person has chosen instead of the usual ones."""
        return [each._replace(key=key_as_set(each.key, type(self))) for each in keys]

    @on(Page.Asked)
    def explain(self, message: Page.Asked) -> None:
        """Open the answer."""
        self.game.explain(message.figure, self.life_of(message.page))

    def life_of(self, page: Page) -> World | None:
        """Whose figures stand on a page; None for the player's."""
        return None

    def action_why(self) -> None:
        """Why of the figure under the cursor; with none, mark all that can be seen with letters."""
        pages = [page for page in self.query(Page) if page.display]
        if any(page.ask_why() for page in pages):
            return
        letters = iter(LETTERS)
        found = False
        for page in pages:
            page.letters = {letter: stop for stop, letter in zip(page.shown_figures(), letters, strict=False)}
            found = found or bool(page.letters)
            page.refresh()
        if found:
            self.show_keys()
        else:
            self.game.tell(_("There is no figure here to ask about."))

    def action_copy(self) -> None:
        """Copy what the cursor is on."""
        page = self.focused if isinstance(self.focused, Page) else self.query_one("#main", Page)
        here = page.current
        if here is None:
            self.game.tell(_("Nothing to copy here."))
            return
        text = here.cell.text.strip()
        self.app.copy_to_clipboard(text)
        self.game.tell(_("Copied: {text}").format(text=text))

    def action_jump(self) -> None:
        """Go to the next pane."""
        self.focus_next()

    def action_do(self, key: str) -> None:
        """Do what the key means here, or say why not."""
        known = {each.key: each for each in self.own_keys()}
        if key == "u" and key not in known:
            self.game.tell(_("Nothing can be taken back here: what was done and days that passed stay."))
        elif key not in known:
            self.game.tell(keyed(_("{key} does nothing here; {key_help} shows what does."), key=key_as_set(key)))
        elif known[key].refusal:
            self.game.tell(known[key].refusal)
        else:
            self.game.controller.guarded(lambda: self.do(key))()

    def action_help(self) -> None:
        """What this screen is for and its keys."""
        self.game.show_help(self.title_text(), self.help_text(), self.as_set(self.own_keys()))

    def action_back(self) -> None:
        """Up one; on Home nothing."""
        self.game.go_back()


def glance_line(world: World, width: int) -> Line:
    """Date, cash, owed and by when, what can be used, status. Too long: the year goes, then the weekday, then labels."""
    from simulator.views.glance import glance

    seen = glance(world)
    owe = _("Owe")
    owed_figure = "balance" if seen.unbilled else "owe" if seen.due_date or seen.carried or not seen.owe_fen else "payable"
    for year, weekday, labels in ((True, True, True), (False, True, True), (False, False, True), (False, False, False)):
        due = date_text(seen.due_date, year=False, weekday=False) if seen.due_date else ""
        by = (
            one_day(_("{days} days late").format(days=seen.days_late))
            if seen.days_late
            else _("carried")
            if seen.carried
            else _("not billed")
            if seen.unbilled
            else due and _("by {date}").format(date=due)
        )
        cells: Line = [
            words(date_text(seen.date, year=year, weekday=weekday) + " ", role="muted"),
            words(_("Cash") + " " if labels else "", role="muted"),
            Cell(money(seen.cash_fen), role="cash", figure="cash"),
            words(" " + (owe + " " if labels else ""), role="muted"),
            Cell(
                money(seen.owe_fen),
                role="owed" if seen.owe_fen else "muted",
                figure=owed_figure,
            ),
            words(f" {by} " if by else " ", role="bad" if seen.days_late else "muted"),
            words(_("Can use") + " " if labels else "", role="muted"),
            Cell(money(seen.can_use_fen), role="limit", figure="can_use"),
            words(" ", role="muted"),
            Cell(f"{seen.mark} {seen.status}", role=_status_role(seen.mark), bold=True, figure="status"),
        ]
        if sum(cell_len(cell.fitted()) for cell in cells) <= width:
            return cells
    return cells


def _status_role(mark: str) -> str:
    return {
        "[ok]": "good",
        "[!]": "watch",
        "[=]": "watch",
        "[?]": "watch",
        "[!!]": "bad",
        "[x]": "bad",
        "[#]": "bad",
    }.get(mark, "muted")


def key_line(keys: Sequence[Key], width: int) -> Line:
    """The keys that work now; greyed ones say why in help."""
    cells: Line = []
    used = 0
    for key in keys:
        text = f" {key.key} {key.label} "
        if used + cell_len(text) > width - 12:
            break
        cells += [
            Cell(f" {key.key} ", role="muted" if key.refusal else "accent", bold=not key.refusal),
            Cell(f"{key.label} ", role="muted" if key.refusal else "ink"),
        ]
        used += cell_len(text)
    rest = " ctrl+p " + _("All")
    cells += [Cell(" " * max(0, width - used - cell_len(rest) - 1)), Cell(rest, role="muted")]
    return cells


def field(
    label: str, text: str, figure: str | None, label_width: int = 26, width: int = 14, role: str = "ink"
) -> Line:
    """A label and its figure."""
    return [words(label, label_width, role="muted"), amount(text, figure, width, role)]


def action_line(label: str, run: Callable[[], object], note: str = "") -> Line:
    """Something to do, with a note."""
    return [
        mark(),
        Cell(label, role="accent", bold=True, action=run),
        words("  " + note, role="muted"),
    ]

"""Dialogs: why, help, confirm, choose, ask for an amount or text. Opaque, full width at 80 columns."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Resize
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from simulator.person import of_another
from simulator.text import _, date_text
from tui.keys import key_as_set, keyed
from tui.screens.base import WIDE, Key
from tui.widgets.cells import Cell, Line, amount, blank, headed, heading, mark, words, wrapped
from tui.widgets.page import Page

if TYPE_CHECKING:
    from simulator.explain import Explanation
    from simulator.world import World
    from tui.app import WhiteslipApp


SHEET, BESIDE = 96, 5
"""Width of a sheet where there is room, and what stands beside its text: padding and the scroll bar."""


class Dialog(ModalScreen[None]):
    """Base: a sheet over the screen; Esc closes."""

    DEFAULT_CSS = """
    Dialog { background: $background; align: center middle; }
    Dialog #sheet { background: $panel; width: 100%; height: 100%; padding: 1 2; }
    Dialog Page { background: $panel; height: 1fr; }
    Dialog Input { background: $background; color: $ink; border: none; height: 1; padding: 0 1; margin: 1 0; }
    Dialog Input:focus { border: none; }
    Dialog Static { background: $panel; height: 1; }
    Dialog #about { text-style: bold; }
    Dialog #hint { color: $muted; height: auto; }
    Dialog.wide #sheet { width: 96; height: 90%; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "close", id="dialog.close", show=False),
        Binding("f9", "app.switch_language", show=False, id="dialog.language"),
        Binding("f8", "app.picture", show=False, id="dialog.picture"),
    ]

    laid_out_for = 0
    """Columns of the window for which the lines were made."""

    @property
    def game(self) -> WhiteslipApp:
        """The app, typed."""
        return cast("WhiteslipApp", self.app)

    def compose(self) -> ComposeResult:
        """The sheet."""
        with Vertical(id="sheet"):
            yield from self.fields()
            yield Page(id="page")

    def fields(self) -> ComposeResult:
        """Fields to type in, above the page."""
        yield from ()

    def on_mount(self) -> None:
        """Show it; a field has the cursor if there is one. Lines stand there before the first frame is drawn."""
        self.game.notices.put_away()
        self._lay_out(self.app.size.width)
        inputs = self.query(Input)
        (inputs.first() if inputs else self.query_one(Page)).focus()

    def on_unmount(self) -> None:
        """What was said before it opened may be read now."""
        self.game.call_later(self.game.notices.come_back)

    def on_resize(self, event: Resize) -> None:
        """Lay out for the room there is, at once: to wait for the sheet's own size would cost a frame."""
        if event.size.width != self.laid_out_for:
            self._lay_out(event.size.width)
        elif event.size == self.size:
            event.prevent_default()  # the toolkit would draw everything a second time

    def _lay_out(self, width: int) -> None:
        self.laid_out_for = width
        self.set_class(width >= WIDE, "wide")
        self.rebuild()

    def rebuild(self) -> None:
        """Show the lines; the last column is the scroll bar's."""
        sheet = SHEET if self.laid_out_for >= WIDE else self.laid_out_for
        self.query_one(Page).show(self.build(max(20, sheet - BESIDE)))

    def build(self, width: int) -> list[Line]:
        """The lines."""
        raise NotImplementedError

    def action_close(self) -> None:
        """Close without doing anything."""
        self.dismiss()


class WhyDialog(Dialog):
    """Why? for a figure: the sentence, the sum, the rule, the entries; Enter goes deeper, Esc back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "copy", "copy", id="why.copy", show=False)]

    def __init__(self, figure: str, of: World | None = None, about: str = "") -> None:
        """Start with one figure, of the player's life or of another one; `about` says whose and of when."""
        super().__init__()
        self.asked = [figure]
        self.of, self.about = of, about

    def build(self, width: int) -> list[Line]:
        """The answer to the figure asked last; of another shopper, nothing is said to "you"."""
        if self.of is None:
            return self._answer(width)
        with of_another():
            return self._answer(width)

    def _answer(self, width: int) -> list[Line]:
        from simulator.explain import UnknownFigure
        from simulator.explain.answer import value_text
        from simulator.explain.rulebook import rule_text
        from simulator.policy.titles import field_title

        try:
            told = self.game.answer(self.asked[-1], self.of)
        except UnknownFigure as error:
            return [*wrapped(str(error), width), blank(), [words(keyed(_("{key_Esc} close"), type(self)), role="muted")]]
        decided = told.is_of_event
        asked = told.title if decided else _("Why {value}?").format(value=value_text(told.value, told.unit))
        lines: list[Line] = [
            heading(asked),
            *([] if decided else [[words(told.title, role="muted")]]),
            *([[words(self.about, role="muted")]] if self.about else []),
            blank(),
            *wrapped(told.sentence, width),
            blank(),
            *self._sum(told, width),
        ]
        lines += [blank(), *wrapped(rule_text(told.rule), width, "muted")]
        for name, value in told.fields:
            lines += wrapped(_("{title}: {told}").format(title=field_title(name), told=value), width - 2, "muted", 2)
        if told.entries:
            lines += [blank(), heading(_("Where it comes from"))]
            lines += self._entries(told.entries[-8:], width)
        deeper = any(line.figure not in (None, self.asked[-1]) for line in told.lines)
        keys = keyed(_("Enter deeper   {key_Esc} back   {key_y} copy"), type(self)) if deeper else keyed(_("{key_Esc} back   {key_y} copy"), type(self))
        return [*lines, blank(), [words(keys, role="muted")]]

    def _sum(self, told: Explanation, width: int) -> list[Line]:
        lines: list[Line] = []
        for line in told.lines:
            wide = max(16, cell_len(line.value_text))
            room = max(12, min(68 - wide, width - 2 - wide))
            parts = wrapped(line.label, room)
            figure = line.figure
            cell = (
                amount(line.value_text, figure, wide, "accent" if figure else "ink")
                if line.value_text
                else Cell("")
            )
            lines.append([Cell(parts[0][0].text, room), cell])
            lines += parts[1:]
        return lines

    def _entries(self, seqs: Sequence[int], width: int) -> list[Line]:
        """Entries with their days; the year stands where it is not that of the life's day."""
        from simulator.messages import sentence

        world = self.of or self.game.world
        lines: list[Line] = []
        events = [world.events[seq - 1] for seq in seqs]
        dates = [datetime.date.fromisoformat(event["date"]) for event in events]
        told = [date_text(date, year=date.year != world.date.year, weekday=False) for date in dates]
        dated = max(10, max(map(cell_len, told)) + 2)
        for event, day in zip(events, told, strict=True):
            head = [words(f"{event['seq']:>5}  ", role="muted"), words(day, dated, role="muted")]
            first, *more = wrapped(sentence(event), width - 7 - dated, "muted")
            lines += [[*head, *first], *([words("", 7 + dated), *line] for line in more)]
        return lines

    @on(Page.Asked)
    def deeper(self, message: Page.Asked) -> None:
        """Ask about an input in turn."""
        message.stop()
        if message.figure != self.asked[-1]:
            self.asked.append(message.figure)
            self.rebuild()

    def action_close(self) -> None:
        """Back one answer, or close."""
        self.asked.pop()
        if self.asked:
            self.rebuild()
        else:
            self.dismiss()

    def action_copy(self) -> None:
        """Copy the whole answer."""
        page = self.query_one(Page)
        text = "\n".join("".join(cell.fitted() for cell in line).rstrip() for line in page.lines[:-1])
        self.app.copy_to_clipboard(text)
        self.game.tell(_("Copied the answer."))


class HelpDialog(Dialog):
    """What a screen is for, and every key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "close", show=False, id="help.close")
    ]

    def __init__(self, title: str, paragraphs: Sequence[str], keys: Sequence[Key]) -> None:
        """The help of one screen."""
        super().__init__()
        self.about, self.paragraphs, self.keys = title, list(paragraphs), list(keys)

    def build(self, width: int) -> list[Line]:
        """Paragraphs, own keys, keys everywhere."""
        lines: list[Line] = [heading(_("Help: {place}").format(place=self.about)), blank()]
        for paragraph in self.paragraphs:
            lines += [*wrapped(paragraph, width), blank()]
        if self.keys:
            lines.append(heading(_("Here")))
            for key in self.keys:
                told = _("{title} ({number})").format(title=key.label, number=key.refusal) if key.refusal else key.label
                lines += wrapped(f"  {key.key}  {told}", width, "muted" if key.refusal else "ink")
            lines.append(blank())
        lines.append(heading(_("Everywhere")))
        for keys, text in everywhere():
            lines.append([words("  "), Cell(self._as_set(keys), 22, role="accent"), words(text)])
        return [*lines, blank(), [words(keyed(_("{key_Esc} close"), type(self)), role="muted")]]


    def _as_set(self, keys: str) -> str:
        """Keys with those that the person has chosen instead of the usual ones, each once."""
        return " ".join(dict.fromkeys(map(key_as_set, keys.split())))


def everywhere() -> list[tuple[str, str]]:
    """The keys that mean the same on every screen."""
    return [
        ("h s b l a i m", _("home, shop, bills, limit, account, inbox, money")),
        ("k x v", _("the market, its people, the lab")),
        ("n F3", _("next day")),
        ("t", _("time: to the bill, the due day, what comes next")),
        ("w F4", _("why is a figure what it is?")),
        ("y", _("copy what the cursor is on")),
        ("Tab j F6", _("other pane")),
        ("? F1", _("this help")),
        ("F9", _("English, 中文")),
        ("ctrl+p", _("everything by name, themes too")),
        ("Esc ctrl+q", _("back; leave, with everything kept")),
    ]


class ConfirmDialog(Dialog):
    """Say yes before something that matters; the lines tell what it means."""

    def __init__(self, lines: Sequence[Line], yes: str, run: Callable[[], object]) -> None:
        """What is asked, the word for yes, and what it does."""
        super().__init__()
        self.told, self.yes, self.run_yes = list(lines), yes, run

    def build(self, width: int) -> list[Line]:
        """The lines, those of plain words over as many rows as they need, then yes and no."""
        told = [part for line in self.told for part in (_broken(line[0], width) if len(line) == 1 else [line])]
        return [*told, blank(), [mark(), Cell(self.yes, bold=True, role="accent", action=self._yes)],
                [words("  "), Cell(_("No, back"), action=self.action_close)]]  # fmt: skip

    def _yes(self) -> None:
        self.dismiss()
        self.app.call_later(self.game.controller.guarded(self.run_yes))


def _broken(cell: Cell, width: int) -> list[Line]:
    """Plain words over as many rows as they need; what can be asked or done stays a row."""
    if cell.focusable or cell.width is not None:
        return [[cell]]
    return [[replace(part, bold=cell.bold) for part in line] for line in wrapped(cell.text, width, cell.role)]


Entry = tuple[str, str, Callable[[], object]]
"""English name, shown name, what it does; the names stand in the palette behind a topic and a colon."""


def menu_dialog(title: str, entries: Sequence[Entry]) -> ChoiceDialog:
    """Entries of the palette as a dialog of their own, without their topics."""
    return ChoiceDialog(title, [(re.split("(?:: |：)", shown, maxsplit=1)[-1].strip(), "", run) for _english, shown, run in entries])


class ChoiceDialog(Dialog):
    """Choose one of several things to do."""

    def __init__(
        self,
        title: str,
        choices: Sequence[tuple[str, str, Callable[[], object]]],
        heads: Mapping[int, str] | None = None,
        foot: str = "",
    ) -> None:
        """The title, and (label, note, what it does) of each; `heads` stand above a choice by its place."""
        super().__init__()
        self.about, self.choices, self.heads, self.foot = title, list(choices), dict(heads or {}), foot

    def build(self, width: int) -> list[Line]:
        """The choices."""
        room = max((cell_len(label) for label, _note, _run in self.choices), default=0) + 12
        lines: list[Line] = [*headed(self.about, width), blank()]
        for place, (label, note, run) in enumerate(self.choices):
            if place in self.heads:
                lines += [*([blank()] if place else []), [words(self.heads[place], role="muted", bold=True)]]
            lines.append(
                [
                    mark(),
                    Cell(label, min(room, width - 4), action=self._doing(run), bold=True),
                ]
            )
            if note:
                lines += wrapped(note, width, "muted", 4)
        foot = [blank(), *wrapped(self.foot, width, "muted")] if self.foot else []
        keys = keyed(_("Enter choose   {key_Esc} back"), type(self)) if self.choices else keyed(_("There is nothing to choose from.   {key_Esc} back"), type(self))
        return [*lines, *foot, blank(), [words(keys, role="muted")]]

    def _doing(self, run: Callable[[], object]) -> Callable[[], object]:
        def choose() -> None:
            self.dismiss()
            self.app.call_later(self.game.controller.guarded(run))

        return choose


class AskDialog(Dialog):
    """Ask for a line of text or an amount; a fault is said under it in plain words."""

    def __init__(self, title: str, hint: str, value: str, take: Callable[[str], str]) -> None:
        """`take` gets the text and returns a fault, or "" once it is done."""
        super().__init__()
        self.about, self.hint, self.value, self.take = title, hint, value, take
        self.fault = ""

    def fields(self) -> ComposeResult:
        """What is asked, and one line to type in."""
        yield Static(self.about, id="about", markup=False)
        if self.hint != self.about:
            yield Static(self.hint, id="hint", markup=False)
        yield Input(value=self.value, id="text", select_on_focus=True)

    def build(self, width: int) -> list[Line]:
        """The fault, the keys."""
        lines = [*wrapped(self.fault, width, "bad"), blank()] if self.fault else []
        return [*lines, [words(keyed(_("Enter confirm   {key_Esc} back"), type(self)), role="muted")]]

    @on(Input.Changed)
    def changed(self) -> None:
        """What was wrong with the text that stood there says nothing of another one."""
        if self.fault:
            self.fault = ""
            self.rebuild()

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Take the text, or say what is wrong."""
        self.fault = self.take(event.value.strip())
        if self.fault:
            self.rebuild()
        else:
            self.dismiss()

"""Slider: a number or a choice that moves with the arrows, by mouse, or as it is typed.

It shows today's value as `|`, the trial's as `[]` and the way between them as a bar. Keys change the
value at once and tell of it by a message that a newer one replaces, so that a held key stays smooth
however slow the one who listens is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from simulator.text import _

THUMB = "[]"
LEAST_TRACK = 12


@dataclass(frozen=True)
class Track:
    """What a slider slides over: its ends, its steps, today's value, and how values are shown and read.

    `moved` gives the value some steps on; `read` the value that was typed, and raises ValueError with a
    sentence. `labels` are the names of the values where there are only a few.
    """

    minimum: int
    maximum: int
    step: int
    leap: int
    today: int
    show: Callable[[int], str]
    read: Callable[[str], int]
    moved: Callable[[int, int], int]
    unit: str = ""
    labels: tuple[str, ...] = ()


class Slider(Widget, can_focus=True):
    """One value on one line."""

    DEFAULT_CSS = """
    Slider { height: 1; background: $background; color: $ink; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False, id="slider.less"),
        Binding("right", "move(1)", show=False, id="slider.more"),
        Binding("shift+left,pagedown", "leap(-1)", show=False, id="slider.much_less"),
        Binding("shift+right,pageup", "leap(1)", show=False, id="slider.much_more"),
        Binding("home", "edge(-1)", show=False, id="slider.least"),
        Binding("end", "edge(1)", show=False, id="slider.most"),
        Binding("enter", "write", show=False, id="slider.type"),
    ]

    value: reactive[int] = reactive(0)
    track: reactive[Track | None] = reactive(None)

    class Changed(Message):
        """The value has changed; only the newest matters."""

        def __init__(self, slider: Slider, value: int, typed: bool) -> None:
            """The value, and whether it was typed rather than slid to."""
            super().__init__()
            self.slider, self.value, self.typed = slider, value, typed

        def can_replace(self, message: Message) -> bool:
            """A newer value of the same slider takes the place of one that nobody has heard of yet."""
            return isinstance(message, Slider.Changed) and message.slider is self.slider and not message.typed

    class Refused(Message):
        """What was typed cannot be."""

        def __init__(self, sentence: str) -> None:
            """Why, in plain words."""
            super().__init__()
            self.sentence = sentence

    class Stopped(Message):
        """A key would have gone on, and the slider did not."""

        def __init__(self, beyond: int) -> None:
            """The next value, that was not reached."""
            super().__init__()
            self.beyond = beyond

    class Left(Message):
        """Typing is over, whether something was typed or not."""

    class Dropped(Message):
        """The cursor went elsewhere while something was typed."""

    def __init__(self, id: str | None = None) -> None:
        """A slider without a track shows nothing."""
        super().__init__(id=id)
        self.typing: str | None = None
        self._typed_at = 0
        self._drags = False

    def show(self, track: Track, value: int) -> None:
        """Slide over something else."""
        self.track = track
        self.set_reactive(Slider.value, value)
        self.tooltip = track.unit or None
        self.refresh()

    def watch_track(self) -> None:
        """Nothing that was begun for another value is typed into this one."""
        self.refresh()

    def watch_value(self) -> None:
        """Draw it where it is now."""
        self.refresh()

    # Keys

    def move(self, steps: int) -> None:
        """Some steps on; where a whole key's way is not open, that is told."""
        if self.track is None:
            return
        before, way = self.value, 1 if steps > 0 else -1
        self._slide(steps)
        if abs(self.value - before) <= (abs(steps) - 1) * self.track.step and self.track.moved(self.value, way) == self.value:
            self.post_message(self.Stopped(self.value + way))

    def _slide(self, steps: int) -> None:
        if self.track is not None:
            self._set(self.track.moved(self.value, steps), typed=False)

    def action_move(self, steps: int) -> None:
        """One step."""
        self.move(steps)

    def action_leap(self, way: int) -> None:
        """A larger step."""
        if self.track is not None:
            self.move(way * max(1, self.track.leap // self.track.step))

    def action_edge(self, way: int) -> None:
        """To one end."""
        if self.track is not None:
            self._slide(way * (1 + (self.track.maximum - self.track.minimum) // self.track.step))

    def action_write(self) -> None:
        """Begin to type, or take what was typed."""
        if self.typing is None:
            self._begin_typing()
            return
        self._take(self.typing)

    def write(self) -> None:
        """Take the keys and begin to type."""
        self.focus()
        self._begin_typing()

    def _begin_typing(self) -> None:
        self.typing, self._typed_at = "", 0
        self.refresh()

    def _take(self, text: str) -> None:
        """What was typed becomes the value; an empty line leaves it."""
        if self.track is None:
            return
        value = self.value
        if text.strip() or self.track.minimum > self.track.maximum:
            try:
                value = self.track.read(text)
            except ValueError as error:
                self.post_message(self.Refused(str(error)))
                return
        self._stop_typing()
        self._set(value, typed=True)

    def _stop_typing(self) -> None:
        self.typing = None
        self.refresh()
        self.post_message(self.Left())

    def _set(self, value: int, typed: bool) -> None:
        if value != self.value:
            self.value = value
            self.post_message(self.Changed(self, value, typed))

    async def on_key(self, event: events.Key) -> None:
        """While something is typed, letters are its own; a digit begins it."""
        if self.typing is None:
            if event.character is None or not event.character.isdigit():
                return
            self._begin_typing()
        before, after = (self.typing or "")[: self._typed_at], (self.typing or "")[self._typed_at :]
        match event.key:
            case "escape":
                self._stop_typing()
            case "enter":
                self._take(before + after)
            case "left" | "right":
                self._typed_at = max(0, min(len(before + after), self._typed_at + (1 if event.key == "right" else -1)))
            case "home" | "ctrl+a":
                self._typed_at = 0
            case "end" | "ctrl+e":
                self._typed_at = len(before + after)
            case "backspace":
                self._type(before[:-1], after)
            case "delete" | "ctrl+d":
                self._type(before, after[1:])
            case "ctrl+u":
                self._type("", after)
            case "ctrl+k":
                self._type(before, "")
            case _ if event.character is not None and event.is_printable:
                self._type(before + event.character, after)
            case _:
                return
        event.stop()
        event.prevent_default()
        self.refresh()

    def _type(self, before: str, after: str) -> None:
        """What is typed, with the cursor between the two."""
        self.typing, self._typed_at = before + after, len(before)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text is typed text."""
        if event.text.strip():
            typed = self.typing or ""
            at = self._typed_at if self.typing is not None else 0
            self._type(typed[:at] + event.text.strip().splitlines()[0], typed[at:])
        event.stop()
        self.refresh()

    def on_blur(self) -> None:
        """What was begun and not taken is left."""
        if self.typing is not None:
            self.typing = None
            self.refresh()
            self.post_message(self.Dropped())

    # Mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """To where the mouse is; it may be drawn along."""
        self._drags = True
        self.capture_mouse()
        self._slide_to(event.x)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Along with the mouse."""
        if self._drags:
            self._slide_to(event.x)

    def on_mouse_up(self) -> None:
        """Let go."""
        self._drags = False
        self.release_mouse()

    def _slide_to(self, x: int) -> None:
        """The nearest step to a column."""
        track = self.track
        if track is None or track.minimum >= track.maximum:
            return
        if track.labels:
            for place, (start, text) in enumerate(self._radios(track)):
                if start <= x < start + cell_len(text):
                    self.move(place - self.value)
            return
        start, room = self._room(track)
        span = track.maximum - track.minimum
        wanted = track.minimum + max(0, min(room - 1, x - start)) * span // max(1, room - 1)
        self.move(
            (wanted - self.value) // track.step
            if wanted < self.value
            else (wanted - self.value + track.step - 1) // track.step
        )

    # Drawing

    def render_line(self, y: int) -> Strip:
        """The ends, the track with both values, and the values in words."""
        width = self.size.width
        track = self.track
        segments: list[Segment] = []
        if track is not None and y == 0:
            if self.typing is not None:
                segments = self._typed(track)
            elif track.labels:
                segments = self._choices(track)
            elif track.minimum >= track.maximum:
                segments = [self._mark(), Segment(track.show(self.value), self._style("ink"))]
            else:
                segments = self._slid(track)
        return Strip(segments).adjust_cell_length(width, self._style("ink"))

    def _mark(self) -> Segment:
        return Segment("> " if self.has_focus else "  ", self._style("accent", True))

    def _typed(self, track: Track) -> list[Segment]:
        shown, typed, at = track.show(self.value), self.typing or "", self._typed_at
        unit = f" {track.unit}" if track.unit else ""
        return [
            Segment("> ", self._style("accent", True)),
            Segment(typed[:at], self._style("ink", True)),
            Segment(typed[at : at + 1] or " ", self._style("ink") + Style(reverse=True)),
            Segment(typed[at + 1 :], self._style("ink", True)),
            Segment(f"{unit}   ({shown})", self._style("muted")),
        ]

    def _choices(self, track: Track) -> list[Segment]:
        segments = [self._mark()]
        for place, (_start, text) in enumerate(self._radios(track)):
            here = place == self.value
            segments += [
                Segment(text, self._style("accent" if here else "ink", here)),
                Segment("   ", self._style("ink")),
            ]
        return segments

    def _radios(self, track: Track) -> list[tuple[int, str]]:
        """Each label with its mark, and where it begins; today's is marked with a bar."""
        found, start = [], 2
        for place, label in enumerate(track.labels):
            text = f"({'o' if place == self.value else ' '}) {label}{' |' if place == track.today else ''}"
            found.append((start, text))
            start += cell_len(text) + 3
        return found

    def _room(self, track: Track) -> tuple[int, int]:
        """Where the track begins and how many cells it has."""
        low = f"{track.show(track.minimum)} "
        longest = max(cell_len(track.show(value)) for value in (track.minimum, track.maximum, self.value))
        ends = (
            cell_len(low) + 1 + cell_len(track.show(track.maximum)) + 3 + longest + cell_len(self._was(track))
        )
        return 2 + cell_len(low), max(LEAST_TRACK, self.size.width - 2 - ends)

    def _was(self, track: Track) -> str:
        return " " + _("(today {value})").format(value=track.show(track.today))

    def _slid(self, track: Track) -> list[Segment]:
        _start, room = self._room(track)
        here, was = self._cell(track, self.value, room), self._cell(track, track.today, room)
        thumb = min(here, room - len(THUMB))
        letters = ["."] * room
        for place in range(min(thumb, was), max(thumb, was) + 1):
            letters[place] = "="
        letters[was] = "|"
        moved = self.value != track.today
        parts = [
            self._mark(),
            Segment(f"{track.show(track.minimum)} ", self._style("muted")),
            *self._painted("".join(letters[:thumb])),
            Segment(THUMB, self._style("accent", True) + Style(reverse=self.has_focus)),
            *self._painted("".join(letters[thumb + len(THUMB) :])),
            Segment(f" {track.show(track.maximum)}", self._style("muted")),
            Segment(f"   {track.show(self.value)}", self._style("accent" if moved else "ink", True)),
            Segment(self._was(track), self._style("muted")),
        ]
        return parts

    def _painted(self, letters: str) -> list[Segment]:
        """Parts of the track: the way from today to the trial is painted."""
        way = self._style("accent")
        styles = {
            ".": self._style("line"),
            "=": Style(color=way.color, bgcolor=way.color),
            "|": self._style("ink", True),
        }
        return [Segment(letter, styles[letter]) for letter in letters]

    def _cell(self, track: Track, value: int, room: int) -> int:
        span = max(1, track.maximum - track.minimum)
        return max(0, min(room - 1, ((value - track.minimum) * (room - 1) * 2 + span) // (2 * span)))

    def _style(self, role: str, bold: bool = False) -> Style:
        ink = Color.parse(self.app.theme_variables[role])
        return Style(color=ink.rich_color, bgcolor=self.background_colors[1].rich_color, bold=bold)

"""Key line: keys go to the screen one after another, each once the one before it has been heard to its end.

The toolkit sends a key at once to what has the cursor, and only later hears what it does. Keys that come without a
pause, pasted or sent by a script, would all go to what had the cursor before the first of them moved it: of `f` and a
filter the letters would open places, and the field would stay empty.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events

if TYPE_CHECKING:
    from textual.app import App
    from textual.message_pump import MessagePump

PATIENCE = 0.5
"""Seconds after which a key that nobody answers for, as where its widget is gone, holds up the next one no more."""


class _Ends:
    """What was pressed or pasted, and says so where it goes no further: the app hears of the rest itself."""

    ends: Callable[[Any], object]
    is_ended = False

    def stop(self, stop: bool = True) -> Any:
        """It may go no further; the toolkit stops it too on its last way, to the app."""
        self.is_ended = True
        self.ends(self)
        return super().stop(stop)  # type: ignore[misc]

    def _bubble_to(self, widget: MessagePump) -> None:
        self.is_ended = False
        super()._bubble_to(widget)  # type: ignore[misc]


class Key(_Ends, events.Key):
    """A key."""


class Paste(_Ends, events.Paste):
    """A text that was pasted."""


class KeyLine:
    """What was pressed and has not been sent yet."""

    def __init__(self, app: App[None]) -> None:
        """Nothing was pressed yet."""
        self.app = app
        self._waiting: deque[Key | Paste] = deque()
        self._under_way: Key | Paste | None = None
        self._since = 0.0

    def take(self, event: events.Event) -> events.Event | None:
        """The event that the app is to hear now; None for a key that waits for one before it."""
        if event is self._under_way or not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            return event
        mine = Key(event.key, event.character) if isinstance(event, events.Key) else Paste(event.text)
        mine.ends = self._ended
        if self._under_way is None or (not self._waiting and time.monotonic() - self._since > PATIENCE):
            return self._begin(mine)
        self._waiting.append(mine)
        self.app.set_timer(PATIENCE, partial(self.heard, self._under_way))
        return None

    def _ended(self, event: Key | Paste) -> None:
        self.app.call_later(lambda: self.heard(event) if event.is_ended else None)

    def heard(self, event: events.Event) -> None:
        """A key has come to its end: the next one may go."""
        if event is self._under_way:
            self._under_way = None
            if self._waiting:
                self.app.post_message(self._begin(self._waiting.popleft()))

    def _begin(self, event: Key | Paste) -> Key | Paste:
        self._under_way, self._since = event, time.monotonic()
        return event

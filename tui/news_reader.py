"""The reader: looks up why a piece of news happened in the shopper's own life, off the loop, and keeps it.

What was asked last is read first, since that is what is on the screen now.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Condition, Thread

from simulator.text import language
from simulator.views.news import Item, news_reason
from simulator.world import World
from tui.behind import stand_back
from tui.ending import let_end
from tui.market_runner import Interrupted

WAITING, KEPT = 60, 2_000


class NewsReader:
    """Reasons of news by number of the news."""

    def __init__(self, life: Callable[[int], World]) -> None:
        """`life` recomputes a shopper's life; it is called on the reader's own thread."""
        self._life = life
        self._reasons: OrderedDict[tuple[int, str], str] = OrderedDict()
        self._waiting: deque[Item] = deque(maxlen=WAITING)
        self._changed = Condition()
        self._closing = False
        self._thread: Thread | None = None
        self.answered = 0
        self.fault: Exception | None = None

    def reason(self, item: Item) -> str | None:
        """Why it happened, in the reader's language; None until it is known, and asked for."""
        with self._changed:
            found = self._reasons.get((item.seq, language()))
            if found is None and item not in self._waiting and self.fault is None:
                self._waiting.append(item)
                self._start()
                self._changed.notify_all()
            return found

    def close(self) -> None:
        """Let the thread end; nobody waits for it here."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        let_end(self._thread)

    def _start(self) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._run, name="news", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        stand_back()
        while (item := self._next()) is not None:
            try:
                world = self._life(item.shopper)
                reason = news_reason(world.events, item, world.life.record)
            except Interrupted:
                continue
            except Exception as error:
                self.fault = error
                return
            with self._changed:
                self._reasons[item.seq, language()] = reason
                self.answered += 1
                while len(self._reasons) > KEPT:
                    self._reasons.popitem(last=False)

    def _next(self) -> Item | None:
        with self._changed:
            while not self._waiting and not self._closing:
                self._changed.wait()
            return None if self._closing else self._waiting.pop()

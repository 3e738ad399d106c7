"""The Lab's runner: one worker thread that answers the newest question and drops every older one.

A question is a list of jobs, done in order. A job tells answers as they come; each arrives at the screen
as a message that a newer one replaces, so that the screen draws the latest and is never behind.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from textual.message import Message

from tui.behind import stand_back
from tui.ending import let_end

Cancel = Callable[[], bool]
Tell = Callable[[Any], None]
Job = Callable[[Tell, Cancel], None]


class LabRunner:
    """Asks on one thread of its own."""

    class Told(Message):
        """An answer to the newest question; `kind` is the answer's class."""

        def __init__(self, number: int, answer: Any) -> None:
            """The question's number and what was found."""
            super().__init__()
            self.number, self.answer = number, answer

        def can_replace(self, message: Message) -> bool:
            """A newer answer of the same kind takes the place of one that was not drawn yet."""
            return isinstance(message, LabRunner.Told) and type(message.answer) is type(self.answer)

    class Failed(Message):
        """A question could not be answered."""

        def __init__(self, error: Exception) -> None:
            """What went wrong."""
            super().__init__()
            self.error = error

    class Done(Message):
        """The newest question is answered to its end."""

        def __init__(self, number: int) -> None:
            """The question's number."""
            super().__init__()
            self.number = number

    def __init__(self, post: Callable[[Message], object]) -> None:
        """`post` takes messages from any thread, at once: meanwhile nothing can be asked."""
        self._post = post
        self._changed = threading.Condition()
        self._asked: tuple[int, Sequence[Job]] | None = None
        self._thread: threading.Thread | None = None
        self._ended = False
        self.number = 0
        self.idle = threading.Event()
        self.idle.set()

    def ask(self, jobs: Sequence[Job], first: Callable[[], object] = lambda: None) -> int:
        """Ask anew; what is under way is cancelled. The question's number.

        What is done `first` comes after the last word on anything older, and before the first one on this.
        """
        with self._changed:
            self.number += 1
            first()
            self._asked = (self.number, jobs)
            self.idle.clear()
            self._changed.notify()
            if self._thread is None and not self._ended:
                self._thread = threading.Thread(target=self._run, name="lab", daemon=True)
                self._thread.start()
            return self.number

    def stop(self) -> None:
        """Cancel everything and let the thread end; nobody waits for it here."""
        with self._changed:
            self._ended = True
            self._changed.notify()
        let_end(self._thread)

    def is_old(self, number: int) -> bool:
        """Whether something newer was asked since."""
        return self._ended or number != self.number

    def _run(self) -> None:
        stand_back()
        while (asked := self._next()) is not None:
            number, jobs = asked
            try:
                self._answer(number, jobs)
            except Exception as error:
                self._say(number, self.Failed(error))

    def _next(self) -> tuple[int, Sequence[Job]] | None:
        """Wait for the next question; None at the end."""
        with self._changed:
            while self._asked is None and not self._ended:
                self.idle.set()
                self._changed.wait()
            asked, self._asked = self._asked, None
            if self._ended:
                self.idle.set()
                return None
            return asked

    def _answer(self, number: int, jobs: Sequence[Job]) -> None:
        def tell(answer: Any) -> None:
            self._say(number, self.Told(number, answer))

        for job in jobs:
            if self.is_old(number):
                return
            job(tell, lambda: self.is_old(number))
        self._say(number, self.Done(number))

    def _say(self, number: int, message: Message) -> None:
        """Post what belongs to the newest question; nobody can ask anew between the look and the word."""
        with self._changed:
            if not self.is_old(number):
                self._post(message)

"""How a piece of news is laid out: the day, who, what, and why, on one line or on two."""

from __future__ import annotations

import datetime
from functools import partial

from rich.cells import cell_len

from simulator.engine.measures import BY_EXPIRY, BY_SEASON, CAUSES
from simulator.market.protocol import Snapshot
from simulator.messages import cause_text, news_text
from simulator.money import money
from simulator.text import _, date_text, language
from simulator.views.news import Desk, Item
from tui.news_reader import NewsReader
from tui.screens.who import who_text
from tui.widgets.cells import Cell
from tui.widgets.table import Column, Under

MARK = 2
CHANGE, WHO, NARROW_WHO, NAME, ROOMY = 22, 25, 23, 14, 96
REASON = 50
"""Cells in which every reason is whole; jobs stand beside names only where these are left."""
PLAIN_WIDTH = 78
"""Cells that jobs beside names need."""
DATES = {"en": 7, "zh": 9}
DATED_DAYS = 300
"""So long ago a day says nothing without its year: the month of the year stands there instead."""


class NewsRows:
    """The cells of a snapshot's news, by their numbers."""

    def __init__(self, seen: Snapshot, reader: NewsReader | None, desk: Desk) -> None:
        """Reasons come from the reader, once it has found them; the desk knows what it told though it is kept no more."""
        self.seen, self.reader, self.desk = seen, reader, desk

    def one_line(self, width: int, running: bool) -> list[Column]:
        """Who, what, why; the day where the list goes back over weeks, and then no job where the reason needs the room."""
        dated = not running or width >= ROOMY
        room = DATES[language()]
        others = MARK + 1 + 1 + CHANGE + 1 + (room + 1 if dated else 0)
        jobs = not dated or width - others - WHO >= REASON
        who = (WHO if width >= PLAIN_WIDTH else NARROW_WHO) if jobs else NAME
        why = width - others - who
        return [
            *([Column("date", _("day"), room, self._date)] if dated else []),
            Column("who", _("who"), who, partial(self._who, jobs)),
            Column("change", _("what"), CHANGE, self._change),
            Column("why", _("why"), why, self._why),
        ]

    def two_lines(self, width: int) -> tuple[list[Column], Under]:
        """Day, who and what, and under them why: no reason has to be cut where the window is high."""
        room = DATES[language()]
        start = MARK + room + 1
        who = width - start - 1 - CHANGE - MARK
        columns = [
            Column("date", _("day"), room, self._date),
            Column("who", _("who and why"), who, partial(self._who_in, who)),
            Column("change", _("what"), CHANGE, self._change),
        ]
        return columns, Under(start, partial(self._why, role="muted"))

    def cut_reason(self, columns: list[Column], seq: int | None) -> str:
        """The whole reason of a row where its column cuts it, else nothing."""
        column = columns[-1]
        told = self._why(seq).text if seq is not None else ""
        return told if cell_len(told) > column.width else ""

    def _date(self, seq: int) -> Cell:
        item = self.desk.item(self.seen, seq)
        if item is None:
            return Cell("")
        date = self.seen.date + datetime.timedelta(days=item.day - self.seen.day)
        long_ago = self.seen.day - item.day > DATED_DAYS
        return Cell(f"{date:%Y-%m}" if long_ago else date_text(date, year=False, weekday=False), role="muted")

    def _who(self, job: bool, seq: int) -> Cell:
        item = self.desk.item(self.seen, seq)
        return Cell(who_text(self.seen, item.shopper, job) if item is not None else "")

    def _who_in(self, room: int, seq: int) -> Cell:
        """With the job where there is room for it."""
        whole = self._who(True, seq)
        return whole if cell_len(whole.text) <= room else self._who(False, seq)

    def _change(self, seq: int) -> Cell:
        item = self.desk.item(self.seen, seq)
        return Cell("") if item is None else Cell(_change_text(item), role=_role(item))

    def _why(self, seq: int, role: str = "ink") -> Cell:
        item = self.desk.item(self.seen, seq)
        if item is None or self.reader is None:
            return Cell("")
        known = self.reader.reason(item)
        if known:
            return Cell(known, role=role)
        if item.kind in ("limit_up", "limit_down") and item.cause >= 0:
            return Cell(cause_text(CAUSES[item.cause]), role="muted")
        is_sought = known is None and self.reader.fault is None
        return Cell(_("looking it up ...") if is_sought else "", role="muted")


def _change_text(item: Item) -> str:
    """What happened: two amounts, or a word. What a festival adds for a while is told apart from limits."""
    if item.kind in ("limit_up", "limit_down") and item.cause in (BY_SEASON, BY_EXPIRY):
        return _("{amount} festival").format(amount=money(item.to_fen - item.from_fen, sign=True))
    if item.kind in ("limit_up", "limit_down"):
        return f"{money(item.from_fen)} -> {money(item.to_fen)}"
    if item.kind in ("approved", "reopened", "counter_offer") and item.to_fen:
        return f"{news_text(item.kind)} {money(item.to_fen)}"
    return news_text(item.kind)


def _role(item: Item) -> str:
    good = ("limit_up", "approved", "reinstated", "reopened", "hardship")
    return "good" if item.kind in good else "watch" if item.kind in ("declined", "counter_offer") else "bad"

"""The table of many rows: it draws what is in sight, keeps its cursor, and tells what was asked of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from tui.themes import THEMES
from tui.widgets.cells import RIGHT, Cell
from tui.widgets.table import Column, Table, Under

MILLION = 1_000_000
NAMES = ("Chen Hao", "陈浩", "Lin Mei", "欧阳丹丹")


class TableApp(App[None]):
    """A table alone."""

    def __init__(self, order: Any) -> None:
        """Rows by an order; every cell that is drawn is noted."""
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dark"
        self.order = order
        self.drawn: set[int] = set()
        self.heard: list[object] = []

    def compose(self) -> ComposeResult:
        """The table."""
        yield Table()

    def on_mount(self) -> None:
        """Rows in the table."""
        self.show(self.order)
        self.query_one(Table).focus()

    def show(self, order: Any, **said: Any) -> None:
        """Give the table an order."""
        self.query_one(Table).show(
            [Column("number", "No.", 9, self.number_cell, RIGHT), Column("name", "姓名 name", 8, self.name_cell)],
            order,
            **said,
        )

    def number_cell(self, row: int) -> Cell:
        self.drawn.add(row)
        return Cell(f"{row + 1:,}")

    def name_cell(self, row: int) -> Cell:
        return Cell(NAMES[row % len(NAMES)])

    def on_table_chosen(self, message: Table.Chosen) -> None:
        """Note it."""
        self.heard.append(("chosen", message.row))

    def on_table_sort_asked(self, message: Table.SortAsked) -> None:
        """Note it."""
        self.heard.append(("sort", message.key))


@asynccontextmanager
async def table_of(order: Any) -> AsyncIterator[tuple[TableApp, Table, Pilot[None]]]:
    """An app with rows."""
    app = TableApp(order)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        yield app, app.query_one(Table), pilot


def rows(app: App[None]) -> list[str]:
    """What is on the screen, a row each."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


async def test_only_rows_in_sight_are_drawn_of_a_million() -> None:
    async with table_of(np.arange(MILLION)) as (app, table, pilot):
        await pilot.press("end")
        await pilot.pause()
        assert table.row == MILLION - 1
        assert rows(app)[-1].startswith("> 1,000,000")
        await pilot.press("pageup", "pageup", "up")
        assert len(app.drawn) < 200
        await pilot.press("home")
        await pilot.pause()
        assert rows(app)[1].startswith(">         1 Chen Hao")


async def test_every_row_is_as_wide_as_the_table_in_both_scripts() -> None:
    async with table_of(np.arange(MILLION)) as (app, _table, pilot):
        for keys in ((), ("end",), ("pageup",)):
            await pilot.press(*keys)
            await pilot.pause()
            assert [cell_len(row) for row in rows(app)] == [80] * 24


async def test_the_header_stays_and_the_last_row_can_be_seen() -> None:
    async with table_of(np.arange(50)) as (app, _table, pilot):
        await pilot.press("end")
        await pilot.pause()
        assert "No." in rows(app)[0] and "50" in rows(app)[-1]


async def test_the_cursor_keeps_its_row_when_the_order_changes() -> None:
    async with table_of(np.arange(1_000)) as (app, table, pilot):
        await pilot.press(*["down"] * 5)
        assert table.row == 5
        app.show(np.arange(1_000)[::-1])
        await pilot.pause()
        assert table.row == 5
        assert any(row.startswith(">         6") for row in rows(app))
        app.show(np.array([7, 8, 9]))
        assert table.row in (7, 8, 9)


async def test_enter_and_a_second_click_choose_a_row() -> None:
    async with table_of(np.array([30, 10, 20])) as (app, _table, pilot):
        await pilot.press("down", "enter")
        assert app.heard == [("chosen", 10)]
        await pilot.click(Table, offset=(5, 3))
        assert app.heard == [("chosen", 10)]
        await pilot.click(Table, offset=(5, 3))
        assert app.heard[-1] == ("chosen", 20)


async def test_a_click_on_a_header_asks_to_sort_by_it() -> None:
    async with table_of(np.arange(5)) as (app, table, pilot):
        await pilot.click(Table, offset=(14, 0))
        assert app.heard == [("sort", "name")]
        assert table.sort_key == "name"
        await pilot.press("left")
        assert table.sort_key == "number"
        app.show(np.arange(5), sorted_by="name", descending=True)
        await pilot.pause()
        assert "姓名 nav" in rows(app)[0]


@pytest.mark.parametrize("order", [(), np.arange(0)])
async def test_without_rows_it_says_so_and_no_key_hurts(order: Any) -> None:
    async with table_of(order) as (app, table, pilot):
        app.show(order, empty="Nobody fits.")
        await pilot.press("down", "end", "pageup", "enter", "home")
        await pilot.click(Table, offset=(5, 3))
        await pilot.pause()
        assert table.row is None and app.heard == []
        assert "Nobody fits." in rows(app)[1]


async def test_a_cursor_on_top_may_stay_there_while_rows_come_in_above() -> None:
    async with table_of(np.array([3, 2, 1])) as (app, table, pilot):
        app.show(np.array([4, 3, 2, 1]), stays_on_top=True)
        assert table.row == 4
        await pilot.press("down")
        app.show(np.array([5, 4, 3, 2, 1]), stays_on_top=True)
        assert table.row == 3


async def test_with_a_second_line_rows_scroll_choose_and_copy_as_before() -> None:
    async with table_of(np.arange(MILLION)) as (app, table, pilot):
        app.show(np.arange(MILLION), under=Under(4, lambda row: Cell(f"why {row + 1:,}", role="muted")))
        await pilot.pause()
        shown = rows(app)
        assert all(cell_len(row) == 80 for row in shown)
        assert "Chen Hao" in shown[1] and shown[2].startswith("    why 1 ") and "陈浩" in shown[3]
        await pilot.press("end")
        await pilot.pause()
        assert "why 1,000,000" in rows(app)[-1] and "1,000,000" in rows(app)[-2]
        await pilot.press("pageup", "up")
        assert table.row == MILLION - 1 - 10 - 1
        assert table.row_text().endswith(f"why {table.row + 1:,}")
        await pilot.press("home")
        await pilot.click(Table, offset=(10, 6))
        await pilot.pause()
        assert table.row == 2
        await pilot.press("enter")
        assert app.heard[-1] == ("chosen", 2)


async def test_where_a_second_line_goes_away_the_cursor_stays_in_sight() -> None:
    async with table_of(np.arange(500)) as (app, table, pilot):
        app.show(np.arange(500), under=Under(4, lambda row: Cell("why")))
        table.move_to(400)
        await pilot.pause()
        app.show(np.arange(500))
        await pilot.pause()
        assert table.row == 400 and any("> " in row and "401" in row for row in rows(app))

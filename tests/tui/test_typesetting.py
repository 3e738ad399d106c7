"""Chinese is broken into lines as its typography asks: on pages and in short notices."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.widgets._toast import Toast

from simulator.text import LANGUAGES
from tests.tui.lives import life
from tests.tui.on_screen import LARGE, MIDDLE, SMALL, Player, screen_rows
from tui.app import WhiteslipApp
from tui.screens.base import GameScreen
from tui.widgets.cells import CLOSING, OPENING, wrapped

LETTERS = st.sampled_from("额度还款 a1.%，。；：？！、）”》」』（“《「")


def set_in(text: str, width: int) -> list[str]:
    return [line[0].text for line in wrapped(text, width)]


@example("额额额额额额额额（ （（额", 12)
@example("额额额额额额 ，", 12)
@given(st.lists(LETTERS, max_size=60).map("".join), st.integers(12, 40))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str, width: int) -> None:
    lines = set_in(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for before, line in pairwise(lines):
        assert line[0] not in CLOSING or not before
        assert before[-1] not in OPENING


@pytest.mark.parametrize("mark", [each for each in CLOSING if cell_len(each) == 2])
def test_a_full_line_gives_a_letter_to_the_mark_that_follows(mark: str) -> None:
    assert set_in(f"额度已停用{mark}", 10) == ["额度已停", f"用{mark}"]
    assert set_in(f"额度停用{mark}还款", 10) == [f"额度停用{mark}", "还款"]


def test_an_opening_mark_goes_with_what_it_opens() -> None:
    assert set_in("去看账单（“全额”）", 10) == ["去看账单", "（“全额”）"]
    assert set_in("账单的 M1（1 至 30 天）", 11) == ["账单的 M1", "（1 至 30", "天）"]


@pytest.mark.parametrize("plain", [False, True], ids=["", "plain"])
@pytest.mark.parametrize("size", [SMALL, (100, 30), MIDDLE, (140, 45), (170, 45), LARGE], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_notice_leaves_no_full_stop_alone_on_a_line(size: tuple[int, int], plain: bool) -> None:
    app = WhiteslipApp(lang="zh")
    async with app.run_test(size=size, notifications=True) as pilot:
        player = Player(app, pilot)
        app.set_class(plain, "-plain")
        app.open_world(life("billed"))
        for count in range(14, 31):
            app.clear_notifications()
            told = "还" * count + "。"
            app.tell(told)
            await player.until(partial(_says, app, told))
            lines = _notice_of(app)
            assert all(line[0] not in CLOSING for line in lines)
            width = max(notice.content_size.width for notice in app.screen.walk_children(Toast))
            assert max(map(cell_len, lines)) <= width
        app.world.close()


def _says(app: WhiteslipApp, text: str) -> bool:
    return "".join(_notice_of(app)) == text


def _notice_of(app: WhiteslipApp) -> list[str]:
    """The lines of the short notice that stands on the screen, without its border; none until it is drawn."""
    found = []
    for notice in app.screen.walk_children(Toast):
        area = notice.content_region
        for row in screen_rows(app)[area.y : area.bottom]:
            found.append("".join(letter for place, letter in _placed(row) if area.x <= place < area.right).strip())
    return [row for row in found if row]


def _placed(row: str) -> list[tuple[int, str]]:
    """Each letter of a row with the cell that it begins in."""
    places, start = [], 0
    for letter in row:
        places.append((start, letter))
        start += cell_len(letter)
    return places


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("keys", [(), ("b",), ("t",), ("b", "p")], ids=lambda keys: "".join(keys) or "home")
async def test_a_notice_of_one_line_covers_no_word(lang: str, keys: tuple[str, ...]) -> None:
    app = WhiteslipApp(lang=lang)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        player = Player(app, pilot)
        await player.settle()
        app.open_world(life("billed"))
        await player.settle()
        await player.press(*keys)
        before = screen_rows(app)
        app.tell("Kept in /tmp/a.")
        await player.settle()
        await player.settle()
        [place] = [place for place, (old, new) in enumerate(zip(before, screen_rows(app), strict=True)) if old != new]
        if isinstance(app.screen, GameScreen):
            assert place == SMALL[1] - 2 and app.screen.query_one("#body").region.bottom == place, "the page ends above it"
        else:
            assert place == SMALL[1] - 1 and not before[place].strip()
        app.world.close()


async def test_a_notice_shows_brackets_as_they_are() -> None:
    app = WhiteslipApp()
    async with app.run_test(size=MIDDLE, notifications=True) as pilot:
        app.tell("[!] kept in /tmp/[/a]")
        await Player(app, pilot).settle()
        assert any("[!] kept in /tmp/[/a]" in row for row in screen_rows(app))

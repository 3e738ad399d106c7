"""The app around a life: language, themes, palette, sizes, saves that are kept, shared or damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandPalette

from simulator import text
from simulator.files import data_folder, saves_folder
from simulator.rules.balances import billed_fen
from simulator.world import World
from tests.lives import played
from tests.tui.lives import life
from tests.tui.on_screen import PLACE_KEYS, SMALL, Player, assert_rows_fill, at_screen
from tui.app import WhiteslipApp
from tui.screens.inbox import InboxScreen
from tui.themes import NAMES, PALETTES
from tui.widgets.page import Page

HAN = range(0x4E00, 0x9FFF)


def has_chinese(row: str) -> bool:
    """Whether a Chinese character stands in it."""
    return any(ord(letter) in HAN for letter in row)


async def palette(player: Player, words: str) -> None:
    """Do something by its name."""
    await player.press("ctrl+p")
    assert isinstance(player.app.screen, CommandPalette)
    await player.press(*words)
    await player.press("enter")
    assert not isinstance(player.app.screen, CommandPalette)


async def test_language_changes_every_place_at_once() -> None:
    """F9: glance line, title, page and footer, there and back."""
    async with at_screen(life("billed")) as player:
        for place in PLACE_KEYS:
            await player.go(place)
            english = player.rows()
            assert not any(has_chinese(row) for row in english)
            await player.press("f9")
            rows = player.rows()
            assert all(has_chinese(rows[number]) for number in (0, 2, -1))
            assert_rows_fill(player.app)
            await player.press("f9")
            assert player.rows() == english


async def test_language_changes_start_and_dialogs() -> None:
    """The first screen, and an open answer with the screen under it."""
    async with at_screen() as player:
        await player.press("f9")
        assert has_chinese(player.shown().replace("简体中文", ""))
        await player.press("f9")
    async with at_screen(life("billed")) as player:
        player.app.explain("minimum")
        await player.settle()
        await player.press("f9")
        assert has_chinese(player.shown())
        await player.press("escape")
        assert has_chinese(player.rows()[0])


async def test_language_is_kept() -> None:
    """The next start speaks what was chosen last."""
    async with at_screen() as player:
        await player.press("f9")
    text.use("en")
    async with at_screen() as player:
        assert text.language() == "zh"
        assert has_chinese(player.shown().replace("简体中文", ""))


async def test_themes_change_at_once_and_are_kept() -> None:
    """By the palette; the page's own background changes, and the next start has it."""
    async with at_screen(life("open")) as player:
        for name, word in (
            ("light", "view: Light"),
            ("high-contrast", "view: High contrast"),
            ("dark", "view: Dark"),
        ):
            await palette(player, word)
            assert player.app.theme == name
            page = player.app.screen.query_one("#main", Page)
            assert page.background_colors[1].hex6.upper() == PALETTES[name]["background"]
            assert_rows_fill(player.app)
        await palette(player, "view: Light")
    async with at_screen() as player:
        assert player.app.theme == "light"
    assert set(NAMES) == {"light", "dark", "high-contrast"}


async def test_palette_names_everything_in_both_languages() -> None:
    """In Chinese the English name stands behind, so that either is found."""
    async with at_screen(life("billed")) as player:
        english = [command.title for command in player.app.get_system_commands(player.app.screen)]
        assert {"go: Bills", "pay: Bill in full", "time: To the due day", "view: Light"} <= set(english)
        await player.press("f9")
        both = [command.title for command in player.app.get_system_commands(player.app.screen)]
        assert len(both) == len(english)
        for shown, name in zip(both, english, strict=True):
            assert has_chinese(shown) or "language" in name
            assert name in shown or "language" in name
        await palette(player, "go: Limit")
        assert player.name() == "LimitScreen"


async def test_palette_pays_and_goes() -> None:
    """A verb from the palette is the same as its key."""
    async with at_screen(life("billed")) as player:
        await palette(player, "go: Money")
        assert player.name() == "MoneyScreen"
        await palette(player, "pay: Bill in full")
        paid = [event for event in player.app.world.events if event["event"] == "payment_received"]
        assert len(paid) == 1


async def test_nothing_of_a_life_in_the_palette_before_one() -> None:
    """On the first screen there is nobody to pay for."""
    async with at_screen() as player:
        names = [command.title for command in player.app.get_system_commands(player.app.screen)]
        assert not [name for name in names if name.startswith(("pay:", "time:"))]
        assert {name for name in names if name.startswith("go:")} == {"go: Market", "go: Explorer"}
        assert [name for name in names if name.startswith("view:")]


@pytest.mark.parametrize("size", [(79, 24), (80, 23), (40, 10)])
async def test_a_small_terminal_says_so(size: tuple[int, int]) -> None:
    """What is needed is said in whole; larger again, the page is back."""
    async with at_screen(life("open"), size) as player:
        shown = player.shown().replace("\n", "")
        assert "80 columns and 24 rows" in shown
        await player.pilot.resize_terminal(*SMALL)
        await player.settle()
        assert "Where do I stand?" in player.shown()
        assert_rows_fill(player.app)


@pytest.mark.parametrize("place", ["home", "inbox", "lab"])
async def test_where_there_is_no_room_nothing_else_is_shown(place: str) -> None:
    """Whatever the screen holds beside its page; larger again, all of it is back."""
    async with at_screen(life("billed"), (140, 45)) as player:
        await player.go(place)
        before = player.rows()
        await player.pilot.resize_terminal(70, 20)
        await player.settle()
        assert len([row for row in player.rows() if row.strip()]) == 1
        assert "make the window larger." in player.shown()
        await player.pilot.resize_terminal(140, 45)
        await player.settle()
        assert player.rows() == before


async def test_a_second_window_reads_only(tmp_path: Path) -> None:
    """It says so, refuses politely, and the first one's life is as it was."""
    path = tmp_path / "life.db"
    first = played(path)
    events = len(first.events)
    async with at_screen(asked={"save": path}) as player:
        assert player.name() == "HomeScreen"
        assert any("read only" in note for note in player.told())
        await player.press("n")
        assert any("Nothing can be changed here" in note for note in player.told())
        assert player.app.world.day == first.day
        await player.press("t")
        await player.choose("Tomorrow")
        assert player.app.world.day == first.day
    assert len(first.events) == events
    first.close()


async def test_a_damaged_save_is_set_aside_and_recovered() -> None:
    """Offered on the first screen; the steps that can be read are kept, and the life goes on."""
    path = saves_folder() / "lin-mei-1.db"
    path.parent.mkdir(parents=True)
    played(path, {"do": "wait", "days": 3}).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:-4096] + b"\0" * 4096)
    async with at_screen() as player:
        if "Continue" in player.shown():
            await player.choose("Continue")
        assert "damaged" in player.shown()
        await player.choose("Set it aside")
        assert player.name() == "HomeScreen"
        assert any("kept aside" in note for note in player.told())
        day = player.app.world.day
        await player.press("n")
        assert player.app.world.day == day + 1
    assert len(list(path.parent.iterdir())) >= 2


async def test_a_file_that_is_no_save_is_named() -> None:
    """Nonsense in the folder of saves does not keep anyone from a new life."""
    saves_folder().mkdir(parents=True)
    (saves_folder() / "notes.db").write_bytes(b"not a save at all" * 300)
    async with at_screen() as player:
        assert "notes.db" in player.shown()
        await player.choose("Set it aside")
        assert player.name() == "StartScreen"
        await player.choose("Lin Mei")
        assert player.name() == "HomeScreen"


async def test_a_life_goes_on_after_leaving() -> None:
    """ctrl+q keeps everything; the next start offers to go on, and stands where it was."""
    async with at_screen() as player:
        await player.choose("Chen Hao")
        await player.press("n", "n", "n")
        seen = player.rows()[0]
        await player.press("ctrl+q")
    async with at_screen() as player:
        assert "Continue" in player.shown()
        await player.press("enter")
        assert player.rows()[0] == seen


async def test_a_life_of_the_other_language_is_named_in_the_readers() -> None:
    """A name that Whiteslip gave follows the language, at once when it is switched too."""
    async with at_screen() as player:
        await player.choose("Chen Hao")
        await player.press("ctrl+q")
    async with at_screen(None, asked={"lang": "zh"}) as player:
        assert "继续：陈浩，" in player.shown() and "Chen Hao" not in player.shown()
        await player.press("f9")
        assert "Continue: Chen Hao, " in player.shown()


async def test_every_life_begun_can_be_gone_on_with_from_the_start_and_from_the_palette() -> None:
    async with at_screen() as player:
        await player.choose("Lin Mei")
        await player.press("n", "n")
        await palette(player, "file: Another life")
        await player.choose("Begin another life")
        assert player.name() == "StartScreen" and player.app.life is None
        await player.choose("Chen Hao")
        assert "2 Jan 2025" not in player.shown()
        await palette(player, "file: Another life")
        assert "Lin Mei, 3 Jan 2025" in player.shown() and "Chen Hao" not in player.shown()
        await player.press("escape", "ctrl+q")
    async with at_screen() as player:
        assert "Continue: Chen Hao, 1 Jan 2025" in player.shown()
        await player.choose("Another life begun earlier")
        await player.choose("Lin Mei, 3 Jan 2025")
        assert player.name() == "HomeScreen" and player.app.world.day == 2
        await palette(player, "file: Another life")
        await player.choose("Chen Hao")
        assert player.app.world.day == 0


async def test_a_window_that_only_reads_plays_on_once_the_other_has_left(tmp_path: Path) -> None:
    """And until then it shows what was done there, whenever it refuses to do something."""
    path = tmp_path / "life.db"
    other = life("billed", path)
    async with at_screen(World.open(path)) as player:
        await player.press("n")
        assert player.told()[-1].startswith("Nothing can be changed here: another window is playing it; leave it there")
        other.do({"do": "wait", "days": 3})
        await player.go("bills")
        await player.press("n")
        assert "this is how the life stands in the other window now" in player.told()[-1]
        assert player.app.world.day == other.day and player.app.world.read_only
        other.do({"do": "wait", "days": 1})
        other.close()
        await player.press("n")
        assert player.told()[-1].startswith("The other window has left")
        assert player.app.world.day == other.day and player.app.beside.is_kept
        await player.press("n")
        assert player.app.world.day == other.day + 1


async def test_a_jump_in_time_takes_a_life_up_too(tmp_path: Path) -> None:
    path = tmp_path / "life.db"
    other = life("billed", path)
    async with at_screen(World.open(path)) as player:
        other.close()
        player.app.jump(3, "")
        await player.settle()
        assert player.told()[-1].startswith("The other window has left")
        player.app.jump(3, "")
        await player.settle()
        assert player.app.world.day == other.day + 3


async def test_in_a_window_too_small_nothing_can_be_done_but_leaving() -> None:
    """What cannot be seen is not changed: not by a key, not by the palette, not by a click."""
    async with at_screen(life("billed")) as player:
        day, place = player.app.world.day, player.name()
        await player.pilot.resize_terminal(20, 5)
        await player.press("n", "b", "ctrl+p", "f9")
        await player.pilot.click(offset=(2, 2))
        await player.pilot.resize_terminal(*SMALL)
        await player.settle()
        assert (player.app.world.day, player.name(), text.language()) == (day, place, "en")
        await player.pilot.resize_terminal(20, 5)
        await player.press("ctrl+q")
        assert not player.app.is_running


async def test_the_key_to_leave_that_a_person_has_set_leaves_a_window_too_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHITESLIP_KEYS", "app.leave=ctrl+x")
    async with at_screen(life("billed")) as player:
        await player.pilot.resize_terminal(20, 5)
        await player.press("ctrl+x")
        assert not player.app.is_running


@pytest.mark.parametrize("place", ["bills", "shop"])
async def test_another_life_can_be_begun_from_every_place(place: str) -> None:
    """Home, which stood below, is not asked to draw a life that is there no more."""
    async with at_screen(life("billed")) as player:
        await player.go(place)
        await palette(player, "file: Another life")
        await player.choose("Begin another life")
        assert player.name() == "StartScreen" and player.told() == []


async def test_a_place_that_was_left_draws_no_more() -> None:
    """It may still hear of its return to the top, when what stood on it and itself were left in one breath."""
    async with at_screen(life("billed")) as player:
        await player.go("inbox")
        left = player.found(InboxScreen)
        await player.go("home")
        left.rebuild()
        await player.settle()
        assert player.told() == []


async def test_the_palette_goes_as_far_as_the_key_of_time_and_offers_no_payment_beyond_the_cash() -> None:
    world = life("billed")
    async with at_screen(world) as player:
        named = {command.title for command in player.app.get_system_commands(player.app.screen)}
        assert {"time: What comes next", "time: One month", "pay: Bill in full", "pay: Minimum"} <= named
        world.shopper.cash_fen = billed_fen(world.account) - 1
        named = {command.title for command in player.app.get_system_commands(player.app.screen)}
        assert "pay: Bill in full" not in named


async def test_a_named_save_is_made_and_opened_again(tmp_path: Path) -> None:
    """`--save` with a new file begins a life there; `--screen` opens its place."""
    path = tmp_path / "mine.db"
    async with at_screen(asked={"save": path}) as player:
        assert player.name() == "HomeScreen"
        await player.press("n")
    async with at_screen(asked={"save": path, "screen": "money"}) as player:
        assert player.app.world.day == 1
        assert player.name() == "MoneyScreen"
    world = World.open(path)
    assert world.day == 1
    world.close()


async def test_home_is_under_every_place() -> None:
    """Esc goes up one: from checkout to the shop, from the shop to Home; on Home it does nothing."""
    async with at_screen(life("open")) as player:
        await player.go("shop")
        await player.choose("Kettle")
        for name in ("ShopScreen", "HomeScreen", "HomeScreen"):
            await player.press("escape")
            assert player.name() == name
        for key in PLACE_KEYS.values():
            await player.press(key)
        assert len(player.app.screen_stack) == 3


async def test_the_mouse_works_too() -> None:
    """A click on an action does it; a figure asks on the second click."""
    async with at_screen(life("billed")) as player:
        await player.pilot.click("#main", offset=(3, 3))
        await player.settle()
        assert player.name() == "BillsScreen"
        await player.press("escape")
        await player.pilot.click("#main", offset=(11, 2))
        await player.pilot.click("#main", offset=(11, 2))
        await player.settle()
        assert player.name() == "WhyDialog"


async def test_a_picture_of_the_screen_is_kept() -> None:
    """F8 writes an SVG into the data folder and says where; a folder that cannot be is said too."""
    async with at_screen(life("billed")) as player:
        await player.press("f8")
        folder = data_folder() / "pictures"
        (kept,) = folder.glob("*.svg")
        assert any(kept.name in note for note in player.told())
        assert "Where" in kept.read_text("utf-8")
        kept.unlink()
        folder.rmdir()
        folder.write_text("in the way")
        await player.press("f8")
        assert any("No picture could be kept" in note for note in player.told())


@pytest.mark.parametrize("width", [120, 121, 140, 200])
async def test_a_notice_over_two_panes_loses_no_character(width: int) -> None:
    app = WhiteslipApp(lang="zh")
    async with app.run_test(size=(width, 36), notifications=True) as pilot:
        player = Player(app, pilot)
        app.open_world(life("billed"))
        await player.settle()
        for told in ("用现金买了街角面馆的东西。" * 4, "a" + "用现金买了街角面馆的东西。" * 4):
            app.clear_notifications()
            app.tell(told)
            for _refresh in range(50):
                await pilot.pause()
                shown = "".join(row[row.index("▌") + 1 :].strip() for row in player.rows() if "▌" in row)
                if shown == told:
                    break
            assert shown == told
        app.world.close()


@pytest.mark.parametrize("key", ["j", "f6", "tab"])
async def test_three_keys_lead_to_the_pane_beside(key: str) -> None:
    async with at_screen(life("billed"), (140, 45)) as player:
        assert player.page.id == "main"
        await player.press(key)
        assert player.page.id == "side"

"""Settings are the person's: kept by line, never overwritten by mistake, each with a word on what is allowed."""

from __future__ import annotations

import errno
import re
import tomllib
from collections.abc import Callable
from dataclasses import fields

import pytest
from rich.color import ColorType

from tests.tui.lives import life
from tests.tui.on_screen import SMALL, assert_rows_fill, at_screen
from tui.app import WhiteslipApp
from tui.settings import TEMPLATE, Settings, keep_setting, load_settings, settings_file, with_line
from tui.themes import ALL_NAMES, ROLES, THEMES

NO_ENVIRONMENT: dict[str, str] = {}


def write(text: str) -> None:
    """The person's own file."""
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(text, encoding="utf-8")


def test_the_first_choice_makes_a_file_that_tells_of_every_setting() -> None:
    keep_setting(load_settings(NO_ENVIRONMENT), "theme", "light")

    text = settings_file().read_text(encoding="utf-8")
    assert tomllib.loads(text) == {"theme": "light"}
    told = {each.name for each in fields(Settings)} - {"faults", "readable"}
    assert told == set(re.findall(r"^(?:# )?\[?(\w+)(?: =|\])", text, flags=re.MULTILINE))


def test_what_the_template_proposes_is_what_is_usual() -> None:
    write(
        TEMPLATE.replace("# theme", "theme").replace("# language", "language").replace("# [keys]", "[keys]")
    )

    assert load_settings(NO_ENVIRONMENT) == Settings()


def test_a_choice_changes_its_own_line_alone() -> None:
    write('# mine\nlanguage = "zh"  # 中文\n\n[keys]\n"time.next" = "N"  # theme = "x"\n')
    settings = load_settings(NO_ENVIRONMENT)
    keep_setting(settings, "theme", "light")
    keep_setting(settings, "language", "en")

    assert settings_file().read_text(encoding="utf-8") == (
        '# mine\nlanguage = "en"\n\ntheme = "light"\n[keys]\n"time.next" = "N"  # theme = "x"\n'
    )
    assert load_settings(NO_ENVIRONMENT).keys == {"time.next": "N"}


@pytest.mark.parametrize("change", ["language", "theme", "shoppers"])
async def test_what_is_set_and_cannot_be_kept_is_told(monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async with at_screen(life("billed")) as player:
        changes: dict[str, Callable[[], object]] = {
            "language": lambda: player.app.use_language("en"),
            "theme": lambda: player.app.use_theme("light"),
            "shoppers": lambda: player.app.beside.use_shoppers(500),
        }
        change_it = changes[change]
        change_it()
        await player.settle()
        assert player.told() == []
        monkeypatch.setattr("tui.settings.write_whole", full)
        change_it()
        await player.settle()
        (told,) = player.told()
        assert told.startswith("It holds until you leave, but could not be kept: the disk is full")


async def test_what_is_set_beside_a_file_that_cannot_be_read_is_told_not_to_be_kept() -> None:
    write("theme = ")
    async with at_screen(life("billed")) as player:
        await player.press("f9", "f9")
        assert "It holds until you leave, but could not be kept: settings.toml could not be read." in player.told()
    assert settings_file().read_text(encoding="utf-8") == "theme = "


def test_a_line_goes_before_the_first_table() -> None:
    assert with_line("[keys]\n", "calm", "calm = true") == "calm = true\n[keys]\n"
    assert with_line("# mine", "calm", "calm = true") == "# mine\ncalm = true\n"


async def test_a_file_that_cannot_be_read_stays_as_it_is() -> None:
    broken = '# mine\ntheme = "light\n[keys]\n"time.next" = "N"\n'
    write(broken)
    async with at_screen(life("open")) as player:
        assert player.app.settings.theme == "dark"
        await player.press("f9")
        player.app.use_theme("light")
        await player.settle()

    assert settings_file().read_text(encoding="utf-8") == broken


def test_a_file_that_cannot_be_read_is_said_in_the_readers_language() -> None:
    write('theme = "light\n')
    assert (
        load_settings(NO_ENVIRONMENT).faults[0].startswith("settings.toml cannot be read and stays as it is:")
    )
    app = WhiteslipApp(lang="zh")
    assert app.settings.faults[0].startswith("settings.toml 读不了，保持原样：")


def test_each_wrong_value_is_named_with_what_is_allowed() -> None:
    write('theme = "pink"\nlanguage = 3\ncalm = "yes"\nascii = 1\nshoppers = 0\nspeed = 2\n[keys]\n"time.next" = ""\n')

    found = load_settings(NO_ENVIRONMENT)
    assert found.faults == [
        f'Setting theme is "pink"; it can be {", ".join(ALL_NAMES)}.',
        "Setting language is 3; it can be en, zh.",
        'Setting calm is "yes"; it can be true, false.',
        "Setting ascii is 1; it can be true, false.",
        "Setting shoppers is 0; it can be 1 … 10000000.",
        'Setting keys is {"time.next": ""}; it can be "time.next" = "N".',
        "There is no setting speed.",
    ]
    assert (found.theme, found.language, found.calm, found.ascii, found.keys) == (
        "dark",
        "en",
        False,
        False,
        {},
    )


def test_the_environment_goes_first_and_is_not_written() -> None:
    write('theme = "light"\ncalm = true\n')
    asked = {
        "WHITESLIP_THEME": "high-contrast", "WHITESLIP_LANG": "zh", "WHITESLIP_CALM": "0", "WHITESLIP_ASCII": "1",
        "WHITESLIP_KEYS": "time.next=N, do.pay=P",
    }  # fmt: skip
    found = load_settings(asked)
    assert (found.theme, found.language, found.calm, found.ascii) == ("high-contrast", "zh", False, True)
    assert found.keys == {"time.next": "N", "do.pay": "P"}

    keep_setting(found, "language", "en")
    assert tomllib.loads(settings_file().read_text(encoding="utf-8")) == {
        "theme": "light", "calm": True, "language": "en",
    }  # fmt: skip


def test_the_terminals_language_holds_until_one_is_chosen() -> None:
    chinese = {"LANG": "zh_CN.UTF-8"}
    assert load_settings(chinese).language == "zh" and load_settings({}).language == "en"
    keep_setting(Settings(), "language", "en")
    assert load_settings(chinese).language == "en"
    assert load_settings({**chinese, "WHITESLIP_LANG": "zh"}).language == "zh"


def test_a_wrong_word_in_the_environment_is_a_fault_too() -> None:
    assert load_settings({"WHITESLIP_CALM": "maybe"}).faults == [
        'Setting calm is "maybe"; it can be true, false.'
    ]


@pytest.mark.parametrize("name", ALL_NAMES)
async def test_every_theme_draws_and_takes_effect_at_once(name: str) -> None:
    async with at_screen(life("billed"), SMALL) as player:
        before = player.rows()
        player.app.use_theme(name)
        await player.settle()
        assert player.app.theme == name
        assert player.rows() == before
        await player.press("question_mark")
        assert_rows_fill(player.app)


def test_every_theme_names_every_role_and_the_terminals_own_are_native() -> None:
    for theme in THEMES:
        assert set(ROLES) <= theme.variables.keys()
        assert theme.ansi == theme.name.startswith("ansi-")
        assert theme.dark != theme.name.endswith("light")


@pytest.mark.parametrize("name", ["dark", "ansi-dark"])
async def test_no_color_means_no_colour_and_a_bar_that_can_still_be_read(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("WHITESLIP_THEME", name)
    async with at_screen(life("billed")) as player:
        assert "####" in player.shown() and "...." in player.shown()
        for strip in player.app.screen._compositor.render_strips():
            for segment in strip:
                style = segment.style
                for colour in (style.color, style.bgcolor) if style is not None else ():
                    assert colour is None or colour.type is ColorType.DEFAULT


async def test_plain_lines_and_frames_hold_no_character_of_doubtful_width(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WHITESLIP_ASCII", "1")
    async with at_screen(life("billed")) as player:
        assert player.rows()[1] == "-" * 80
        assert player.shown().isascii()
        await player.press("ctrl+p")
        drawn = player.shown().replace("中文", "").replace("…", "")
        assert drawn.isascii(), set(drawn) - set(map(chr, range(128)))
        assert_rows_fill(player.app)


async def test_another_key_does_the_same_and_is_shown() -> None:
    """By a binding's name: the new key works, the old one no longer does, and the footer says so."""
    write('[keys]\n"time.next" = "N"\n"do.pay" = "P"\n')
    async with at_screen(life("billed")) as player:
        day = player.app.world.day
        await player.press("N")
        assert player.app.world.day == day + 1
        await player.press("n")
        assert player.app.world.day == day + 1
        assert "N Next day" in player.rows()[-1] and "P Pay" in player.rows()[-1]
        await player.press("P")
        assert player.name() == "BillsScreen"

"""Keys that a person has chosen act and are told wherever the usual ones would be, and those no more."""

from __future__ import annotations

import re

import pytest

from simulator.text import LANGUAGES
from tests.test_text import translations
from tests.tui.labs import in_lab
from tests.tui.lives import life
from tests.tui.markets import HandMarket, at_market
from tests.tui.on_screen import MIDDLE, Player, at_screen
from tui import keys
from tui.screens.dialogs import ChoiceDialog

CHOSEN = {"time.menu": "T", "time.next": "N", "always.help": "H", "always.why": "W", "always.pane": "P", "do.run": "G",
          "do.find": "F", "go.market": "K", "go.account": "A", "do.ask": "R", "do.lock": "Z", "do.return": "D",
          "always.back": "Q", "dialog.close": "E", "why.copy": "Y", "lab.me": "M", "do.undo": "U",
          "app.leave": "ctrl+x"}  # fmt: skip


@pytest.fixture(autouse=True)
def chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of one's own, as the settings hold them."""
    monkeypatch.setenv("WHITESLIP_KEYS", ",".join(f"{name}={key}" for name, key in CHOSEN.items()))


def squeezed(player: Player) -> str:
    """All that is shown, as one line of text."""
    return " ".join(player.shown().split("\n")).replace("   ", "\0").replace("  ", " ").replace("\0", "   ")


async def test_time_in_the_market() -> None:
    async with at_market(HandMarket(), MIDDLE, world=life("billed")) as player:
        await player.press("K")
        keys = player.rows()[-1]
        assert " T Speed" in keys and " G Run" in keys and " W Why" in keys and " H Help" in keys
        day = player.app.world.day
        await player.press("t", "n", "f3")
        assert player.name() == "MarketScreen" and player.app.world.day == day
        await player.press("N")
        assert player.app.world.day == day + 1
        await player.press("T")
        assert isinstance(player.app.screen, ChoiceDialog)


async def test_the_rows_of_the_market_and_a_life() -> None:
    async with at_market(HandMarket(), MIDDLE, world=life("billed")) as player:
        await player.press("x")
        keys = player.rows()[-1]
        assert " F Find" in keys and " G Run" in keys and " K Market" in keys and " H Help" in keys
        await player.press("enter")
        assert player.name() == "LifeScreen"
        keys = player.rows()[-1]
        assert " F Everything" in keys and " W Why" in keys and " H Help" in keys


async def test_the_lab_and_the_sweep() -> None:
    async with in_lab(size=(80, 24)) as analyst:
        keys = analyst.rows()[-1]
        assert " F Find" in keys and " W Why" in keys and " H Help" in keys
        before = analyst.app.screen.focused
        await analyst.press("f6")
        assert analyst.app.screen.focused is before
        await analyst.press("P")
        assert analyst.app.screen.focused is not before
        await analyst.press("8")
        assert analyst.name() == "SweepScreen"
        keys = analyst.rows()[-1]
        assert " W Why" in keys and " H Help" in keys


async def test_the_help_of_every_screen() -> None:
    async with at_screen(life("billed"), (120, 50)) as player:
        await player.press("H")
        told = [row.strip() for row in player.rows()]
        for start in ("N   ", "T   ", "W   ", "H   ", "K x v", "Tab j P", "Q ctrl+x", "F9"):
            assert any(row.strip("│▌▐ ").startswith(start) for row in told), (start, player.shown())


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_sentences_name_the_chosen_keys_and_those_act(lang: str) -> None:
    """On the start screen, in the shop, the help of a place, an answer, and what an unused key is told."""

    def says(english: str, chinese: str) -> str:
        return english if lang == "en" else chinese

    async with at_screen(asked={"lang": lang}) as player:
        assert says("? helps, ctrl+x leaves", "? 帮助，ctrl+x 离开") in player.shown()
        assert says("press W on a", "在数字上按 W") in player.shown()
    async with at_screen(life("locked"), (120, 50), {"lang": lang}) as player:
        await player.press("A", "H")
        told = squeezed(player)
        assert says("R asks the lender", "R 向放贷方提出") in told and says("and Z unlocks it", "再按 Z 解锁") in told
        assert says("E close", "E 关闭") in told
        await player.press("E")
        assert player.name() == "AccountScreen"
        await player.press("D")
        assert says("D does nothing here; H shows what does.", "D 在这里没用；H 看有什么键。") in player.told()[-1]
        player.app.explain("cash")
        await player.settle()
        assert says("E back   Y copy", "E 返回   Y 复制") in squeezed(player)
    async with at_screen(life("open"), asked={"lang": lang}) as player:
        await player.go("shop")
        await player.press("F")
        await player.write("kettle")
        assert says("F finds anew", "按 F 再找") in player.shown()


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_the_lab_names_the_key_of_ones_own_life_as_it_was_chosen(lang: str) -> None:
    async with in_lab(market=False, lang=lang) as analyst:
        await analyst.press("1")
        told = squeezed(analyst)
        assert ("M shows your own life" if lang == "en" else "按 M 看你自己") in told
        await analyst.press("M")
        assert analyst.lab.state.view == "me"


def test_a_sentence_keeps_the_usual_keys_where_none_was_chosen_and_its_values_always() -> None:
    text = "{amount} waits: {key_p} pays, {key_help} helps, {key_F9} speaks."
    keys.use({})
    assert keys.keyed(text, amount="1.00") == "1.00 waits: p pays, ? helps, F9 speaks."
    keys.use({"do.pay": "X", "app.language": "f12"})
    assert keys.keyed(text, amount="{key_p}") == "{key_p} waits: X pays, ? helps, F12 speaks."
    with pytest.raises(KeyError):
        keys.keyed("{what}")
    keys.use({})


def test_no_sentence_names_a_key_by_its_letter() -> None:
    """A key is named as `{key_p}` in both languages, so that it can be another one."""
    for _area, message in translations():
        for told in (str(message.id), str(message.string)):
            assert not re.search(r"(?:[Pp]ress|按) ?[b-zA-Z](?![A-Za-z0-9])", told), told
            assert set(re.findall(r"\{key_[^}]*\}", str(message.id))) == set(re.findall(r"\{key_[^}]*\}", str(message.string)))

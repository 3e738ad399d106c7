"""What is mended in the toolkit."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from tests.tui.on_screen import at_screen


@pytest.mark.parametrize("by", ["action_page_down", "action_page_up"])
async def test_a_list_hears_a_key_before_its_lines_are_laid_out(by: str) -> None:
    """As the palette's own, where the key comes in one burst with those that open it."""
    async with at_screen() as player:
        options = OptionList("one", "two", "three")
        options.highlighted = 0
        getattr(options, by)()
        assert options.highlighted == 0
        await player.app.screen.mount(options)
        await player.settle()
        getattr(options, by)()
        assert options.highlighted == (2 if by == "action_page_down" else 0)

"""The themes hold what the design prints: contrast by WCAG, to one decimal."""

from __future__ import annotations

import itertools

import pytest
from rich.color import Color, ColorSystem

from tui.themes import NAMES, PALETTES, ROLES, THEMES, contrast
from tui.widgets.chart import LAYERS

PRINTED = {
    "ink": (15.9, 14.1, 21.0), "muted": (6.1, 7.2, 13.6), "line": (3.5, 3.8, 21.0), "accent": (6.4, 8.4, 19.6),
    "good": (6.3, 8.8, 16.2), "watch": (6.1, 9.4, 13.1), "bad": (6.3, 7.9, 10.3), "owed": (6.7, 9.3, 11.9),
    "cash": (6.5, 9.7, 16.1), "limit": (7.4, 8.5, 12.8),
}  # fmt: skip
ON_PANEL = {"light": 5.5, "dark": 6.4, "high-contrast": 6.4}
READABLE, SEEN = 4.5, 3.0
TEXT_ROLES = tuple(role for role in ROLES if role != "line")


@pytest.mark.parametrize("role", ROLES)
def test_contrast_is_what_the_design_prints(role: str) -> None:
    """Light, dark and high contrast, each against its background."""
    found = tuple(round(contrast(PALETTES[name][role], PALETTES[name]["background"]), 1) for name in NAMES)
    assert found == PRINTED[role]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", TEXT_ROLES)
def test_text_can_be_read(name: str, role: str) -> None:
    """On the background, and on the panel of a dialog by more."""
    colours = PALETTES[name]
    assert contrast(colours[role], colours["background"]) >= READABLE
    assert round(contrast(colours[role], colours["panel"]), 1) >= ON_PANEL[name]


@pytest.mark.parametrize("name", NAMES)
def test_neighbours_of_a_stack_are_told_apart_in_256_colours(name: str) -> None:
    drawn = [Color.parse(PALETTES[name][role]).downgrade(ColorSystem.EIGHT_BIT).number for _mark, role in LAYERS]
    assert all(one != other for one, other in itertools.pairwise(drawn))


@pytest.mark.parametrize("name", NAMES)
def test_reversed_cells_can_be_read(name: str) -> None:
    """The cursor turns a cell round; a rule only has to be seen."""
    colours = PALETTES[name]
    assert contrast(colours["background"], colours["accent"]) >= READABLE
    assert contrast(colours["line"], colours["background"]) >= SEEN


def test_contrast_of_the_extremes() -> None:
    """Black on white is 21, a colour on itself 1, in whichever order."""
    assert round(contrast("#000000", "#FFFFFF"), 2) == round(contrast("#FFFFFF", "#000000"), 2) == 21.0
    assert contrast("#0B5CAD", "#0B5CAD") == 1.0


def test_every_theme_names_every_role() -> None:
    """Each role is a variable of each theme, and nothing is dimmed by transparency."""
    for theme in THEMES:
        assert set(ROLES) <= theme.variables.keys()
        assert theme.text_alpha == 1.0
        assert theme.variables["text-muted"] == theme.variables["muted"]

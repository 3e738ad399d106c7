"""Themes: light, dark and high contrast in the palette of the design, and the terminal's own colours.

Colour only repeats what a word says.
"""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

PALETTES: dict[str, dict[str, str]] = {
    "light": {
        "background": "#FBFAF7", "panel": "#F0EEE8", "ink": "#1B1F24", "muted": "#5A6068", "line": "#8A8578",
        "accent": "#0B5CAD", "good": "#1A6B3C", "watch": "#8A5300", "bad": "#B3261E", "owed": "#9A3B00",
        "cash": "#00666B", "limit": "#5B3FA6",
    },
    "dark": {
        "background": "#14171B", "panel": "#1E2329", "ink": "#E6E4DE", "muted": "#9DA5AF", "line": "#6B7380",
        "accent": "#6CB6FF", "good": "#63C98A", "watch": "#E8B34B", "bad": "#FF8A80", "owed": "#FFA66B",
        "cash": "#5CCFD1", "limit": "#B9A5FF",
    },
    "high-contrast": {
        "background": "#000000", "panel": "#000000", "ink": "#FFFFFF", "muted": "#D0D0D0", "line": "#FFFFFF",
        "accent": "#FFFF00", "good": "#5CFF9D", "watch": "#FFC247", "bad": "#FF9A94", "owed": "#FFB27A",
        "cash": "#7CF3FF", "limit": "#D0C2FF",
    },
}  # fmt: skip
ANSI: dict[str, dict[str, str]] = {
    "ansi-light": {
        "background": "ansi_default", "panel": "ansi_default", "ink": "ansi_default", "muted": "ansi_bright_black",
        "line": "ansi_bright_black", "accent": "ansi_blue", "good": "ansi_green", "watch": "ansi_magenta",
        "bad": "ansi_red", "owed": "ansi_red", "cash": "ansi_cyan", "limit": "ansi_magenta",
    },
    "ansi-dark": {
        "background": "ansi_default", "panel": "ansi_default", "ink": "ansi_default", "muted": "ansi_white",
        "line": "ansi_white", "accent": "ansi_bright_blue", "good": "ansi_bright_green", "watch": "ansi_bright_yellow",
        "bad": "ansi_bright_red", "owed": "ansi_yellow", "cash": "ansi_bright_cyan", "limit": "ansi_bright_magenta",
    },
}  # fmt: skip
"""The terminal's own colours, where it has few or the person has chosen them with care."""

ROLES = ("ink", "muted", "line", "accent", "good", "watch", "bad", "owed", "cash", "limit")


def _theme(name: str, colours: dict[str, str]) -> Theme:
    usual = BUILTIN_THEMES[name].variables if name in ANSI else {}
    return Theme(
        name=name,
        primary=colours["accent"],
        secondary=colours["limit"],
        accent=colours["accent"],
        warning=colours["watch"],
        error=colours["bad"],
        success=colours["good"],
        foreground=colours["ink"],
        background=colours["background"],
        surface=colours["background"],
        panel=colours["panel"],
        dark=not name.endswith("light"),
        ansi=name in ANSI,
        text_alpha=1.0,
        variables={**usual, **{role: colours[role] for role in ROLES}, "text-muted": colours["muted"]},
    )


THEMES = tuple(_theme(name, colours) for name, colours in {**PALETTES, **ANSI}.items())
NAMES = tuple(PALETTES)
ALL_NAMES = tuple(theme.name for theme in THEMES)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours by WCAG."""
    lights = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

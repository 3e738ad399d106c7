"""Shades: nine steps from low to high that everybody can tell apart, whatever colours their eyes see.

They grow lighter from blue to yellow (the palette cividis), so that they also hold as greys. Whoever has no
colours reads the figure, or the step's digit, that stands on each.
"""

from __future__ import annotations

SHADES = ("#00224E", "#173A6E", "#404C6B", "#5E626E", "#7C7B78", "#9A9172", "#B9A966", "#DAC453", "#FEE838")
DARK_INK, LIGHT_INK = "#000000", "#FFFFFF"
FIRST_LIGHT = 4
"""From this step on the shade is light enough for dark letters."""


def step_of(value: int, low: int, high: int) -> int:
    """Which step a value is between the lowest and the highest."""
    if high <= low:
        return len(SHADES) // 2
    return min(len(SHADES) - 1, (value - low) * len(SHADES) // (high - low))


def ink_on(step: int) -> str:
    """The colour of letters on a step."""
    return DARK_INK if step >= FIRST_LIGHT else LIGHT_INK

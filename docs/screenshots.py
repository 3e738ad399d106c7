"""Draw the pictures of the docs from the real program: `make screenshots`.

The app is driven by the keys that `walkthrough.md` names, in a folder of its own, and each screen is kept
as an SVG under `docs/images`.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

IMAGES = Path(__file__).resolve().parent / "images"
NARROW, WIDE = (80, 24), (120, 32)

Shot = tuple[str, ...]
NEWCOMER: tuple[Shot, ...] = (
    ("=start",),
    ("enter", "=home-first"),
    ("s", "enter", "enter", "enter", "a", "=apply"),
    ("r", "=key-facts", "enter", "=decision", "escape"),
    ("s", "down", "down", "down", "enter", "down", "down", "down", "down", "=checkout", "enter", "enter"),
    ("t", "down", "down", "enter", "b", "=bill"),
    ("w", "h", "=why", "escape", "p", "=pay", "enter", "enter"),
    ("a", "r", "enter", "=close-blocked"),
    ("p", "enter", "r", "enter", "=close-review", "n", "n", "=closed"),
    ("up", "enter", "enter", "enter", "enter", "r", "enter", "=reopened"),
)
CHINESE: tuple[Shot, ...] = (
    ("enter", "s", "enter", "enter", "enter", "a", "r", "enter", "escape"),
    ("s", "down", "down", "down", "enter", "down", "down", "down", "down", "enter", "enter"),
    ("t", "down", "down", "enter", "h", "=home-zh"),
)


async def draw(path: tuple[Shot, ...], size: tuple[int, int], language: str, theme: str) -> None:
    """Play a path and keep its pictures."""
    from tui.app import WhiteslipApp

    app = WhiteslipApp(lang=language)
    async with app.run_test(size=size) as pilot:
        app.use_theme(theme)
        for _ in range(4):
            await pilot.pause()
        for keys in path:
            for key in keys:
                if key.startswith("="):
                    app.clear_notifications()
                    await pilot.pause()
                    _keep(app.export_screenshot(title="Whiteslip"), key[1:])
                    continue
                await pilot.press(key)
                await pilot.pause()
                while app.clock.running:
                    await pilot.pause()
                await pilot.pause()
        assert not app.failures, app.failures


def _keep(svg: str, name: str) -> None:
    """Write a picture without what changes from run to run, and without fonts from elsewhere."""
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    IMAGES.mkdir(parents=True, exist_ok=True)
    (IMAGES / f"{name}.svg").write_text(svg, encoding="utf-8")
    print(f"docs/images/{name}.svg")


def main() -> None:
    """Every picture."""
    paths = (
        (NEWCOMER, NARROW, "en", "dark"),
        (CHINESE, WIDE, "zh", "light"),
    )
    for path, size, language, theme in paths:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["WHITESLIP_HOME"] = folder
            asyncio.run(draw(path, size, language, theme))


if __name__ == "__main__":
    main()

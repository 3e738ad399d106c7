"""Settings: theme, language, calm, keymap, kept as TOML in the user's configuration folder.

Each may also be set by an environment variable: WHITESLIP_THEME, WHITESLIP_LANG, WHITESLIP_CALM.
`[keys]` gives a binding another key by its id, such as `"time.next" = "N"`.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from simulator.files import config_folder
from simulator.text import LANGUAGES
from tui.themes import NAMES


@dataclass
class Settings:
    """What the person has chosen."""

    theme: str = "dark"
    language: str = "en"
    calm: bool = False
    keys: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def settings_file() -> Path:
    """Where the settings lie."""
    return config_folder() / "settings.toml"


def load_settings() -> Settings:
    """The settings, what cannot be read replaced by what is usual."""
    told: dict[str, object] = {}
    path = settings_file()
    faults: list[str] = []
    if path.is_file():
        try:
            told = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            faults.append(f"{path.name}: {error}")
    theme = os.environ.get("WHITESLIP_THEME") or told.get("theme", "dark")
    language = os.environ.get("WHITESLIP_LANG") or told.get("language", "en")
    calm = os.environ.get("WHITESLIP_CALM") == "1" or told.get("calm") is True
    keys = told.get("keys", {})
    if theme not in NAMES:
        faults.append(f"{path.name}: theme: {', '.join(NAMES)}")
        theme = "dark"
    if language not in LANGUAGES:
        faults.append(f"{path.name}: language: {', '.join(LANGUAGES)}")
        language = "en"
    chosen = {str(name): str(key) for name, key in keys.items()} if isinstance(keys, dict) else {}
    return Settings(str(theme), str(language), calm, chosen, faults)


def save_settings(settings: Settings) -> None:
    """Keep the settings; a folder that cannot be written is no reason to stop."""
    lines = [
        f'theme = "{settings.theme}"',
        f'language = "{settings.language}"',
        f"calm = {str(settings.calm).lower()}",
    ]
    if settings.keys:
        lines += ["", "[keys]", *(f'"{name}" = "{key}"' for name, key in settings.keys.items())]
    try:
        settings_file().parent.mkdir(parents=True, exist_ok=True)
        settings_file().write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError:
        return

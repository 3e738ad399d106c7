"""Where files are: the fixtures that come with Whiteslip, and the user's own folders."""

from __future__ import annotations

import os
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def fixture(*parts: str) -> Path:
    """A file or folder that comes with Whiteslip: in the package when installed, beside it in a checkout."""
    installed = _HERE / "fixtures"
    root = installed if installed.is_dir() else _HERE.parent / "fixtures"
    return root.joinpath(*parts)


def data_folder() -> Path:
    """The user's saves and policies."""
    return _folder("data")


def config_folder() -> Path:
    """The user's settings."""
    return _folder("config")


def cache_folder() -> Path:
    """What can be made again: compiled code, logs."""
    return _folder("cache")


def compiled_folder() -> Path:
    """The compiled engine, a folder a version of the rules. WHITESLIP_COMPILED puts it apart from the rest."""
    apart = os.environ.get("WHITESLIP_COMPILED")
    return Path(apart) if apart else cache_folder() / "compiled"


def saves_folder() -> Path:
    """The user's saves."""
    return data_folder() / "saves"


def may_be_file(path: Path) -> bool:
    """Whether a file is there, or may be, where one may not look: who then reads it is told why not."""
    try:
        return path.is_file()
    except OSError:
        return True


def files_in(folder: Path, kind: str) -> list[Path]:
    """The files of a kind in a folder, by name; none where one may not look."""
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    return [folder / name for name in sorted(names) if name.endswith(f".{kind}")]


def _folder(kind: str) -> Path:
    """One of the user's folders; WHITESLIP_HOME puts them all in one place. None is made here."""
    home = os.environ.get("WHITESLIP_HOME")
    if home:
        return Path(home) / kind
    import platformdirs

    places = {
        "data": platformdirs.user_data_path,
        "config": platformdirs.user_config_path,
        "cache": platformdirs.user_cache_path,
    }
    return places[kind]("whiteslip", appauthor=False)

"""Machine code: where compiled kernels are kept, and that a run goes on where they cannot be.

Numba by itself ends a run that it cannot keep the code of or that finds it damaged, or keeps it beside the sources,
where code of older rules is not told apart. Importing this module imports Numba.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from numba.core import config
from numba.core.caching import FunctionCache, IndexDataCacheFile, UserProvidedCacheLocator

from simulator.compiled import is_whole, sealed

_refused: list[OSError] = []


class OnlyThere(UserProvidedCacheLocator):
    """The one folder for machine code, whether it can be written or not."""

    def ensure_cache_path(self) -> None:
        """Make the folder where that can be done."""
        with contextlib.suppress(OSError):
            super().ensure_cache_path()


def keep_in(folder: Path) -> None:
    """Keep machine code in this folder and nowhere else; without room for it, compile again next time."""
    config.CACHE_DIR = os.fspath(folder)
    config.CACHE_LOCATOR_CLASSES = f"{OnlyThere.__module__}.{OnlyThere.__name__}"
    FunctionCache.save_overload, FunctionCache.load_overload = _kept_if_it_can_be, _found_if_it_can_be
    IndexDataCacheFile._open_for_write = _sealed_file
    IndexDataCacheFile._load_index, IndexDataCacheFile._load_data = _index_if_whole, _data_if_whole


def refusal() -> OSError | None:
    """Why some machine code could not be kept; None where all was."""
    return _refused[0] if _refused else None


_keep, _find = FunctionCache.save_overload, FunctionCache.load_overload


def _kept_if_it_can_be(cache: Any, signature: Any, code: Any) -> None:
    try:
        _keep(cache, signature, code)
    except OSError as error:
        _refused.append(error)


def _found_if_it_can_be(cache: Any, signature: Any, target: Any) -> Any:
    """Whatever is wrong with what was kept, it can be compiled again, and is kept anew."""
    try:
        return _find(cache, signature, target)
    except Exception:
        return None


_open_file, _index = IndexDataCacheFile._open_for_write, IndexDataCacheFile._load_index
_data = IndexDataCacheFile._load_data


@contextlib.contextmanager
def _sealed_file(files: Any, path: str) -> Iterator[io.BytesIO]:
    with _open_file(files, path) as file:
        told = io.BytesIO()
        yield told
        file.write(sealed(told.getvalue()))


def _index_if_whole(files: Any) -> Any:
    return _index(files) if is_whole(Path(files._index_path)) else {}


def _data_if_whole(files: Any, name: str) -> Any:
    if not is_whole(Path(files._data_path(name))):
        raise OSError(f"{name} is not as it was kept")
    return _data(files, name)

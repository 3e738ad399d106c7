"""Machine code: where compiled kernels are kept, and that a run goes on where they cannot be.

Numba by itself ends a run that it cannot keep the code of, or keeps it beside the sources, where code of older
rules is not told apart. Importing this module imports Numba.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from numba.core import config
from numba.core.caching import FunctionCache, UserProvidedCacheLocator

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
    try:
        return _find(cache, signature, target)
    except OSError:
        return None

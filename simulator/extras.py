"""Extras: packages that some answers need and that are installed only where wanted."""

from __future__ import annotations

import shlex
import sys


def install_command(package: str) -> str:
    """What installs a package beside the Whiteslip that runs, wherever that is and whatever else is on the machine."""
    return f"{shlex.quote(sys.executable)} -m pip install {package}"

"""The console script. Ctrl-C ends it quietly from its first lines on: to load the commands takes a moment."""

from __future__ import annotations

import sys


def main() -> None:
    """Run a command line; the commands are loaded here, where what stops that is caught."""
    try:
        from tui.console import run

        status = run()
    except KeyboardInterrupt:
        status = 1
    exec("")  # an interrupt that came up through code made by exec would else end Python as if it was killed
    sys.exit(status)


if __name__ == "__main__":
    main()

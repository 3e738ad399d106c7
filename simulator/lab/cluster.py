"""Cluster: the strips of a sweep worked out by the workers of a Dask cluster, and kept here as they come."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from typing import Any

from simulator.engine.run import Cancelled
from simulator.extras import install_command
from simulator.lab.figures import Sums
from simulator.lab.grid import SweepError
from simulator.lab.keeping import Kept
from simulator.lab.pieces import Piece, strip_elsewhere, told_setting, values_of
from simulator.lab.setting import Setting
from simulator.text import _

CONNECT_SECONDS = 10


def has_dask() -> bool:
    """Whether what talks to a cluster is installed."""
    return importlib.util.find_spec("distributed") is not None


def run_there(
    address: str, setting: Setting, strips: Sequence[tuple[Any, Any]], kept: Kept,
    told: Callable[[Sequence[Piece]], None], cancel: Callable[[], bool],
) -> None:  # fmt: skip
    """Let a cluster work. Raises SweepError where it cannot be reached, Cancelled where `cancel` said so."""
    if not has_dask():
        raise SweepError([_("--scheduler needs the package distributed, which `{command}` installs.").format(command=install_command("distributed"))])
    from distributed import Client, as_completed

    try:
        client = Client(address, timeout=CONNECT_SECONDS)
    except (OSError, ValueError) as error:
        raise SweepError([_("No cluster answers at {address}: {error}.").format(address=address, error=error)]) from error
    values = told_setting(setting)
    with client:
        ranges = {
            client.submit(
                strip_elsewhere, values, own, [(number, values_of(policy)) for number, policy in policies], pure=False
            ): own
            for own, policies in strips
        }  # fmt: skip
        futures = list(ranges)
        try:
            for future in as_completed(futures):
                pieces = [Piece(point, ranges[future], Sums(**sums), moments) for point, sums, moments in future.result()]
                kept.add(pieces)
                told(pieces)
                if cancel():
                    raise Cancelled
        finally:
            client.cancel([future for future in futures if not future.done()])

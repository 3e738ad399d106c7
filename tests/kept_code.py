"""Machine code as the engine keeps it, of nothing."""

from __future__ import annotations

from pathlib import Path

from simulator.compiled import sealed

CODE = "kernels.lived-1.py312.1.nbc"


def keep_code(folder: Path, file: str = CODE, size: int = 0) -> None:
    """A file of code of so many bytes in a folder of rules, and the index that lists it."""
    kept = folder / "engine_1"
    kept.mkdir(parents=True, exist_ok=True)
    (kept / file).write_bytes(sealed(bytes(size)))
    (kept / file.replace(".1.nbc", ".nbi")).write_bytes(sealed(b""))

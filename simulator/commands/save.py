"""`whiteslip save`: check, list, export."""

from __future__ import annotations

from pathlib import Path

from simulator.commands.faults import FAILED, CommandFault
from simulator.files import saves_folder
from simulator.ledger.care import check_save, export_save, list_saves
from simulator.ledger.save import SaveError
from simulator.text import _
from simulator.world import replay_faults


def check(file: str) -> None:
    """Integrity, balance of postings and replay of a save."""
    path = Path(file)
    if not path.is_file():
        raise CommandFault([_("There is no save {file}.").format(file=file)])
    faults = check_save(path, replay_faults)
    if faults:
        raise CommandFault(faults, FAILED)
    print(_("{file} is sound.").format(file=file))


def list_all() -> None:
    """Print the saves in the user's folder."""
    found = list_saves()
    if not found:
        print(_("No saves yet; they are kept in {folder}.").format(folder=saves_folder()))
    for each in found:
        print(f"{each.path.name:<24} {each.fault or f'{each.name}, {each.date}'}")


def export(file: str, to: str) -> None:
    """Write a save's tables beside it."""
    if to not in ("csv", "json"):
        raise CommandFault([_("--to: csv or json.")])
    path = Path(file)
    try:
        written = export_save(path, to, path.with_name(f"{path.stem}-{to}"))
    except SaveError as error:
        raise CommandFault([str(error)]) from error
    for target in written:
        print(target)

"""`whiteslip save`: check, list, export."""

from __future__ import annotations

from simulator.commands.faults import FAILED, WRONG_INPUT, CommandFault, unwritten
from simulator.commands.table import table
from simulator.commands.typed import Typed
from simulator.files import saves_folder
from simulator.ledger.care import check_save, export_save, list_saves
from simulator.ledger.save import SaveError
from simulator.replay import replay_faults
from simulator.text import _

KINDS = ("csv", "json")


def check(file: str) -> None:
    """Integrity, balance of postings and replay of a save. Raises CommandFault, status 1 if damaged."""
    typed = Typed()
    path = typed.save(file)
    typed.check()
    found = check_save(path, replay_faults)
    if found.faults:
        raise CommandFault(found.faults, FAILED)
    text = _("{file} is sound.")
    if not found.is_of_this_rulebook:
        text = _("{file} is sound; it was not replayed, for it was played under another rulebook.")
    print(text.format(file=path.name))


def list_all() -> None:
    """Print the saves in the user's folder, the one played last first."""
    try:
        found = list_saves()
    except SaveError as error:
        raise CommandFault([str(error)]) from error
    if not found:
        print(_("There is no save yet; they are kept in {folder}.").format(folder=saves_folder()))
        return
    rows = [(each.path.stem, each.name, each.date) for each in found if not each.fault]
    lines = table(rows, "<<<") if rows else []
    print("\n".join([*lines, *(each.fault for each in found if each.fault), str(saves_folder())]))


def export(file: str, to: str) -> None:
    """Write a save's tables into a folder beside it and print their paths."""
    typed = Typed()
    path = typed.save(file)
    typed.one_of("--to", to, KINDS)
    typed.check()
    folder = path.with_name(f"{path.stem}-{to}")
    try:
        written = export_save(path, to, folder)
    except SaveError as error:
        raise CommandFault([str(error)]) from error
    except OSError as error:
        raise unwritten(folder, error, status=WRONG_INPUT) from error
    for target in written:
        print(target)

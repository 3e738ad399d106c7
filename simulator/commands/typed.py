"""What people type after a command, read strictly; every fault is kept, so that all are said at once."""

from __future__ import annotations

import datetime
import errno
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.bounds import LARGEST_SEED, LAST_YEAR, date_written
from simulator.commands.faults import CommandFault
from simulator.files import may_be_file, saves_folder
from simulator.money import MoneyError, TooFine, money, typed_yuan, yuan
from simulator.text import LANGUAGES, _

if TYPE_CHECKING:
    from simulator.policy.schema import Policy

_AMOUNT = re.compile(r"[0-9]+(\.[0-9]+)?")
_WHOLE = re.compile(r"-?[0-9]{1,19}")
_LONGEST_SHOWN = 40


class Typed:
    """Reads one value after another. After the last, `check` raises if anything was wrong."""

    def __init__(self) -> None:
        """Nothing is wrong yet."""
        self.faults: list[str] = []
        self._places: list[tuple[str, Path]] = []

    def check(self) -> None:
        """Raise CommandFault with every fault, if there is one."""
        if self.faults:
            raise CommandFault(self.faults)

    def amount(self, given: str, most_fen: int) -> int:
        """An amount in yuan, above 0, as fen: digits and at most two decimals. What people write otherwise is told so."""
        if _AMOUNT.fullmatch(given) and len(given.partition(".")[0].lstrip("0")) > len(str(most_fen)):
            return self._out_of_range(given, most_fen)
        try:
            fen = typed_yuan(given)
        except TooFine as error:
            self.faults.append(str(error))
            return 0
        except MoneyError:
            self.faults.append(_("{given} is no amount; write one like 1299.00.").format(given=shown(given)))
            return 0
        if not 0 < fen <= most_fen:
            return self._out_of_range(given, most_fen)
        if not _AMOUNT.fullmatch(given):
            text = _("{given} is not written in digits and a point alone; write {plain}.")
            self.faults.append(text.format(given=shown(given), plain=yuan(fen)))
        return fen

    def _out_of_range(self, given: str, most_fen: int) -> int:
        text = _("{given} is out of range; an amount is above 0 and at most {most}.")
        self.faults.append(text.format(given=shown(given), most=money(most_fen)))
        return 0

    def whole(self, option: str, given: str | None, low: int, high: int) -> int | None:
        """A whole number within bounds; None where nothing was given."""
        if given is None:
            return None
        number = int(given) if _WHOLE.fullmatch(given) else None
        if number is None or not low <= number <= high:
            text = _("{option} is {given}; allowed is a whole number from {low} to {high}.")
            self.faults.append(
                text.format(option=option, given=shown(given), low=f"{low:,}", high=f"{high:,}")
            )
        return number

    def seed(self, given: str | None) -> int | None:
        """The seed of a world."""
        return self.whole("--seed", given, 0, LARGEST_SEED)

    def one_of(self, option: str, given: str | None, allowed: Sequence[str]) -> str | None:
        """One of some words; None where nothing was given."""
        if given is not None and given not in allowed:
            text = _("{option} is {given}; allowed: {allowed}.")
            self.faults.append(text.format(option=option, given=shown(given), allowed=", ".join(allowed)))
        return given

    def language(self, given: str | None) -> str | None:
        """A language that the program speaks."""
        return self.one_of("--lang", given, LANGUAGES)

    def date(self, option: str, given: str | None, otherwise: datetime.date) -> datetime.date:
        """A date as 2025-03-05."""
        if given is None:
            return otherwise
        try:
            date: datetime.date | None = date_written(given)
        except ValueError:
            date = None
        if date is not None and date.year > LAST_YEAR:
            text = _("{option} is {given}; the last date allowed is {last}.")
            self.faults.append(text.format(option=option, given=given, last=f"{LAST_YEAR}-12-31"))
        elif date is None:
            text = _("{option} is {given}; allowed is a date of the calendar, written like 2025-03-05.")
            self.faults.append(text.format(option=option, given=shown(given)))
        return date or otherwise

    def policy(self, given: str) -> Policy | None:
        """The policy of a name or file; None where it cannot be used."""
        from simulator.policy.faults import PolicyError
        from simulator.policy.load import load_policy

        try:
            return load_policy(given)
        except PolicyError as error:
            self.faults += [fault for fault in error.faults if fault not in self.faults]
            return None

    def save(self, given: str) -> Path:
        """A save that is there: a file, or the name of one in the user's folder."""
        named = saves_folder() / f"{given.removesuffix('.db')}.db"
        for path in (Path(given), named):
            if may_be_file(path):
                self._readable(path)
                return path
        text = _("There is no save {given}; `whiteslip save list` shows those there are.")
        self.faults.append(text.format(given=shown(given)))
        return Path(given)

    def _readable(self, path: Path) -> None:
        from simulator.disk import cause_unread

        try:
            path.open("rb").close()
        except OSError as error:
            self.faults.append(_("{file} cannot be read: {error}.").format(file=shown(path.name), error=cause_unread(error)))

    def new_file(self, given: str) -> Path:
        """A file that can be made where there is none yet; the folder must be there."""
        return self._target(given, folder=False)

    def file(self, given: str) -> Path:
        """A file that is there and can be written, or one that can be made."""
        path = Path(given)
        if not os.path.isfile(path):
            return self.new_file(given)
        if not os.access(path, os.W_OK):
            self._barred(given, PermissionError(errno.EACCES, ""))
        return self._not_twice(given, path)

    def new_folder(self, given: str) -> Path:
        """A folder that is there and empty, or that can be made; the one above must be there."""
        return self._target(given, folder=True)

    def _target(self, given: str, folder: bool) -> Path:
        path = Path(given)
        if not given.strip():
            self.faults.append(_("The name of a file or folder is empty; give one."))
            return path
        known = len(self.faults)
        try:
            self._look_at(given, path, folder)
        except OSError as error:
            self._barred(given, error)
        return path if len(self.faults) > known else self._not_twice(given, path)

    def _look_at(self, given: str, path: Path, folder: bool) -> None:
        """Say why there is no room for something new. Raises OSError where it cannot be made."""
        from simulator.disk import try_place

        if folder and path.is_dir():
            if any(path.iterdir()):
                text = _("The folder {folder} is not empty; name a new one.")
                self.faults.append(text.format(folder=shown(given)))
            else:
                try_place(path / ".whiteslip")
        elif os.path.lexists(path):
            self.faults.append(_("{given} is there already; choose another name.").format(given=shown(given)))
        elif file := _file_above(path):
            self.faults.append(_("{file} is a file, so nothing can lie in it; name a folder.").format(file=shown(str(file))))
        elif not path.parent.is_dir():
            self.faults.append(
                _("There is no folder {folder}; make it first.").format(folder=shown(str(path.parent)))
            )
        else:
            try_place(path, folder)

    def _barred(self, given: str, error: OSError) -> None:
        from simulator.disk import cause_of

        text = _("{file} cannot be written: {error}.")
        self.faults.append(text.format(file=shown(given), error=cause_of(error, Path(given))))

    def _not_twice(self, given: str, path: Path) -> Path:
        """Say where two places lie in each other: what is written first would be in the way."""
        place = Path(os.path.abspath(path))
        for before, taken in self._places:
            if place.is_relative_to(taken) or taken.is_relative_to(place):
                text = _("{first} and {second} are to be written in the same place; name another.")
                self.faults.append(text.format(first=shown(before), second=shown(given)))
        self._places.append((given, place))
        return path


def _file_above(path: Path) -> Path | None:
    """The file that stands in a path where a folder should."""
    return next((above for above in path.parents if os.path.isfile(above)), None)


def shown(given: str) -> str:
    """What was typed, as it can be said in a sentence: nothing is told as such, and what is long is cut."""
    plain = "".join(character if character.isprintable() else "?" for character in given)
    if not plain.strip():
        return _("empty")
    return plain if len(plain) <= _LONGEST_SHOWN else f"{plain[:_LONGEST_SHOWN]}..."

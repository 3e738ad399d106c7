"""Make my own: a person by a few plain traits; the rest is drawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from simulator.money import MoneyError, money, parse_yuan
from simulator.population.jobs import JOB_NAMES, job_name
from simulator.text import _, language, sentences
from tui.screens.dialogs import AskDialog, ChoiceDialog, Dialog
from tui.widgets.cells import Cell, Line, blank, heading, mark, words, wrapped

if TYPE_CHECKING:
    from tui.screens.start import StartScreen

AMOUNTS = ("income_fen", "expenses_fen", "cash_fen")
JOBS = tuple(english for english, _chinese in JOB_NAMES)
"""Jobs as a person has them, by number."""


class OwnScreen(Dialog):
    """A form of a few lines, each changed on its own."""

    def __init__(self, start: StartScreen) -> None:
        """Sensible values to begin with."""
        super().__init__()
        self.start = start
        self.traits: dict[str, Any] = {
            "name": _("My shopper"), "age": 30, "city_tier": 3, "job": "clerk", "income_fen": 600_000, "pay_day": 10,
            "expenses_fen": 420_000, "cash_fen": 200_000, "student": False, "owner": False,
        }  # fmt: skip
        self.faults: list[str] = []

    def labels(self) -> dict[str, str]:
        """Words for each trait."""
        return {
            "name": _("Name"), "age": _("Age"), "city_tier": _("City, 1 largest to 5"), "job": _("Job"),
            "income_fen": _("Pay a month"), "pay_day": _("Pay day"), "expenses_fen": _("Rent and daily life a month"),
            "cash_fen": _("Cash now"), "student": _("Student"), "owner": _("Owns a small business"),
        }  # fmt: skip

    def build(self, width: int) -> list[Line]:
        """The traits and the way on."""
        lines: list[Line] = [heading(_("Who do you want to be?")), blank()]
        for name, label in self.labels().items():
            lines.append(
                [words(label, 30, role="muted"), Cell(self._shown(name), 24, action=self._changing(name))]
            )
        for fault in self.faults:
            lines += wrapped(fault, width, "bad")
        lines += [
            blank(),
            [
                mark(),
                Cell(_("Begin this life"), bold=True, role="accent", action=self.begin),
            ],
            blank(),
            [words(_("Enter changes a line   Esc back"), role="muted")],
        ]
        return lines

    def _shown(self, name: str) -> str:
        value = self.traits[name]
        if name == "job":
            return job_name(JOBS.index(value), language())
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return money(value) if name in AMOUNTS else str(value)

    def _choose_job(self) -> None:
        """Jobs are chosen, not typed: their names are known."""
        choices = [(job_name(place, language()), "", partial(self._take_job, job)) for place, job in enumerate(JOBS)]
        self.app.push_screen(ChoiceDialog(_("What work do you do?"), choices))

    def _take_job(self, job: str) -> None:
        self.traits["job"] = job
        self.rebuild()

    def _changing(self, name: str) -> Callable[[], object]:
        def change() -> None:
            if name == "job":
                self._choose_job()
                return
            if isinstance(self.traits[name], bool):
                self.traits[name] = not self.traits[name]
                self.rebuild()
                return
            self.app.push_screen(
                AskDialog(
                    self.labels()[name],
                    self.labels()[name],
                    self._shown(name),
                    lambda text: self._take(name, text),
                ),
                lambda _result: self.rebuild(),
            )

        return change

    def _take(self, name: str, text: str) -> str:
        """A new value, or what is wrong with it."""
        from simulator.population.people import PersonError, complete

        value: Any = text
        if name in AMOUNTS:
            try:
                value = parse_yuan(text)
            except MoneyError as error:
                return str(error)
        elif name in ("age", "city_tier", "pay_day"):
            if not text.isdecimal():
                return _("A whole number, please.")
            value = int(text)
        try:
            complete({name: value}, 1)
        except PersonError as error:
            return sentences(*error.faults)
        self.traits[name] = value
        return ""

    def begin(self) -> None:
        """Begin this life."""
        from simulator.population.people import PersonError, StartPerson, complete

        try:
            person = complete(
                {**self.traits, "orders_180d": 0, "spend_180d_fen": 0}, self.game.asked_seed or 1
            )
        except PersonError as error:
            self.faults = error.faults
            self.rebuild()
            return
        self.dismiss()
        self.start.begin(StartPerson("own", person.name, person.job, "", "", person))

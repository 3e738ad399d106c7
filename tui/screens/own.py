"""Make my own: a person by a few plain traits; the rest is drawn."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from simulator.money import MoneyError, money, typed_yuan
from simulator.population.jobs import JOB_NAMES, job_name
from simulator.text import _, language
from tui.keys import keyed
from tui.screens.dialogs import AskDialog, ChoiceDialog, Dialog
from tui.widgets.cells import Cell, Line, blank, heading, mark, words, wrapped

if TYPE_CHECKING:
    from simulator.population.people import Person
    from tui.screens.start import StartScreen

MONTH_FEN, PUT_BY_FEN = 100_000_000, 10_000_000_000
MOST_FEN = {
    "income_fen": MONTH_FEN, "expenses_fen": MONTH_FEN, "cash_fen": PUT_BY_FEN, "fund_fen": PUT_BY_FEN,
    "instalments_elsewhere_fen": MONTH_FEN,
}  # fmt: skip
WORKING_AGE = 16
"""Nobody works younger; who is under 18 may live here and is declined."""
NUMBERS = {"age": (WORKING_AGE, 100), "city_tier": (1, 5), "pay_day": (1, 31)}
LONGEST_NAME = 40
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
            "expenses_fen": 420_000, "cash_fen": 200_000, "fund_fen": 0, "instalments_elsewhere_fen": 0, "student": False, "owner": False,
        }  # fmt: skip

    def labels(self) -> dict[str, str]:
        """Words for each trait."""
        return {
            "name": _("Name"), "age": _("Age"), "city_tier": _("City, 1 largest to 5"), "job": _("Job"),
            "income_fen": _("Pay a month"), "pay_day": _("Pay day"), "expenses_fen": _("Rent and daily life a month"),
            "cash_fen": _("Cash to begin with"), "fund_fen": _("Money-market fund"),
            "instalments_elsewhere_fen": _("Instalments elsewhere a month"), "student": _("Student"), "owner": _("Owns a small business"),
        }  # fmt: skip

    def build(self, width: int) -> list[Line]:
        """The traits and the way on."""
        lines: list[Line] = [heading(_("Who do you want to be?")), blank()]
        for name, label in self.labels().items():
            lines.append(
                [words(label, 30, role="muted"), Cell(self._shown(name), 24, action=self._changing(name))]
            )
        lines += [
            blank(),
            [
                mark(),
                Cell(_("Begin this life"), bold=True, role="accent", action=self.begin),
            ],
            *wrapped(_("What is not asked here, such as years at an address, is drawn."), width, "muted"),
            blank(),
            [words(keyed(_("Enter changes a line   {key_Esc} back"), type(self)), role="muted")],
        ]
        return lines

    def _shown(self, name: str) -> str:
        value = self.traits[name]
        if name == "job":
            return job_name(JOBS.index(value), language())
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return money(value) if name in MOST_FEN else str(value)

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
                    self._allowed(name),
                    self._shown(name),
                    lambda text: self._take(name, text),
                ),
                lambda _result: self.rebuild(),
            )

        return change

    def _allowed(self, name: str) -> str:
        """What may stand in a line, in the words and the units of the form."""
        label = self.labels()[name]
        if name in MOST_FEN:
            return _("{label}: from 0.00 to {most} yuan.").format(label=label, most=money(MOST_FEN[name]))
        if name in NUMBERS:
            low, high = NUMBERS[name]
            return _("{label}: a whole number from {low} to {high}.").format(label=label, low=low, high=high)
        return _("{label}: 1 to {most} letters.").format(label=label, most=LONGEST_NAME)

    def _take(self, name: str, text: str) -> str:
        """A new value, or what is wrong with it."""
        value: Any = text
        if name in MOST_FEN:
            try:
                value = typed_yuan(text)
            except MoneyError as error:
                return str(error)
            allowed = value <= MOST_FEN[name]
        elif name in NUMBERS:
            low, high = NUMBERS[name]
            value = int(text) if text.isdecimal() and len(text) < 9 else -1
            allowed = low <= value <= high
        else:
            allowed = 0 < len(text) <= LONGEST_NAME
        if not allowed:
            return self._allowed(name)
        self.traits[name] = value
        return ""

    def begin(self) -> None:
        """Begin this life."""
        from simulator.population.people import StartPerson, complete

        told = {**self.traits, "orders_180d": 0, "spend_180d_fen": 0, "bureau_dpd": 0}
        person = fitting(complete(told, self.game.asked_seed or 1))
        self.dismiss()
        self.start.begin(StartPerson("own", person.name, person.job, "", "", person))


def fitting(person: Person) -> Person:
    """What is drawn, as far as it fits with what was said: no loans without their instalments, no years before one's own."""
    months = 12 * (person.age - WORKING_AGE)
    return dataclasses.replace(
        person,
        loans_elsewhere=int(person.instalments_elsewhere_fen > 0),
        job_months=min(person.job_months, months),
        bureau_months=min(person.bureau_months, months),
        address_months=min(person.address_months, 12 * person.age),
    )

"""Start: language, the last life, three people, or one's own."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from simulator import text
from simulator.calendar import START
from simulator.files import may_be_file
from simulator.money import money
from simulator.text import _
from tui.keys import keyed
from tui.screens.lives import life_text, lives_dialog
from tui.widgets.cells import Cell, Line, blank, heading, mark, words, wrapped
from tui.widgets.page import Page

if TYPE_CHECKING:
    from simulator.ledger.care import Listed
    from simulator.population.people import StartPerson
    from tui.app import WhiteslipApp


class StartScreen(Screen[None]):
    """The first screen."""

    DEFAULT_CSS = "StartScreen { background: $background; } StartScreen Page { height: 1fr; margin: 1 2; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", show=False, id="start.help"),
    ]

    def __init__(self) -> None:
        """People and saves are read after the first paint."""
        super().__init__()
        self.people: list[StartPerson] = []
        self.last: Listed | None = None
        self.others: list[Listed] = []
        self.faults: list[tuple[Path, str, bool]] = []

    @property
    def game(self) -> WhiteslipApp:
        """The app, typed."""
        return cast("WhiteslipApp", self.app)

    def compose(self) -> ComposeResult:
        """One page."""
        yield Page(id="page")

    def on_mount(self) -> None:
        """Paint first, then read."""
        self.query_one(Page).focus()
        self.call_after_refresh(self.load)

    def on_resize(self) -> None:
        """Lay out anew."""
        self.rebuild()

    def load(self) -> None:
        """Read the people and the saves; open at once what the command line names."""
        from simulator.population.people import start_people

        if self.game.story is not None:
            from tui.demo import DemoDirector

            self.game.demo = DemoDirector(self.game)
            self.game.demo.start()
            return
        if self.game.asked_save is not None:
            self._open_asked(self.game.asked_save)
            return
        self.people = start_people()
        for found in self.game.listed_saves():
            if found.fault:
                self.faults.append((found.path, found.fault, found.damaged))
            elif self.last is None:
                self.last = found
            else:
                self.others.append(found)
        if self.game.first_place is not None:
            self.begin(self.people[0])
            return
        self.rebuild()
        self._to_first_choice()

    def _to_first_choice(self) -> None:
        """The cursor stands on what most people want: going on, or the first person."""
        page = self.query_one(Page)
        for place, stop in enumerate(page.stops):
            if stop.line > 4:
                page.move_to(place)
                return

    def _open_asked(self, path: Path) -> None:
        if may_be_file(path):
            self.resume(path)
            return
        from simulator.population.people import start_people

        self.begin(start_people()[0], path)

    def rebuild(self) -> None:
        """Show what there is to choose."""
        from simulator.population.people import start_people

        if self.people:
            self.people = start_people()  # their names in the language in use now
        page = self.query_one(Page)
        page.show(self.build(max(40, page.size.width - 1)))

    def build(self, width: int) -> list[Line]:
        """Language, the last life, the people."""
        own = text.language()
        lines: list[Line] = [
            [
                Cell("Whiteslip", bold=True, role="accent"),
                words("  " + _("A flight simulator for shopping on credit.")),
            ],
            [words(_("Not a lender: no real money, no real people."), role="muted")],
            blank(),
            [
                words("  " + _("Language") + "   "),
                Cell(
                    ("(o)" if own == "en" else "( )") + " English",
                    action=lambda: self.game.use_language("en"),
                    role="accent" if own == "en" else "ink",
                ),
                words("   "),
                Cell(
                    ("(o)" if own == "zh" else "( )") + " 简体中文",
                    action=lambda: self.game.use_language("zh"),
                    role="accent" if own == "zh" else "ink",
                ),
                words("   F9", role="muted"),
            ],
            blank(),
        ]
        if not self.people:
            return [*lines, [words("  " + _("One moment …"), role="muted")]]
        if self.last is not None:
            told = _("Continue: {life}").format(life=life_text(self.last))
            lines.append(self._choice(told, partial(self.resume, self.last.path)))
            if self.others:
                lines.append(self._choice(_("Another life begun earlier"), self.choose_life))
            lines.append(blank())
        lines.append(heading("  " + _("Whose life do you want to live?")))
        for each in self.people:
            note = f"{each.person.age}  " + _(", ").join((each.job, each.place))
            pay = _("{amount} a month").format(amount=money(each.person.income_fen))
            lines.append(
                [mark(), Cell(each.name, 10, bold=True, role="accent", action=self._beginning(each)),
                 words(note, 37), words(pay, 19)]
            )  # fmt: skip
            lines.append([words("            " + each.note, role="muted")])
        lines.append(self._choice(_("Make my own person"), self.own))
        for path, fault, damaged in self.faults:
            lines += [blank(), *wrapped(fault, width, "bad", 2)]
            if damaged:
                lines.append(self._choice(_("Set it aside and save what can be read"), self._mending(path)))
            else:
                lines.append(self._choice(_("Open it again"), partial(self.resume, path)))
        lines += [
            blank(),
            *wrapped(
                keyed(_("Up and down move, Enter chooses, {key_help} helps, {key_leave} leaves. Everything is kept at once."), type(self)),
                width,
                "muted",
                2,
            ),
            *wrapped(
                keyed(_("What happens is worked out by rules that you can ask about: press {key_w} on a figure."), type(self)),
                width,
                "muted",
                2,
            ),
            *wrapped(
                keyed(_("In a life, {key_k} is the market: many people under one lender; {key_v} is the Lab: change that lender's rules."), type(self)),
                width,
                "muted",
                2,
            ),
        ]
        return lines

    def _choice(self, label: str, run: Callable[[], object]) -> Line:
        return [mark(), Cell(label, bold=True, role="accent", action=run)]

    def _beginning(self, chosen: StartPerson) -> Callable[[], object]:
        return lambda: self.begin(chosen)

    def _mending(self, path: Path) -> Callable[[], object]:
        return lambda: self.mend(path)

    def begin(self, chosen: StartPerson, path: Path | None = None) -> None:
        """A new life of one of the people."""
        from simulator.ledger.save import SaveError
        from simulator.policy.faults import PolicyError
        from simulator.policy.load import load_policy
        from simulator.world import World

        try:
            policy = load_policy(self.game.asked_policy)
            seed = self.game.asked_seed if self.game.asked_seed is not None else 1
            world = World.begin(
                chosen.person, policy, seed, START, save_path=path or new_save(chosen.key)
            )
        except (SaveError, PolicyError, OSError) as error:
            self.game.failed(error)
            self.rebuild()
            return
        self.game.open_world(world)

    def resume(self, path: Path) -> None:
        """Go on with a save; a damaged one is offered to be mended."""
        from simulator.ledger.save import SaveDamaged, SaveError
        from simulator.population.people import start_people
        from simulator.world import World

        try:
            world = World.open(path)
        except (SaveError, ValueError, KeyError) as error:
            self.people = self.people or start_people()
            self.faults = [(path, str(error), isinstance(error, SaveDamaged | ValueError | KeyError))]
            self.last = None
            self.rebuild()
            return
        self.game.open_world(world)

    def mend(self, path: Path) -> None:
        """Set a damaged save aside and go on with what can be read."""
        from simulator.ledger.care import recover
        from simulator.ledger.save import SaveError

        try:
            done = recover(path)
        except SaveError as error:
            self.faults = self.faults if may_be_file(path) else []
            self.game.tell(str(error), "bad")
            self.rebuild()
            return
        self.game.tell(
            _("Damaged; kept aside as {file}. {kept} of {total} steps saved.").format(
                file=done.set_aside.name, kept=done.kept, total=done.total
            )
        )
        self.resume(path)

    def choose_life(self) -> None:
        """Go on with a life that was not played last."""
        self.app.push_screen(lives_dialog(self.others, self.resume))

    def own(self) -> None:
        """Make one's own person."""
        from tui.screens.own import OwnScreen

        self.app.push_screen(OwnScreen(self))

    def action_help(self) -> None:
        """Help of the first screen."""
        self.game.show_help(
            _("Start"),
            [
                _("Choose a person to live as. You begin with cash and no credit line."),
                _("Buy a little with cash first, then ask for a line, buy on it, pay the bills, and see what the lender does."),
                _("Whiteslip is not connected with any lender, moves no money and touches no real data."),
            ],
            [],
        )  # fmt: skip


def new_save(key: str) -> Path:
    """A free name in the folder of saves."""
    from simulator.files import saves_folder

    number = 1
    while os.path.exists(path := saves_folder() / f"{key}-{number}.db"):
        number += 1
    return path

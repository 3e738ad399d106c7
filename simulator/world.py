"""A world: one player's life, its policy timeline, its clock and its save.

`World.do` takes a step of INTERFACE "Stories", writes it with its events, postings and state to
disk in one transaction, and only then returns the events. `trial` gives an unsaved copy for
"what if". A world is opened again from its last state and the commands since.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from simulator.account import BUREAU_MONTHS, KEPT, KEPT_OF_PLANS, Account
from simulator.calendar import Calendar
from simulator.engine.decode import Event
from simulator.engine.doing import reached
from simulator.engine.life import Life
from simulator.engine.summary import state_hash, summary_of
from simulator.grounds import with_grounds
from simulator.ledger.postings import Books, Timeline, policy_on
from simulator.ledger.save import UNREADABLE, Command, Save, State, damaged, unopened
from simulator.lone import NAMES
from simulator.past import CannotTakeOver, Past, policy_of, policy_values
from simulator.policy.faults import PolicyError
from simulator.policy.load import set_field
from simulator.policy.numeric import to_record
from simulator.policy.record import PolicyRecord
from simulator.policy.schema import Policy
from simulator.population.catalogue import NoSuchItem, item
from simulator.population.life_events import life_event_on
from simulator.population.people import Person, PersonError, begin_records
from simulator.population.shopper import Shopper
from simulator.rules import steps
from simulator.rules.ask import Ask
from simulator.rules.balances import sum_up
from simulator.rules.purchases import can_use_fen
from simulator.rules.shares import share_out
from simulator.shops import refunds_due
from simulator.steps import Buy, Step, StepError, Wait, parse_step
from simulator.text import _
from simulator.version import rulebook_version

STORY, PLAY = "story", "play"
DAMAGE = (*UNREADABLE, StepError, PolicyError, PersonError, CannotTakeOver)
"""What comes of living on with what is no whole save."""


class ReadOnlyWorld(Exception):
    """The world cannot be changed; the message says why."""


class World:
    """One life in play. Use `begin`, `open` or `trial`."""

    def __init__(self, life: Life, seed: int, mode: str, save: Save | None) -> None:
        """Take over a life; `save` is None for a world in memory."""
        self.life = life
        self.seed = seed
        self.mode = mode
        self.save = save
        self.events: list[Event] = []
        self.books = Books()
        self.begun: dict[str, Any] = {}
        self.began_under: Sequence[tuple[int, Policy]] = [(life.day, life.policy)]
        self._policies: tuple[tuple[int, int], list[tuple[int, Policy]]] = ((0, 0), [])
        """What `policies` found last, for which beginning and how many events."""
        self._records: dict[int, PolicyRecord] = {}
        """Records made of these policies, by identity."""
        self._stated_month = (0, 0)
        self._stated: int | None = None

    @classmethod
    def begin(
        cls,
        person: Person,
        policy: Policy,
        seed: int,
        start: datetime.date,
        mode: str = PLAY,
        save_path: Path | None = None,
    ) -> World:
        """A new life from day 0; with a path, on disk from its first event. Raises SaveExists and kin."""
        calendar = Calendar(start)
        account, shopper = begin_records(person)
        life = Life(account, shopper, policy, calendar, 0, [""])
        save = None
        if save_path is not None:
            meta = {"seed": seed, "start": start.isoformat(), "mode": mode, "rulebook": rulebook_version()}
            save = Save.create(save_path, meta, json.dumps(policy_values(policy)))
        world = cls(life, seed, mode, save)
        began = life.told("life_began", **person.keys())
        world.begun = {"do": "begin", "person": person.as_dict(), "policy": policy_values(policy)}
        world._keep_first([began, *life.start()])
        return world

    @classmethod
    def take_over(cls, past: Past, start: datetime.date, save_path: Path | None = None) -> World:
        """A shopper's life from the morning after its past; with a path, on disk. Raises CannotTakeOver."""
        calendar = Calendar(start)
        lone = past.lived(calendar)
        life = Life(lone.account, lone.shopper, past.policy, calendar, past.day + 1, list(NAMES))
        seed, save = past.town.seed, None
        if save_path is not None:
            meta = {"seed": seed, "start": start.isoformat(), "mode": PLAY, "rulebook": rulebook_version()}
            save = Save.create(save_path, meta, json.dumps(policy_values(past.policy)))
        world = cls(life, seed, PLAY, save)
        world.begun = {"do": "begin", "past": past.as_dict()}
        world.began_under = past.policies
        world._keep_first([*lone.events, *life.start()], records(past.policies))
        return world

    @classmethod
    def open(cls, path: Path, read_only: bool = False) -> World:
        """The world of a save: its last state, then the commands since. Raises SaveDamaged and kin."""
        save = Save.open(path, read_only=read_only)
        try:
            return cls._of(save)
        except sqlite3.DatabaseError as error:
            save.close()
            raise unopened(path, error) from error
        except DAMAGE as error:
            save.close()
            raise damaged(path, error) from error
        except BaseException:
            save.close()
            raise

    @classmethod
    def _of(cls, save: Save) -> World:
        state = save.last_state()
        world = cls._at(save.meta, state, save)
        calendar = world.calendar
        world.begun = save.commands()[0].body
        world.began_under = began_under(world.begun)
        world.events = save.events()
        later = [command for command in save.commands() if command.seq > state.seq]
        for command in later:
            world._live(understood(command.body))
        world.books.fold(world.events, records(world.policies()))
        date = calendar.date_of(state.day)
        begun = save.commands()[0].seq
        world._stated_month, world._stated = (
            (date.year, date.month),
            None if state.seq == begun else state.seq,
        )
        return world

    @classmethod
    def _at(cls, meta: Mapping[str, Any], state: State, save: Save | None) -> World:
        """A life as a state keeps it, without what happened before."""
        body = state.body
        calendar = Calendar(datetime.date.fromisoformat(meta["start"]))
        shopper = Shopper.from_dict(body["shopper"])
        life = Life(account_of(body["account"]), shopper, policy_of(body["policy"]), calendar, state.day, list(body["names"]))
        if body["coming"]:
            life.coming = policy_of(body["coming"])
        return cls(life, int(meta["seed"]), meta["mode"], save)

    @property
    def account(self) -> Account:
        """The lender's record of the player."""
        return self.life.account

    @property
    def shopper(self) -> Shopper:
        """The player's own side."""
        return self.life.shopper

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self.life.policy

    @property
    def next_policy(self) -> Policy:
        """The policy in force from tomorrow on."""
        return self.life.coming or self.life.policy

    @property
    def past(self) -> Past | None:
        """What was lived before the player took over, or None for a life that the player began."""
        return Past.from_dict(self.begun["past"]) if "past" in self.begun else None

    def policies(self) -> list[tuple[int, Policy]]:
        """Every policy of this world with the day from which it holds, earliest first."""
        key = id(self.began_under), len(self.events)
        if self._policies[0] != key:
            self._policies = key, policies_of(self.began_under, self.events)
            self._records = {}
        return self._policies[1]

    def policy_on(self, day: int) -> Policy:
        """The policy that held on a day."""
        return policy_on(self.policies(), day)

    def record_on(self, day: int) -> PolicyRecord:
        """The policy that held on a day as the rules read it."""
        policy = self.policy_on(day)
        if id(policy) not in self._records:
            self._records[id(policy)] = to_record(policy)
        return self._records[id(policy)]

    @property
    def day(self) -> int:
        """Today, counted from day 0."""
        return self.life.day

    @property
    def date(self) -> datetime.date:
        """Today."""
        return self.life.calendar.date_of(self.life.day)

    @property
    def calendar(self) -> Calendar:
        """Days and dates of this world."""
        return self.life.calendar

    @property
    def read_only(self) -> str | None:
        """Why the world cannot be changed, or None."""
        return self.save.read_only_reason if self.save is not None and self.save.read_only else None

    def ask(self, **values: Any) -> Ask:
        """Today as the rules are told of it."""
        return self.life.ask(**values)

    def do(self, step: Mapping[str, Any]) -> list[Event]:
        """Do one step and return its events, on disk. Raises StepError, PolicyError, ReadOnlyWorld.

        If anything fails on the way, nothing has happened: neither here nor on disk.
        """
        if self.read_only:
            raise ReadOnlyWorld(self.read_only)
        checked = understood(step)
        before = self.life.copy()
        try:
            events = self._live(checked)
            return self._keep(dict(step), events)
        except BaseException:
            self.life = before
            raise

    def next_day(self) -> list[Event]:
        """Let one day pass, with what shops do by themselves, each a step of its own. Raises as `do` does.

        They refund in the morning; in the evening only where a return would end of itself with the next morning.
        """
        late = self._shops_refund()
        passed = self.do({"do": "wait", "days": 1})
        return [*late, *passed, *self._shops_refund()]

    def _shops_refund(self) -> list[Event]:
        due = refunds_due(self.account, self.next_policy, self.day)
        return [event for step in due for event in self.do(step)]

    def until_bill(self) -> list[Event]:
        """Let days pass, as `next_day` does, until the next statement day, or for so long as anybody waits at the most."""
        events: list[Event] = []
        for _day in range(steps.LAST_DAY_OF_WAIT):
            news = self.next_day()
            events += news
            if reached(self.life, "statement", news):
                break
        return events

    def trial(self) -> World:
        """An unsaved copy, on which steps may be tried."""
        other = World(self.life.copy(), self.seed, self.mode, None)
        other.events = list(self.events)
        other.books = self.books.copy()
        other.begun, other.began_under = self.begun, self.began_under
        return other

    def live_quietly(self) -> None:
        """Let no event of life come by the streams: nobody can know what is drawn for tomorrow."""
        self.mode = STORY

    def at(self, day: int) -> World:
        """The world as it was at the end of an earlier day's own actions, lived anew in memory."""
        if self.save is None:
            raise ReadOnlyWorld(_("Only a saved life can be looked at on an earlier day."))
        return relived(self.save.meta, self.save.commands(), day)

    def anew_from(self, day: int) -> tuple[World, list[Command]] | None:
        """The life as the save kept it on a day or the newest before, in memory and without what happened until then,
        and the commands since; None where no save keeps it.
        """
        if self.save is None:
            return None
        states = [state for state in self.save.states() if state.day <= day]
        if not states:
            return None
        last = states[-1]
        since = [each for each in self.save.commands() if each.seq > last.seq or (each.seq == last.seq and each.day > last.day)]
        world = World._at(self.save.meta, last, None)
        world.begun, world.began_under = self.begun, self.began_under
        return world, since

    def close(self) -> None:
        """Let the save go; everything is on disk."""
        if self.save is not None:
            self.save.close()

    def _live(self, step: Step) -> list[Event]:
        """Live a step in memory. In play, life's own events come by the streams."""
        if self.mode == PLAY and isinstance(step, Wait):
            return self._wait_in_play(step)
        return self.life.act(step)

    def _wait_in_play(self, step: Wait) -> list[Event]:
        """Let days pass one by one, each with what life brings."""
        events: list[Event] = []
        last = step.days if step.days is not None else steps.LAST_DAY_OF_WAIT
        for _day in range(last):
            news = self.life.next_day()
            drawn = life_event_on(self.seed, self.life.shopper, self.life.ask())
            if drawn is not None:
                news += self.life.act(parse_step({"do": "life", "event": drawn}))
            events += news
            if step.until is not None and reached(self.life, step.until, news):
                return events
        if step.until is None:
            return events
        ask = self.life.ask()
        bits = steps.wait_refusals(self.life.account, self.life.record, ask)
        return events + self.life.refused(step.do, ask, bits)

    def _keep_first(self, events: list[Event], policies: Timeline = ()) -> None:
        """Keep how the life began; where that cannot be, no save is left of it."""
        try:
            self._keep(self.begun, events, policies)
        except BaseException as error:
            if self.save is not None:
                self.save.discard(error)
            raise

    def _keep(self, command: dict[str, Any], events: list[Event], policies: Timeline = ()) -> list[Event]:
        """Number the events and write them; they have happened once this returns. Without `policies` they are
        booked under the one in force.
        """
        policies = policies or [(0, self.life.record)]
        first = len(self.events) + 1
        numbered = [{"seq": first + place, **event} for place, event in enumerate(with_grounds(events, self.events))]
        books = self.books.copy()
        postings = [
            (event["seq"], posting)
            for event in numbered
            for posting in books.take(event, policy_on(policies, event["day"]))
        ]
        if self.save is not None:
            month = (self.date.year, self.date.month)
            state = self.state(first + len(numbered) - 1)
            replaces = self._stated if month == self._stated_month else None
            self.save.commit(
                command, self.day, numbered, postings, state, policy_change(numbered, self.day), replaces
            )
            # The first state stays for ever: a damaged save is recovered from it.
            self._stated_month, self._stated = month, None if first == 1 else state.seq
        self.books = books
        self.events += numbered
        return numbered

    def state(self, seq: int | None = None) -> State:
        """The whole state of the life, for opening it again."""
        life = self.life
        body = {
            "account": life.account.as_dict(),
            "shopper": life.shopper.as_dict(),
            "names": life.names,
            "policy": policy_values(life.policy),
            "coming": policy_values(life.coming) if life.coming is not None else None,
        }
        return State(len(self.events) if seq is None else seq, life.day, rulebook_version(), body)

    def state_hash(self) -> str:
        """Hash of the two records by named fields, in hexadecimal."""
        return state_hash(self.account, self.shopper)

    def summary(self) -> Event:
        """The `summary` line of INTERFACE: the account as it stands."""
        return summary_of(self.account, self.shopper, len(self.events) + 1, self.day, self.date)

    def can_use_fen(self) -> int:
        """What a purchase on the line could be today."""
        return can_use_fen(self.account, self.life.record, self.ask())


def understood(step: Mapping[str, Any]) -> Step:
    """A checked step, what it names from the catalogue included. Raises StepError."""
    checked = parse_step(step)
    if isinstance(checked, Buy) and checked.item is not None:
        try:
            item(checked.item)
        except NoSuchItem as error:
            raise StepError([str(error)]) from error
    return checked


def policies_of(began_under: Sequence[tuple[int, Policy]], events: Sequence[Event]) -> list[tuple[int, Policy]]:
    """Every policy of a life with the day from which it holds, by those that it began under and its events."""
    found = list(began_under)
    for event in events:
        if event["event"] == "policy_changed":
            found.append((event["day"] + 1, set_field(found[-1][1], event["field"], event["to"])))
        elif event["event"] == "product_ended":
            day = event["day"]
            open_then = [each for each in found if each[0] < day]
            ending = [(day, policy_on(found, day)), *(each for each in found if each[0] > day)]
            found = open_then + [(first, set_field(policy, "product_open", False)) for first, policy in ending]
    return found


def account_of(kept: dict[str, Any]) -> Account:
    """The account of a state: what a save of an earlier rulebook lacks is worked out."""
    months = kept["elsewhere_dpd"]
    account = Account.from_dict(kept | {"elsewhere_dpd": months + [0] * (BUREAU_MONTHS - len(months))})
    if not kept.keys() >= set(KEPT):
        sum_up(account)
    if KEPT_OF_PLANS not in kept["hardship_plan"]:
        share_out(account)
    return account


def began_under(begun: Mapping[str, Any]) -> list[tuple[int, Policy]]:
    """The policies, each with its first day, of the command that began a life."""
    return list(Past.from_dict(begun["past"]).policies) if "past" in begun else [(0, policy_of(begun["policy"]))]


def policy_change(events: Sequence[Event], day: int) -> dict[str, Any] | None:
    """The row of the policy timeline that the events of a command on a day make."""
    for event in events:
        if event["event"] == "policy_changed":
            return {"day": day + 1, "field": event["field"], "value": json.dumps(event["to"])}
        if event["event"] == "product_ended":
            return {"day": day, "field": "product_open", "value": json.dumps(False)}
    return None


def records(policies: Sequence[tuple[int, Policy]]) -> Timeline:
    """Policies as the rules read them."""
    return [(day, to_record(policy)) for day, policy in policies]


def relived(
    meta: Mapping[str, Any], commands: Sequence[Command], until_day: int | None = None,
    after: Callable[[Command, World], None] = lambda command, world: None,
) -> World:  # fmt: skip
    """A save's life lived anew in memory from its commands, up to the end of a day or of the last; `after` each
    command it is shown.
    """
    begin = commands[0].body
    start = datetime.date.fromisoformat(meta["start"])
    if "past" in begin:
        past = Past.from_dict(begin["past"])
        if until_day is not None and until_day <= past.day:
            return in_the_past(past, Calendar(start), until_day)
        world = World.take_over(past, start)
    else:
        person = Person.from_dict(begin["person"])
        world = World.begin(person, policy_of(begin["policy"]), int(meta["seed"]), start, meta["mode"])
    after(commands[0], world)
    for command in commands[1:]:
        if until_day is not None and command.body["do"] == "wait" and command.day > until_day:
            if until_day > world.day:
                world.do({"do": "wait", "days": until_day - world.day})
            break
        world.do(command.body)
        after(command, world)
    return world


def in_the_past(past: Past, calendar: Calendar, day: int) -> World:
    """A world in memory as it was at the end of a day before the player took over."""
    lone = past.lived(calendar, day)
    policy = policy_on(past.policies, day)
    world = World(Life(lone.account, lone.shopper, policy, calendar, day, list(NAMES)), past.town.seed, STORY, None)
    world.begun = {"do": "begin", "past": past.as_dict()}
    world.began_under = past.policies
    world.events = lone.events
    world.books.fold(lone.events, records(past.policies))
    return world

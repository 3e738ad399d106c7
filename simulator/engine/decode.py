"""From rows of whole numbers to the events of INTERFACE: names, dates, reasons, parts, schedules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from simulator import codes
from simulator.account import Account
from simulator.calendar import Calendar
from simulator.policy.record import PolicyRecord, Scorecard
from simulator.population.life_events import told
from simulator.population.money_days import EXPENSE_KINDS, INCOME_KINDS
from simulator.population.people import JOBS
from simulator.rules.applications import SCORE_TOO_LOW_BIT
from simulator.rules.arithmetic import last_principal_fen, term_fee_fen, term_principal_fen
from simulator.rules.ask import Ask
from simulator.rules.events import (
    APPEALED,
    APPLICATION_DECIDED,
    APPLICATION_SUBMITTED,
    AUTOPAY_SET,
    CLOSURE_BLOCKED,
    EVENTS,
    HARDSHIP_REQUESTED,
    LIFE_EVENT,
    MONITOR_ALERTED,
    REASONS,
    REINSTATEMENT_REQUESTED,
    REOPENING_DECIDED,
    SCORE_CHANGED,
    TOPIC,
    Log,
    Memory,
)  # fmt: skip
from simulator.rules.monitoring import MONITOR_CHARACTERISTICS, signs_of
from simulator.rules.reasons import APPLICATION, findings
from simulator.rules.scoring import (
    APPLICATION_CHARACTERISTICS,
    BEHAVIOUR_CHARACTERISTICS,
    applicant_of,
    best_points,
    bin_of,
    conduct_of,
)  # fmt: skip

Event = dict[str, Any]

GROUPS: dict[str, Sequence[str]] = {
    "decision": codes.DECISIONS,
    "channel": codes.CHANNELS,
    "plan_kind": codes.PLAN_KINDS,
    "settlement": codes.SETTLEMENTS,
    "fee_cause": codes.FEE_CAUSES,
    "payer": codes.PAYERS,
    "limit_kind": codes.LIMIT_KINDS,
    "limit_mover": codes.LIMIT_MOVERS,
    "suspension_cause": codes.SUSPENSION_CAUSES,
    "closure_cause": codes.CLOSURE_CAUSES,
    "breach": codes.BREACHES,
    "severity": codes.SEVERITIES,
    "complaint": codes.COMPLAINTS,
    "recipient": codes.RECIPIENTS,
    "autopay": codes.AUTOPAYS,
    "fund_direction": codes.FUND_DIRECTIONS,
    "income_kind": INCOME_KINDS,
    "expense_kind": EXPENSE_KINDS,
}

PARTED = {APPLICATION_DECIDED, REOPENING_DECIDED, SCORE_CHANGED, MONITOR_ALERTED}
"""Events that tell the score part by part."""

ASKED = {APPEALED, HARDSHIP_REQUESTED, REINSTATEMENT_REQUESTED}
"""Requests, which nothing speaks against yet."""

MOST_LOST = 4
"""A decision by score lists at most four characteristics. RULES §2; FACTS §3 (Reg B)."""


FORM = ("age", "student", "job", "city_tier", "owner", "income_fen", "instalments_elsewhere_fen", "fund_fen")
"""What the form tells, by the account's fields."""


def form_of(account: Account, statement_day: int) -> Event:
    """What the form of an application tells."""
    form: Event = {name: getattr(account, name) for name in FORM}
    form.update(student=bool(account.student), job=JOBS[account.job], owner=bool(account.owner))
    return form | {"statement_day": statement_day}


class Decoder:
    """Turns a log into events, with the names that the world has given to merchants and categories."""

    def __init__(
        self, calendar: Calendar, names: Sequence[str], bin_label: Callable[[str, str, int], str]
    ) -> None:
        """`names` grows with the world; `bin_label(card, characteristic, bin)` names a bin."""
        self.calendar = calendar
        self.names = names
        self.bin_label = bin_label

    def events(self, log: Log, account: Account, policy: PolicyRecord) -> list[Event]:
        """The log's events without seq, in order. `account` serves where nothing was remembered."""
        return [self._event(log, index, account, policy) for index in range(log.count)]

    def _event(self, log: Log, index: int, account: Account, policy: PolicyRecord) -> Event:
        row = log.rows[index]
        kind, day = row[0], row[1]
        name, fields = EVENTS[kind]
        event: Event = {"day": day, "date": self.calendar.date_of(day).isoformat(), "event": name}
        for place, field in enumerate(fields):
            self._put(event, field, row[2 + place])
        if kind in ASKED:
            event["reasons"] = []
        elif kind == LIFE_EVENT:
            event |= {"kind": codes.LIFE_KINDS[row[2]], "figures": told(*row[2:7])}
        elif kind == AUTOPAY_SET:
            event["name"] = "autopay"
        elif kind == APPLICATION_SUBMITTED or kind in PARTED or row[TOPIC]:
            self._explain(event, row, _memory(log, index, account, day), policy)
        return event

    def _explain(self, event: Event, row: Sequence[int], memory: Memory, policy: PolicyRecord) -> None:
        """Add what an event tells of the account as it stood: the form, parts of a score, reasons."""
        kind = row[0]
        if kind == APPLICATION_SUBMITTED:
            event |= form_of(memory.account, row[2])
        if kind in PARTED:
            event["parts"] = self._parts(kind, memory, policy)
        if row[TOPIC]:
            event["reasons"] = self._reasons(row[TOPIC], row[REASONS], memory, policy)
        if kind == CLOSURE_BLOCKED:
            for reason in event["reasons"]:
                reason["amount_fen"] = reason["actual"]

    def _put(self, event: Event, field: str, value: int) -> None:
        name, _, group = field.partition(":")
        if group in ("form", "figure", "life_kind"):
            return
        if group == "applied":
            event.setdefault("applied", {})[name] = value
        elif group == "if_any":
            event |= {name: value} if value else {}
        elif group == "schedule":
            event["terms"] = value
            event["schedule"] = schedule(event["principal_fen"], event["fee_rate_ppm"], value)
        elif group == "bool":
            event[name] = bool(value)
        elif group == "date":
            event[name] = self.calendar.date_of(value).isoformat()
        elif group == "grade":
            event[name] = codes.GRADES[value] if value >= 0 else None
        elif group == "bucket":
            event[name] = f"M{value}"
        elif group in ("merchant", "category"):
            event[name] = self.names[value]
        elif group:
            event[name] = GROUPS[group][value]
        else:
            event[name] = value

    def _parts(self, kind: int, memory: Memory, policy: PolicyRecord) -> list[Event]:
        account, ask = memory.account, memory.ask
        if kind == SCORE_CHANGED:
            return self._score_parts(
                "behaviour", BEHAVIOUR_CHARACTERISTICS, policy.behaviour, conduct_of(account)
            )
        if kind == MONITOR_ALERTED:
            return self._score_parts(
                "monitor", MONITOR_CHARACTERISTICS, policy.monitor, signs_of(account, ask)
            )
        return self._score_parts(
            "application", APPLICATION_CHARACTERISTICS, policy.application, applicant_of(account, policy, ask)
        )

    def _score_parts(
        self, card_name: str, names: Sequence[str], card: Scorecard, values: Sequence[int]
    ) -> list[Event]:
        parts = []
        for index, name in enumerate(names):
            characteristic = card.characteristics[index]
            value = values[index]
            place = bin_of(characteristic, value)
            parts.append(
                {
                    "characteristic": name,
                    "value": value,
                    "bin": self.bin_label(card_name, name, place),
                    "points": characteristic.points[place],
                    "best": best_points(characteristic),
                }
            )
        return parts

    def _reasons(self, topic: int, bits: int, memory: Memory, policy: PolicyRecord) -> list[Event]:
        found: list[Event] = [
            {
                "code": reason.code,
                "actual": finding.actual,
                "threshold": finding.threshold,
                "unit": reason.unit,
            }
            for reason, finding in findings(topic, bits, memory.account, policy, memory.ask)
        ]
        if topic == APPLICATION and bits & SCORE_TOO_LOW_BIT:
            found += self._most_lost(memory, policy)
        return found

    def _most_lost(self, memory: Memory, policy: PolicyRecord) -> list[Event]:
        """The characteristics that lost the most points against their best bin."""
        parts = self._parts(APPLICATION_DECIDED, memory, policy)
        losing = sorted((part for part in parts if part["points"] < part["best"]), key=_points_kept)
        return [
            {
                "code": part["characteristic"],
                "actual": part["points"],
                "threshold": part["best"],
                "unit": "score",
                "value": part["value"],
            }
            for part in losing[:MOST_LOST]
        ]


def _points_kept(part: Event) -> int:
    return int(part["points"] - part["best"])


def _memory(log: Log, index: int, account: Account, day: int) -> Memory:
    """What was last remembered before an event; the account as it stands where nothing was."""
    kept = [memory for memory in log.memories if memory.row <= index]
    return kept[-1] if kept else Memory(index, account, Ask(day=day))


def schedule(principal_fen: int, fee_rate_ppm: int, terms: int) -> list[Event]:
    """A plan's terms as [{term, principal_fen, fee_fen}]. RULES §4."""
    principal = term_principal_fen(principal_fen, terms)
    last = last_principal_fen(principal_fen, terms)
    fee = term_fee_fen(principal_fen, fee_rate_ppm)
    return [
        {"term": term, "principal_fen": last if term == terms else principal, "fee_fen": fee}
        for term in range(1, terms + 1)
    ]

"""Together the stories meet every event, every transition and every reason; `-s` shows the table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from simulator.codes import STATUSES
from simulator.rules.events import EVENTS
from simulator.rules.reasons import (
    APPEAL, APPLICATION, CLOSURE, HARDSHIP_GRANTED, HARDSHIP_OVER, HARDSHIP_REFUSED, LIMIT_CUT, LIMIT_RAISED,
    LIMIT_REFUSED, LIMIT_SEASON, MONITOR, PURCHASE, REINSTATEMENT, REINSTATEMENT_REFUSED, REOPENING, STEP, TOPICS,
)  # fmt: skip
from simulator.rules.scoring import APPLICATION_CHARACTERISTICS
from simulator.rules.transitions import TRANSITIONS
from tests.stories.runs import runs

TOLD_BY_THE_ENGINE = (
    "life_began", "application_submitted", "setting_changed", "policy_changed", "life_event", "complained", "caption",
)  # fmt: skip
TOPIC_NAMES = {
    APPLICATION: "application", REOPENING: "reopening", PURCHASE: "purchase", MONITOR: "monitor",
    LIMIT_REFUSED: "limit refused", LIMIT_RAISED: "limit raised", LIMIT_CUT: "limit cut", LIMIT_SEASON: "limit season",
    REINSTATEMENT_REFUSED: "reinstatement refused", REINSTATEMENT: "reinstatement", APPEAL: "appeal",
    CLOSURE: "closure", HARDSHIP_REFUSED: "hardship refused", HARDSHIP_GRANTED: "hardship granted",
    HARDSHIP_OVER: "hardship over", STEP: "step",
}  # fmt: skip
TOPICS_OF_EVENTS = {
    "application_decided": (APPLICATION,), "reopening_decided": (REOPENING, APPLICATION),
    "purchase_declined": (PURCHASE,), "purchase_held": (PURCHASE,), "purchase_released": (PURCHASE,),
    "monitor_alerted": (MONITOR,), "limit_request_declined": (LIMIT_REFUSED,),
    "limit_changed": (LIMIT_RAISED, LIMIT_CUT, LIMIT_SEASON), "reinstatement_declined": (REINSTATEMENT_REFUSED,),
    "reinstated": (REINSTATEMENT,), "appeal_decided": (APPEAL,), "closure_blocked": (CLOSURE,),
    "hardship_declined": (HARDSHIP_REFUSED,), "hardship_agreed": (HARDSHIP_GRANTED,),
    "hardship_ended": (HARDSHIP_OVER,), "step_refused": (STEP,),
}  # fmt: skip
Met = Mapping[str, list[str]]


def _table(title: str, wanted: Iterable[str], met: Met) -> list[str]:
    """Print who meets what; what nobody meets is returned."""
    print(f"\n{title}")
    missing = []
    for item in wanted:
        stories = sorted(set(met.get(item, [])))
        shown = ", ".join(stories[:3]) + (f" and {len(stories) - 3} more" if len(stories) > 3 else "")
        print(f"  {item:<44} {len(stories):>3}  {shown or 'MISSING'}")
        if not stories:
            missing.append(item)
    return missing


def test_every_event_is_met() -> None:
    """The events of the rules, and those that the engine tells."""
    met = defaultdict(list)
    for run in runs():
        for event in run.events:
            met[event["event"]].append(run.name)
    wanted = dict.fromkeys([*TOLD_BY_THE_ENGINE, *(name for name, _ in EVENTS.values())])
    assert _table("Events", wanted, met) == []


def test_no_event_is_unknown() -> None:
    """Stories tell no event but these."""
    known = {*TOLD_BY_THE_ENGINE, *(name for name, _ in EVENTS.values())}
    assert {event["event"] for run in runs() for event in run.events} <= known


def test_every_transition_is_met() -> None:
    """Every pair of the table."""
    met = defaultdict(list)
    for run in runs():
        for came_from, to in run.moves:
            met[f"{STATUSES[came_from]} → {STATUSES[to]}"].append(run.name)
    wanted = [f"{STATUSES[came_from]} → {STATUSES[to]}" for came_from, targets in TRANSITIONS for to in targets]
    assert _table("Transitions", wanted, met) == []
    assert set(met) <= set(wanted)


def test_every_reason_is_met() -> None:
    """Every reason of every topic, told by an event of that topic."""
    met = defaultdict(list)
    for run in runs():
        for event in run.events:
            codes = {reason["code"] for reason in event.get("reasons", ())}
            for topic in TOPICS_OF_EVENTS.get(event["event"], ()):
                for reason in TOPICS[topic]:
                    if reason.code in codes:
                        met[f"{TOPIC_NAMES[topic]}: {reason.code}"].append(run.name)
    wanted = [f"{TOPIC_NAMES[topic]}: {reason.code}" for topic, reasons in TOPICS.items() for reason in reasons]
    assert _table("Reasons", wanted, met) == []


def test_every_characteristic_is_told_in_a_decline() -> None:
    """A decline by score lists the four that lost most; each of the seventeen is once among them."""
    met = defaultdict(list)
    for run in runs():
        for event in run.of("application_decided", "reopening_decided"):
            for reason in event["reasons"]:
                if reason["code"] in APPLICATION_CHARACTERISTICS:
                    met[reason["code"]].append(run.name)
    assert _table("Characteristics", APPLICATION_CHARACTERISTICS, met) == []


def test_names_are_those_of_the_documented_interface() -> None:
    """Where the interface is in the docs, every event of the rules stands in its table."""
    page = Path(__file__).parents[2] / "docs" / "interface.md"
    if page.is_file():
        text = page.read_text(encoding="utf-8")
        names = {*TOLD_BY_THE_ENGINE, *(name for name, _ in EVENTS.values())}
        assert {name for name in names if f"`{name}`" not in text} == set()

"""Together the stories meet every event, every transition and every reason; `-s` shows the table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from simulator.codes import STATUSES
from simulator.rules import reasons as of
from simulator.rules.events import EVENTS
from simulator.rules.reasons import TOPICS
from simulator.rules.scoring import APPLICATION_CHARACTERISTICS
from simulator.rules.transitions import TRANSITIONS
from tests.stories.runs import runs

REASONED = {
    "application_decided", "reopening_decided", "purchase_declined", "purchase_held", "purchase_released", "limit_changed",
    "limit_request_declined", "monitor_alerted", "reinstatement_requested", "reinstatement_declined", "reinstated", "appealed",
    "appeal_decided", "closure_blocked", "hardship_requested", "hardship_declined", "hardship_agreed", "hardship_ended",
    "step_refused",
}  # fmt: skip
"""Events whose rows of INTERFACE name reasons."""

EVENT_NAMES = (
    "life_began", "application_submitted", "application_decided", "reopening_decided", "line_opened",
    "offer_lapsed", "identity_verified", "identity_expired", "cash_purchase", "purchase_authorised",
    "purchase_declined", "purchase_held", "purchase_released", "plan_created", "plan_repaid_early",
    "return_opened", "return_ended", "refunded", "refund_arrived", "late_fee_charged",
    "revolving_fee_charged", "statement_made", "payment_received", "payment_missed", "reminded",
    "bucket_changed", "score_changed", "limit_changed", "limit_request_declined", "monitor_alerted",
    "soft_blocked", "suspended", "breach_found", "reinstatement_requested", "reinstatement_declined",
    "reinstated", "appealed", "appeal_decided", "locked", "unlocked", "closure_requested",
    "closure_withdrawn", "closure_blocked", "closed", "reopening_requested", "hardship_requested",
    "hardship_declined", "hardship_agreed", "hardship_ended", "charged_off", "product_ended",
    "bureau_reported", "income_received", "expenses_paid", "fund_moved", "fund_yield",
    "setting_changed", "policy_changed", "life_event", "complained", "step_refused", "caption",
)  # fmt: skip
"""The table of the interface."""
TOPIC_NAMES = {
    of.APPLICATION: "application",
    of.REOPENING: "reopening",
    of.PURCHASE: "purchase",
    of.MONITOR: "monitor",
    of.LIMIT_REFUSED: "limit refused",
    of.LIMIT_RAISED: "limit raised",
    of.LIMIT_CUT: "limit cut",
    of.LIMIT_SEASON: "limit season",
    of.REINSTATEMENT_REFUSED: "reinstatement refused",
    of.REINSTATEMENT: "reinstatement",
    of.APPEAL: "appeal",
    of.CLOSURE: "closure",
    of.HARDSHIP_REFUSED: "hardship refused",
    of.HARDSHIP_GRANTED: "hardship granted",
    of.HARDSHIP_OVER: "hardship over",
    of.STEP: "step",
}
TOPICS_OF_EVENTS = {
    "application_decided": (of.APPLICATION,),
    "reopening_decided": (of.REOPENING, of.APPLICATION),
    "purchase_declined": (of.PURCHASE,),
    "purchase_held": (of.PURCHASE,),
    "purchase_released": (of.PURCHASE,),
    "monitor_alerted": (of.MONITOR,),
    "limit_request_declined": (of.LIMIT_REFUSED,),
    "limit_changed": (of.LIMIT_RAISED, of.LIMIT_CUT, of.LIMIT_SEASON),
    "reinstatement_declined": (of.REINSTATEMENT_REFUSED,),
    "reinstated": (of.REINSTATEMENT,),
    "appeal_decided": (of.APPEAL,),
    "closure_blocked": (of.CLOSURE,),
    "hardship_declined": (of.HARDSHIP_REFUSED,),
    "hardship_agreed": (of.HARDSHIP_GRANTED,),
    "hardship_ended": (of.HARDSHIP_OVER,),
    "step_refused": (of.STEP,),
}
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
    """Every event of the interface, and none beside them."""
    met = defaultdict(list)
    for run in runs():
        for event in run.events:
            met[event["event"]].append(run.name)
    assert _table("Events", EVENT_NAMES, met) == []
    assert set(met) == set(EVENT_NAMES)


def test_events_of_the_rules_are_in_the_interface() -> None:
    """A rule tells nothing that the interface does not name."""
    assert {name for name, _ in EVENTS.values()} <= set(EVENT_NAMES)


def test_every_transition_is_met() -> None:
    """Every pair of the table."""
    met = defaultdict(list)
    for run in runs():
        for came_from, to in run.moves:
            met[f"{STATUSES[came_from]} → {STATUSES[to]}"].append(run.name)
    pairs = [(came_from, to) for came_from, targets in TRANSITIONS for to in targets]
    wanted = [f"{STATUSES[came_from]} → {STATUSES[to]}" for came_from, to in pairs]
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
    wanted = [f"{TOPIC_NAMES[topic]}: {one.code}" for topic, declared in TOPICS.items() for one in declared]
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


def test_every_event_that_the_interface_gives_reasons_has_them() -> None:
    """A list without any where nothing speaks against what was asked."""
    lacking = {
        event["event"]
        for run in runs()
        for event in run.events
        if event["event"] in REASONED and not isinstance(event.get("reasons"), list)
    }
    assert lacking == set()

"""Standing: the events that made a line what it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

Event = Mapping[str, Any]
STANDING = frozenset(
    (
        "line_opened", "soft_blocked", "suspended", "reinstated", "closure_requested", "closure_withdrawn", "closure_blocked",
        "closed", "charged_off", "product_ended",
    )
)  # fmt: skip
"""Events that change whether a line can be used."""
ASKED = frozenset(("application_decided", "reopening_decided", "offer_lapsed"))
"""Events that decide whether there is one."""


def turns(events: Sequence[Event], names: Collection[str]) -> Iterable[Event]:
    """The events of some names, without requests to close that were refused at once: they changed nothing."""
    for place, event in enumerate(events):
        beside = {"closure_requested": 1, "closure_blocked": -1}.get(event["event"], 0)
        pair = {event["event"], events[place + beside]["event"]} if 0 <= place + beside < len(events) else set()
        refused = pair == {"closure_requested", "closure_blocked"} and events[place + beside]["day"] == event["day"]
        if event["event"] in names and not refused:
            yield event

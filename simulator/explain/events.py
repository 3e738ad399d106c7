"""Why? for decisions and for the figures of events, by their number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from simulator.explain.answer import (
    COUNT,
    FEN,
    Explanation,
    Input,
    Line,
    UnknownFigure,
    answer,
    value_text,
)
from simulator.explain.limit_moves import limit_move_lines
from simulator.explain.limits import limit
from simulator.explain.scores import event_score, points_missing
from simulator.explain.waits import days_text
from simulator.messages import names_bound, notice, reason_text, remedy_text, sentence, suspension_text
from simulator.messages.reasons import SHARES, unit_of
from simulator.text import _, bounded_texts
from simulator.world import World

_FIELDS = {
    "application_decided": ("grade_cutoffs", "counter_cutoff", "min_orders", "min_spend_fen"),
    "reopening_decided": ("reopen_days", "reopen_overdue_days", "identity_days"),
    "limit_changed": ("increase_streak", "increase_grade", "decrease_dpd", "decrease_ppm"),
    "limit_request_declined": ("increase_streak", "increase_grade", "request_days"),
    "monitor_alerted": ("hold_score", "suspend_score"),
    "purchase_held": ("hold_score", "verify_days"),
    "soft_blocked": ("soft_block_dpd",),
    "closed": ("close_dpd", "closure_review_days"),
    "charged_off": ("charge_off_dpd",),
    "reinstated": ("reinstate_days",),
}
_RULES = {
    "application_decided": "RULES 2", "reopening_decided": "RULES 11", "purchase_declined": "RULES 3",
    "limit_changed": "RULES 10", "limit_request_declined": "RULES 10", "statement_made": "RULES 5",
    "payment_received": "RULES 6", "payment_missed": "RULES 7", "refunded": "RULES 9", "plan_created": "RULES 4",
    "plan_repaid_early": "RULES 8",
}  # fmt: skip


_SUSPENDED_BY = {"overdue": ("suspend_dpd",), "fraud": ("suspend_score", "appeal_window_days"), "breach": ("breach_cure_days",)}


def _fields(event: dict[str, Any]) -> tuple[str, ...]:
    """The policy's values that an event rests on."""
    if event["event"] == "suspended":
        return ("hardship_terms",) if event.get("plan") else _SUSPENDED_BY[event["cause"]]
    return _FIELDS.get(event["event"], ())


def _event(world: World, seq_text: str) -> dict[str, Any]:
    if seq_text.isdecimal() and 1 <= int(seq_text) <= len(world.events):
        return world.events[int(seq_text) - 1]
    raise UnknownFigure(_("There is no entry {seq}.").format(seq=seq_text))


def decision(world: World, key: str) -> Explanation:
    """`decision:SEQ`: the sentence, each reason with its figures, what would change it."""
    event = _event(world, key)
    told = notice(event)
    reasons = event.get("reasons", [])
    lines = [_reason_line(world, event, reason) for reason in reasons]
    lines += [Line(step, "") for step in (told.remedy if told else [])] or [
        Line(text, "") for text in (remedy_text(reason) for reason in reasons) if text
    ]
    if day := days_text(world, event):
        lines.append(Line(day, ""))
    if "score" in event:
        lines = [
            Line(_("Score"), f"{event['score']}", f"event:{event['seq']}:score"), *points_missing(event), *lines,
        ]  # fmt: skip
    if _opened_the_limit(world, event):
        lines = [
            Line(f"  {each.label}", each.value_text, each.figure) for each in limit(world, "").lines[:4]
        ] + [Line("  " + _("then down to whole hundreds"), "")] + lines
    amounts = [
        Line(_label(name), value_text(event[name], FEN), f"event:{event['seq']}:{name}")
        for name in ("limit_fen", "from_fen", "to_fen", "balance_fen", "minimum_fen", "amount_fen")
        if name in event
    ]
    if event["event"] == "limit_changed":
        amounts[1:1] = limit_move_lines(world, event)
    lines = [*amounts, *lines]
    base = answer(
        f"decision:{key}", told.title if told else _("What happened"), sentence(event), len(reasons), "reasons",
        [Input("reasons", _("Reasons"), len(reasons), COUNT)], rule=_RULES.get(event["event"], "RULES 11"),
        policy=world.policy_on(event["day"]), fields=_fields(event), entries=[event["seq"]], unit=COUNT,
    )  # fmt: skip
    return Explanation(
        base.figure, base.title, base.sentence, base.value, base.unit, base.formula, base.inputs, lines, base.rule,
        base.fields, base.entries,
    )  # fmt: skip


def _reason_line(world: World, event: dict[str, Any], reason: dict[str, Any]) -> Line:
    """A reason with its figures. Of a line that is suspended days late tell only where they are the cause."""
    causes = _suspended_for(world, event) if reason["code"] == "suspended" else []
    if not causes:
        return Line(reason_text(reason), _numbers(reason))
    told = _("Your line is suspended: {causes}.").format(causes=_(", ").join(map(suspension_text, causes)))
    return Line(told, _numbers(reason) if "overdue" in causes else "")


def _suspended_for(world: World, event: dict[str, Any]) -> list[str]:
    """The causes that the line was suspended for at an event."""
    causes: list[str] = []
    for each in world.events[: event["seq"] - 1]:
        if each["event"] == "suspended":
            causes.append(each["cause"])
        elif each["event"] == "reinstated":
            causes = [cause for cause in causes if cause != each["cause"]]
        elif each["event"] in ("line_opened", "closed"):
            causes = []
    return list(dict.fromkeys(causes))


def _numbers(reason: dict[str, Any]) -> str:
    """The figure of a reason, and its bound where the sentence names one."""
    unit = unit_of(reason)
    if unit == "none":
        return ""
    if unit in ("ppm", "rate"):
        actual, threshold = bounded_texts(reason["actual"], reason["threshold"], SHARES[unit])
    else:
        kind = {"fen": FEN, "days": "days", "dpd": "days", "grade": "grade"}.get(unit, "count")
        actual, threshold = value_text(reason["actual"], kind), value_text(reason["threshold"], kind)
    return f"{actual} | {threshold}" if names_bound(reason) else actual


def _label(name: str) -> str:
    return {
        "limit_fen": _("Limit"),
        "from_fen": _("Before"),
        "to_fen": _("After"),
        "balance_fen": _("In full"),
        "minimum_fen": _("Minimum"),
        "amount_fen": _("Amount"),
    }[name]


def event(world: World, key: str) -> Explanation:
    """`event:SEQ:FIELD`: one figure of an event."""
    seq_text, _sep, name = key.partition(":")
    told = _event(world, seq_text)
    if name == "score" and "parts" in told:
        return event_score(told, f"event:{key}")
    if told["event"] == "statement_made" and name in ("balance_fen", "minimum_fen"):
        from simulator.explain.statements import statement

        return statement(world, f"{told['day']}:{name.removesuffix('_fen')}")
    value = told.get(name)
    if name == "limit_fen" and _opened_the_limit(world, told):
        return replace(limit(world, "limit"), figure=f"event:{key}")
    if not isinstance(value, int):
        raise UnknownFigure(_("Entry {seq} has no figure “{name}”.").format(seq=seq_text, name=name))
    applied = told.get("applied", {})
    if name == "amount_fen" and applied and sum(applied.values()) == value:
        inputs = [
            Input(part.removesuffix("_fen"), _applied_label(part), amount) for part, amount in applied.items()
        ]
    else:
        inputs = [Input("amount", _("As it was booked"), value, FEN if name.endswith("_fen") else COUNT)]
    return answer(
        f"event:{key}", _("Entry {seq}").format(seq=seq_text), sentence(told), value, " + ".join(item.name for item in inputs),
        inputs, rule=_RULES.get(told["event"], "RULES 1"), entries=[told["seq"]],
        unit=FEN if name.endswith("_fen") else COUNT,
    )  # fmt: skip


def _opened_the_limit(world: World, told: dict[str, Any]) -> bool:
    """Whether today's limit is the one that this decision opened, so that its sum can be shown."""
    if "limit_fen" not in told:
        return False
    openings = ("application_decided", "reopening_decided", "line_opened")
    changes = ("line_opened", "limit_changed", "offer_lapsed")
    later = [each["event"] for each in world.events[told["seq"] :] if each["event"] in changes]
    opened = told["event"] == "line_opened" or later[:1] == ["line_opened"]
    unchanged = later in ([], ["line_opened"])
    return told["event"] in openings and opened and unchanged and told["limit_fen"] == world.account.limit_fen


def _applied_label(part: str) -> str:
    return {
        "late_fee_fen": _("Late fees"),
        "revolving_fee_fen": _("Carrying fees"),
        "plan_fee_fen": _("Plan fees"),
        "plan_principal_fen": _("Plan terms"),
        "principal_fen": _("Purchases"),
        "recovered_fen": _("Written-off debt"),
    }[part]

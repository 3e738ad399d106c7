"""Why? for decisions and for the figures of events, by their number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from simulator.explain.advice import what_changes
from simulator.explain.answer import (
    COUNT,
    DAYS,
    FEN,
    GRADE,
    SHARE,
    Explanation,
    Input,
    Line,
    UnknownFigure,
    answer,
    value_text,
)
from simulator.explain.limit_moves import limit_move_lines
from simulator.explain.limits import first_limit, small_line
from simulator.explain.scores import event_score, points_missing
from simulator.explain.season import season_lines, season_text
from simulator.messages import names_bound, notice, reason_text, sentence, suspension_text
from simulator.messages.reasons import SHARES, bound_unit_of, reasons_of, unit_of
from simulator.text import _, bounded_texts, listed, sentences
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
    **dict.fromkeys(("income_received", "expenses_paid", "life_began", "life_event", "caption"), "RULES 1"),
    **dict.fromkeys(("application_submitted", "application_decided", "line_opened", "offer_lapsed"), "RULES 2"),
    **dict.fromkeys(("cash_purchase", "purchase_authorised", "purchase_declined", "fund_moved", "fund_yield"), "RULES 3"),
    "plan_created": "RULES 4", "statement_made": "RULES 5", **dict.fromkeys(("payment_received", "reminded"), "RULES 6"),
    **dict.fromkeys(("payment_missed", "bucket_changed", "late_fee_charged", "revolving_fee_charged", "charged_off"), "RULES 7"),
    "plan_repaid_early": "RULES 8",
    **dict.fromkeys(("refunded", "refund_arrived", "return_opened", "return_ended"), "RULES 9"),
    **dict.fromkeys(("limit_changed", "limit_request_declined", "score_changed"), "RULES 10"),
    "policy_changed": "RULES 15",
}  # fmt: skip
"""The section that an event rests on, where it is not that of standing."""


_SUSPENDED_BY = {"overdue": ("suspend_dpd",), "fraud": ("suspend_score", "appeal_window_days"), "breach": ("breach_cure_days",)}


_KINDS = {"fen": FEN, "days": DAYS, "dpd": DAYS, "grade": GRADE, "ppm": SHARE}


def _fields(event: dict[str, Any]) -> tuple[str, ...]:
    """The policy's values that an event rests on."""
    if event["event"] == "suspended":
        return ("hardship_terms",) if event.get("plan") else _SUSPENDED_BY[event["cause"]]
    if event["event"] == "limit_changed" and event["kind"] == "temporary":
        return ("temporary_limit_ppm", "season")
    return _FIELDS.get(event["event"], ())


def _event(world: World, seq_text: str) -> dict[str, Any]:
    if seq_text.isdecimal() and 1 <= int(seq_text) <= len(world.events):
        return world.events[int(seq_text) - 1]
    raise UnknownFigure(_("There is no entry {seq}.").format(seq=seq_text))


def decision(world: World, key: str) -> Explanation:
    """`decision:SEQ`: the sentence, each reason with its figures, what would change it."""
    event = _event(world, key)
    told = notice(event)
    reasons = reasons_of(event)
    lines = [_reason_line(world, event, reason) for reason in reasons]
    lines += [Line(step, "") for step in what_changes(world, event)]
    if "score" in event:
        lines = [
            Line(_("Score"), f"{event['score']}", f"event:{event['seq']}:score"), *points_missing(event), *lines,
        ]  # fmt: skip
    sum_of_limit = _sum_of_limit(world, event)
    if sum_of_limit is not None:
        lines = [replace(each, label=f"  {each.label}") for each in sum_of_limit.lines] + lines
    amounts = [
        Line(_label(name, event["event"]), value_text(event[name], FEN), f"event:{event['seq']}:{name}")
        for name in ("limit_fen", "from_fen", "to_fen", "balance_fen", "minimum_fen", "amount_fen")
        if name in event and (event["event"], event[name]) != ("closed", 0)
    ]
    if event["event"] == "limit_changed":
        amounts[1:1] = [*limit_move_lines(world, event), *season_lines(event)]
    lines = [*amounts, *lines]
    base = answer(
        f"decision:{key}", told.title if told else _("What happened"), sentences(sentence(event), season_text(world, event)), len(reasons), "reasons",
        [Input("reasons", _("Reasons"), len(reasons), COUNT)], rule=_RULES.get(event["event"], "RULES 11"),
        policy=world.policy_on(event["day"]), fields=_fields(event), entries=[event["seq"]], unit=COUNT,
    )  # fmt: skip
    return Explanation(
        base.figure, base.title, base.sentence, base.value, base.unit, base.formula, base.inputs, lines, base.rule,
        base.fields, base.entries,
    )  # fmt: skip


def _reason_line(world: World, event: dict[str, Any], reason: Mapping[str, Any]) -> Line:
    """A reason with its figures. Of a line that is suspended days late tell only where they are the cause."""
    causes = _suspended_for(world, event) if reason["code"] == "suspended" else []
    if not causes:
        return Line(reason_text(reason), _numbers(reason))
    told = _("Your line is suspended: {causes}.").format(causes=listed(map(suspension_text, causes)))
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


def _numbers(reason: Mapping[str, Any]) -> str:
    """The figure of a reason, and its bound where the sentence names one."""
    unit = unit_of(reason)
    if unit == "none":
        return ""
    if unit in ("ppm", "rate"):
        actual, threshold = bounded_texts(reason["actual"], reason["threshold"], SHARES[unit])
    else:
        actual = value_text(reason["actual"], _KINDS.get(unit, COUNT))
        threshold = value_text(reason["threshold"], _KINDS.get(bound_unit_of(reason), COUNT))
    return f"{actual} | {threshold}" if names_bound(reason) else actual


def _label(name: str, event: str) -> str:
    if event == "closed":
        return _("Owed then")
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
    sum_of_limit = _sum_of_limit(world, told) if name == "limit_fen" else None
    if sum_of_limit is not None:
        return replace(sum_of_limit, figure=f"event:{key}")
    if not isinstance(value, int):
        raise UnknownFigure(_no_figure(told, name))
    applied = told.get("applied", {})
    if name == "amount_fen" and applied and sum(applied.values()) == value:
        inputs = [
            Input(part.removesuffix("_fen"), _applied_label(part), amount) for part, amount in applied.items()
        ]
    else:
        inputs = [Input("amount", _("As it was booked"), value, FEN if name.endswith("_fen") else COUNT)]
    return answer(
        f"event:{key}", _("Entry {seq}").format(seq=seq_text), sentence(told), value, " + ".join(item.name for item in inputs),
        inputs, rule=_RULES.get(told["event"], "RULES 11"), entries=[told["seq"]],
        unit=FEN if name.endswith("_fen") else COUNT,
    )  # fmt: skip


def _sum_of_limit(world: World, told: dict[str, Any]) -> Explanation | None:
    """The sum of the limit that an event decided or opened; None for others, and where it is known no more."""
    if told.get("decision") == "counter_offer":
        return small_line(world, told)
    opened = _opened_by(world, told)
    return first_limit(world, opened) if opened is not None else None


def _opened_by(world: World, told: dict[str, Any]) -> dict[str, Any] | None:
    """The opening of the line that an event decided or is, so that the sum of its first limit can be shown; None for
    any but the last one, whose sum is known still.
    """
    openings = [each for each in world.events if each["event"] == "line_opened"]
    if "limit_fen" not in told or not openings:
        return None
    if told["event"] not in ("application_decided", "reopening_decided"):
        return told if told is openings[-1] else None
    later = [each for each in world.events[told["seq"] :] if each["event"] in ("line_opened", "offer_lapsed", told["event"])]
    return openings[-1] if later[:1] == [openings[-1]] and told["limit_fen"] == openings[-1]["limit_fen"] else None


def _no_figure(told: dict[str, Any], name: str) -> str:
    """That an event has no such figure, and which it has."""
    known = [key for key, value in told.items() if type(value) is int and key not in ("seq", "day")]
    if not known:
        return _("Entry {seq} has no figures.").format(seq=told["seq"])
    return _("Entry {seq} has no figure “{name}”; it has {known}.").format(seq=told["seq"], name=name, known=listed(known))


def _applied_label(part: str) -> str:
    return {
        "late_fee_fen": _("Late fees"),
        "revolving_fee_fen": _("Carrying fees"),
        "plan_fee_fen": _("Plan fees"),
        "plan_principal_fen": _("Plan terms"),
        "principal_fen": _("Purchases"),
        "recovered_fen": _("Written-off debt"),
    }[part]

"""Why? for a statement's balance, minimum and parts, by the day on which it was made."""

from __future__ import annotations

from typing import Any

from simulator.explain.answer import PPM, Explanation, Input, UnknownFigure, answer, steady
from simulator.explain.bill_parts import EARLIER, FEES, days_of_fee, earlier_bills, made_of
from simulator.rules.arithmetic import MILLION
from simulator.rules.statements import minimum_of, share_asked_fen
from simulator.text import _, sentences
from simulator.world import World

PARTS = (
    "carried_fen", "unpaid_plan_fen", "unpaid_fee_fen", "purchases_fen", "plan_principal_fen", "plan_fee_fen",
    "revolving_fee_fen", "late_fee_fen",
)  # fmt: skip

_DAYS_NAMED = 12


def part_label(part: str) -> str:
    """Words for one part of a statement's balance."""
    return {
        "carried_fen": _("Left from earlier bills"),
        "unpaid_plan_fen": _("Earlier plan terms, unpaid"),
        "unpaid_fee_fen": _("Earlier fees, unpaid"),
        "purchases_fen": _("New purchases"),
        "plan_principal_fen": _("Plan terms of this month"),
        "plan_fee_fen": _("Plan fees of this month"),
        "revolving_fee_fen": _("Carrying fee"),
        "late_fee_fen": _("Late fee"),
    }[part]


def statement(world: World, key: str) -> Explanation:
    """`statement:DAY:balance`, `statement:DAY:minimum`, `statement:DAY:PART`."""
    day_text, _sep, what = key.partition(":")
    event = _made_on(world, day_text)
    if what == "balance":
        return _balance(event)
    if what == "minimum":
        return _minimum(world, event)
    if f"{what}_fen" in PARTS:
        return _part(world, event, what)
    known = ", ".join(("balance", "minimum", *(part.removesuffix("_fen") for part in PARTS)))
    raise UnknownFigure(_("A bill has no “{what}”; it has {known}.").format(what=what, known=known))


def _made_on(world: World, day_text: str) -> dict[str, Any]:
    made = [event for event in world.events if event["event"] == "statement_made"]
    for event in reversed(made):
        if str(event["day"]) == day_text:
            return event
    if not made:
        raise UnknownFigure(_("There is no bill yet."))
    days = ", ".join(str(event["day"]) for event in made[-_DAYS_NAMED:])
    raise UnknownFigure(_("There is no bill of day {day}; bills were made on days {days}.").format(day=day_text, days=days))


def _balance(event: dict[str, Any]) -> Explanation:
    day = event["day"]
    return answer(
        f"statement:{day}:balance", _("Bill in full"), _("Everything that stood on this bill when it was made."),
        event["balance_fen"], " + ".join(part.removesuffix("_fen") for part in PARTS),
        [
            Input(part.removesuffix("_fen"), part_label(part), event[part], figure=f"statement:{day}:{part.removesuffix('_fen')}")
            for part in PARTS
        ],
        rule="RULES 5", entries=[event["seq"]],
    )  # fmt: skip


def _minimum(world: World, event: dict[str, Any]) -> Explanation:
    """The sum of RULES §5 on the figures of the event, by the policy of its day; only what stands on the bill is told."""
    held = world.policy_on(event["day"])
    policy = world.record_on(event["day"])
    carried, new = event["carried_fen"], event["purchases_fen"]
    rest = event["balance_fen"] - carried - new
    last_met = not _missed_before(world, event)
    left = new + carried - share_asked_fen(policy, new, carried, last_met)
    extra = event["minimum_fen"] - minimum_of(policy, new, carried, last_met, rest, 0)
    if extra < 0 or (extra > 0 and not _temporary_ended_before(world, event)):
        return _minimum_as_booked(event)
    bill = f"statement:{event['day']}"
    inputs: list[Input] = []
    shares: list[str] = []
    if new:
        shares.append("new * share")
        inputs += [
            Input("new", _("New purchases"), new, figure=f"{bill}:purchases"),
            Input("share", _("Share of new purchases asked"), policy.minimum_ppm, PPM),
        ]
    if carried:
        shares.append("carried * carried_share")
        asked = _("Share of that asked") if last_met else _("Share of that asked, as the last minimum was missed")
        inputs += [
            Input("carried", part_label("carried_fen"), carried, figure=f"{bill}:carried"),
            Input("carried_share", asked, policy.minimum_ppm if last_met else MILLION, PPM),
        ]
    sums = [f"(2 * ({' + '.join(shares)}) + {MILLION}) // {2 * MILLION}"] if shares else []
    if rest or not shares:
        sums.append("always")
        inputs.append(Input("always", _("Plan terms and fees, asked in full"), rest))
    if extra:
        sums.append("expired")
        inputs.append(Input("expired", _("Over the limit since a temporary one ended"), extra))
    inputs.append(Input("balance", _("The bill in full"), event["balance_fen"], figure=f"{bill}:balance"))
    formula = f"min(balance, {' + '.join(sums)})"
    if left:
        formula = f"balance if left < small else {formula}"
        inputs += [
            Input("left", _("Would be left of purchases after their share"), left),
            Input("small", _("A rest of less than this would be asked too"), policy.small_balance_fen),
        ]
    return answer(
        f"{bill}:minimum", _("Minimum of the bill"), _why_so_much(new, carried, last_met, left, policy.small_balance_fen),
        event["minimum_fen"], formula, inputs, rule="RULES 5", policy=held,
        fields=("minimum_ppm", "small_balance_fen") if new + carried else (), entries=[event["seq"]],
    )  # fmt: skip


def _why_so_much(new: int, carried: int, last_met: bool, left: int, small: int) -> str:
    """What made a minimum more than shares alone, in a sentence; what it is where nothing did."""
    told = []
    if not new + carried:
        told.append(_("Plan terms and fees are asked in full."))
    if carried and not last_met:
        told.append(_("The last minimum was missed, so all that was carried is asked."))
    if 0 < left < small:
        told.append(_("Little would be left after the minimum, so the whole bill is asked."))
    return sentences(*told) or _("The least to pay by the due day so that nothing counts as late.")


def _minimum_as_booked(event: dict[str, Any]) -> Explanation:
    """The minimum alone, where what it was worked out from is not known any more."""
    return answer(
        f"statement:{event['day']}:minimum", _("Minimum of the bill"),
        _("The least to pay by the due day so that nothing counts as late."), event["minimum_fen"], "amount",
        [Input("amount", _("As it was booked"), event["minimum_fen"])], rule="RULES 5", entries=[event["seq"]],
    )  # fmt: skip


def _temporary_ended_before(world: World, event: dict[str, Any]) -> bool:
    """Whether a temporary limit ended after the bill before: what it carried over the limit joins the minimum."""
    for other in reversed(world.events[: event["seq"] - 1]):
        if other["event"] == "statement_made":
            return False
        if other["event"] == "limit_changed" and other["by"] == "expiry":
            return True
    return False


def _missed_before(world: World, event: dict[str, Any]) -> bool:
    """Whether the last statement before this one was missed on its due day."""
    earlier = [
        other for other in world.events
        if other["event"] in ("statement_made", "payment_missed", "line_opened") and other["seq"] < event["seq"]
    ]  # fmt: skip
    return bool(earlier) and earlier[-1]["event"] == "payment_missed"


def _part(world: World, event: dict[str, Any], what: str) -> Explanation:
    """One part: the events since the last statement that it comes from."""
    amount = event[f"{what}_fen"]
    sources = {
        "purchases": ("purchase_authorised", "refunded"),
        "plan_principal": ("plan_created",),
        "plan_fee": ("plan_created",),
        "revolving_fee": ("revolving_fee_charged",),
        "late_fee": ("late_fee_charged",),
    }.get(what, ("statement_made", "payment_received"))
    before = [
        other["seq"]
        for other in world.events
        if other["event"] == "statement_made" and other["seq"] < event["seq"]
    ]
    first = 0 if what.startswith("plan") else (before[-1] if before else 0)
    entries = [
        other["seq"]
        for other in world.events
        if other["event"] in sources and first <= other["seq"] < event["seq"]
    ]
    if what == "purchases":
        on_terms = {other["order"] for other in world.events if other["event"] == "plan_created"}
        entries = [seq for seq in entries if world.events[seq - 1]["order"] not in on_terms]
    sentence = {
        "carried": _("Purchases on earlier bills that were not paid."),
        "unpaid_plan": _("Terms of plans on earlier bills that were not paid."),
        "unpaid_fee": _("Fees on earlier bills that were not paid."),
        "purchases": _("Bought since the last bill, without instalments."),
        "plan_principal": _("This month's terms of your instalment plans."),
        "plan_fee": _(
            "This month's fees of your instalment plans: a share of the price at the start, every month."
        ),
        "revolving_fee": _("A daily fee on what was carried past its due day; what is late bears the late fee instead."),
        "late_fee": _("A daily fee on what was due and not paid; fees bear none."),
    }[what]
    fields = {"revolving_fee": ("revolving_fee_ppm",), "late_fee": ("late_fee_ppm", "late_fee_cap_ppm"),
              "plan_fee": ("fee_rate_ppm",)}.get(what, ())  # fmt: skip
    since = min((world.events[seq - 1]["day"] for seq in entries), default=event["day"])
    if what != "plan_fee" and before:
        since = world.events[before[-1] - 1]["day"]
    formula, inputs = _parts_of(world, event, what)
    return answer(
        f"statement:{event['day']}:{what}", part_label(f"{what}_fen"), sentence, amount, formula, inputs, rule="RULES 5, 7", policy=world.policy_on(event["day"]),
        fields=steady(world.policies(), fields, since, event["day"]), entries=[*entries, event["seq"]],
    )  # fmt: skip


def _parts_of(world: World, event: dict[str, Any], what: str) -> tuple[str, list[Input]]:
    """What a part is made of and how it adds up; the part alone where that cannot be told any more."""
    days = days_of_fee(world, event, what) if what in FEES else None
    if days is not None:
        return days
    inputs = earlier_bills(world, event, what) if what in EARLIER else made_of(world, event, what)
    inputs = inputs or [Input("part", part_label(f"{what}_fen"), event[f"{what}_fen"])]
    return " + ".join(each.name for each in inputs), inputs

"""Why? for the figures of instalment plans, by order number."""

from __future__ import annotations

from simulator.account import Plan
from simulator.codes import SETTLE_ALL_REMAINING, SETTLE_FREE, SETTLEMENTS
from simulator.explain.answer import COUNT, PPM, YES, Explanation, Input, UnknownFigure, answer
from simulator.rules.arithmetic import MILLION
from simulator.rules.instalments import plan_of, principal_days_until, settlement_of
from simulator.text import _
from simulator.world import World


def plan(world: World, key: str) -> Explanation:
    """`plan:ORDER:left`, `:fee`, `:term`, `:settlement`, `:saved`."""
    order_text, _sep, what = key.partition(":")
    slot = plan_of(world.account, int(order_text)) if order_text.isdecimal() else -1
    if slot < 0:
        raise UnknownFigure(_("Order {order} has no running plan.").format(order=order_text))
    answers = {"left": _left, "fee": _fee, "term": _term, "settlement": _settlement, "saved": _saved}
    if what not in answers:
        raise UnknownFigure(_("A plan has no “{what}”.").format(what=what))
    return answers[what](world, slot)


def _entries(world: World, order: int) -> list[int]:
    return [event["seq"] for event in world.events if event.get("order") == order]


def _left(world: World, slot: int) -> Explanation:
    plan = world.account.plans[slot]
    return answer(
        f"plan:{plan.order}:left", _("Still to come"), _("Terms of this plan that are not on a bill yet."), plan.unbilled_fen,
        "term * (left - 1) + last if left else 0",
        [
            Input("term", _("Each term"), plan.term_principal_fen, figure=f"plan:{plan.order}:term"),
            Input("left", _("Terms still to come"), plan.terms - plan.billed, COUNT),
            Input("last", _("The last one, with the remainder"), plan.last_principal_fen),
        ],
        rule="RULES 4", entries=_entries(world, plan.order),
    )  # fmt: skip


def _fee(world: World, slot: int) -> Explanation:
    plan = world.account.plans[slot]
    kept = plan.principal_fen - plan.refunded_fen
    return answer(
        f"plan:{plan.order}:fee", _("Fee each month"),
        _("A share of the price at the start, every month, though the debt shrinks."), plan.term_fee_fen,
        f"fee if refunded else (2 * price * rate + {MILLION}) // {2 * MILLION}",
        [
            Input("price", _("Price at the start"), plan.principal_fen),
            Input("rate", _("Rate a month"), plan.fee_rate_ppm, PPM),
            Input("refunded", _("Refunded since"), plan.principal_fen - kept),
            Input("fee", _("Fee a month now"), plan.term_fee_fen),
        ],
        rule="RULES 4, 9", policy=world.policy_on(plan.day), fields=("fee_rate_ppm",), entries=_entries(world, plan.order),
    )  # fmt: skip


def _terms_as_bought(world: World, plan: Plan) -> int:
    """Of a plan that was settled early the record keeps the terms that were billed; its event tells them all."""
    made = [each for each in world.events if each["event"] == "plan_created" and each["order"] == plan.order]
    return len(made[-1]["schedule"]) if made else max(1, plan.terms)


def _term(world: World, slot: int) -> Explanation:
    plan = world.account.plans[slot]
    terms = _terms_as_bought(world, plan)
    return answer(
        f"plan:{plan.order}:term", _("Each term"), _("The price in equal parts, rounded down; the last term takes the rest."),
        plan.term_principal_fen, "part if refunded else price // terms",
        [
            Input("price", _("Price at the start"), plan.principal_fen),
            Input("terms", _("Terms as bought"), terms, COUNT),
            Input("refunded", _("Refunded since"), plan.refunded_fen),
            Input("part", _("A term now"), plan.term_principal_fen),
        ],
        rule="RULES 4, 9", entries=_entries(world, plan.order),
    )  # fmt: skip


def _settlement(world: World, slot: int) -> Explanation:
    plan = world.account.plans[slot]
    settlement = settlement_of(plan, world.day)
    remaining = plan.term_fee_fen * (plan.terms - plan.billed)
    days_fen = principal_days_until(plan, world.day)
    free = int(plan.mode == SETTLE_FREE or world.day == plan.day)
    repriced = f"min(unbilled_fees, (2 * max(0, days * rate - fees_billed * {MILLION}) + {MILLION}) // {2 * MILLION})"
    formula = f"left + (0 if free else unbilled_fees if all_remaining else {repriced})"
    return answer(
        f"plan:{plan.order}:settlement", _("To settle it today"),
        _("What is still to come, and for the time used a fee that never passes the fees it replaces."),
        settlement.principal + settlement.fee, formula,
        [
            Input("left", _("Still to come"), plan.unbilled_fen, figure=f"plan:{plan.order}:left"),
            Input("unbilled_fees", _("Fees that would still come"), remaining),
            Input("days", _("What was owed at the end of each day, added up"), days_fen),
            Input("rate", _("Rate a day for the time used"), plan.settle_daily_ppm, PPM),
            Input("fees_billed", _("Fees billed so far"), plan.fees_billed_fen),
            Input("free", _("Settles free"), free, YES),
            Input("all_remaining", _("All fees stay due"), int(plan.mode == SETTLE_ALL_REMAINING), YES),
        ],
        rule=f"RULES 8 ({SETTLEMENTS[plan.mode]})", policy=world.policy_on(plan.day),
        fields=("early_settlement", "settle_daily_ppm"), entries=_entries(world, plan.order),
    )  # fmt: skip


def _saved(world: World, slot: int) -> Explanation:
    plan = world.account.plans[slot]
    settlement = settlement_of(plan, world.day)
    return answer(
        f"plan:{plan.order}:saved", _("Saved by settling"), _("Fees that would still come, less the fee for settling."),
        settlement.saved, "unbilled_fees - fee",
        [
            Input("unbilled_fees", _("Fees that would still come"), settlement.saved + settlement.fee),
            Input("fee", _("Fee for settling"), settlement.fee, figure=f"plan:{plan.order}:settlement"),
        ],
        rule="RULES 8", entries=_entries(world, plan.order),
    )  # fmt: skip

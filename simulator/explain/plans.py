"""Why? for the figures of instalment plans, by order number."""

from __future__ import annotations

from dataclasses import replace

from simulator.account import Plan
from simulator.codes import SETTLE_ALL_REMAINING, SETTLE_FREE, SETTLEMENTS
from simulator.explain.answer import COUNT, PPM, Explanation, Input, Line, UnknownFigure, answer
from simulator.money import money
from simulator.rules.arithmetic import MILLION, round_half_up
from simulator.rules.instalments import plan_of, principal_days_until, settlement_of
from simulator.rules.repayment import acceptable_fen
from simulator.rules.steps import settle_all_fen
from simulator.text import _, sentences
from simulator.world import World


def plan(world: World, key: str) -> Explanation:
    """`plan:ORDER:left`, `:fee`, `:fees`, `:term`, `:settlement`, `:saved`."""
    order_text, _sep, what = key.partition(":")
    slot = plan_of(world.account, int(order_text)) if order_text.isdecimal() else -1
    if slot < 0:
        raise UnknownFigure(_("Order {order} has no running plan.").format(order=order_text))
    answers = {"left": _left, "fee": _fee, "fees": _fees, "term": _term, "settlement": _settlement, "saved": _saved}
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


def _fees(world: World, slot: int) -> Explanation:
    plan = world.account.plans[slot]
    return answer(
        f"plan:{plan.order}:fees", _("Fees that would still come"), _("A fee with every term that is not on a bill yet."),
        fees_to_come_fen(plan), "fee * left",
        [
            Input("fee", _("Fee each month"), plan.term_fee_fen, figure=f"plan:{plan.order}:fee"),
            Input("left", _("Terms still to come"), plan.terms - plan.billed, COUNT),
        ],
        rule="RULES 4", entries=_entries(world, plan.order),
    )  # fmt: skip


def fees_to_come_fen(plan: Plan) -> int:
    """The fees of the terms that are not billed yet."""
    return plan.term_fee_fen * (plan.terms - plan.billed)


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
    """What is left and the fee of the plan's mode, RULES §8; what does not count in that mode is not told."""
    plan = world.account.plans[slot]
    settlement = settlement_of(plan, world.day)
    left = Input("left", _("Still to come"), plan.unbilled_fen, figure=f"plan:{plan.order}:left")
    to_come = Input("unbilled_fees", _("Fees that would still come"), fees_to_come_fen(plan), figure=f"plan:{plan.order}:fees")
    if plan.mode == SETTLE_FREE or world.day == plan.day:
        sentence = _("What is still to come; settling it costs nothing on the day of purchase.") if world.day == plan.day else _("What is still to come; settling it costs nothing.")
        formula, inputs = "left", [left]
    elif plan.mode == SETTLE_ALL_REMAINING:
        sentence = _("What is still to come, with all its fees: settling early saves none.")
        formula, inputs = "left + unbilled_fees", [left, to_come]
    else:
        sentence = sentences(
            _("What is still to come, and for the time used a fee that never passes the fees it replaces."),
            _("For it each term counts as paid on its due day."),
        )
        formula = f"left + min(unbilled_fees, (2 * max(0, days * rate - fees_billed * {MILLION}) + {MILLION}) // {2 * MILLION})"
        inputs = [
            left, to_come,
            Input("days", _("What was owed at the end of each day, added up"), principal_days_until(plan, world.day)),
            Input("rate", _("Rate a day for the time used"), plan.settle_daily_ppm, PPM),
            Input("fees_billed", _("less fees billed so far"), plan.fees_billed_fen),
        ]  # fmt: skip
    told = answer(
        f"plan:{plan.order}:settlement", _("To settle it today"), sentence, settlement.principal + settlement.fee, formula, inputs,
        rule=f"RULES 8 ({SETTLEMENTS[plan.mode]})", policy=world.policy_on(plan.day),
        fields=("early_settlement", "settle_daily_ppm"), entries=_entries(world, plan.order),
    )  # fmt: skip
    fee = Line(_("Fee for settling"), money(settlement.fee))
    if formula in ("left", "left + unbilled_fees"):
        return replace(told, lines=[*told.lines, fee])
    for_time = round_half_up(principal_days_until(plan, world.day) * plan.settle_daily_ppm, MILLION)
    if for_time - plan.fees_billed_fen != settlement.fee:
        bound = _("Fee for settling, never below 0") if not settlement.fee else _("Fee for settling, never more than would still come")
        fee = replace(fee, label=bound)
    *factors, less_billed = told.lines
    return replace(told, lines=[*factors, Line(_("For the time used"), money(for_time)), less_billed, fee])


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


def settle_plans(world: World, key: str) -> Explanation:
    """What it takes to settle every plan today."""
    found = [(plan, settlement_of(plan, world.day)) for plan in _running(world)]
    inputs = [
        Input(f"order_{plan.order}", _("Order {order}, saves {amount} of fees").format(order=plan.order, amount=money(each.saved)),
              each.principal + each.fee, figure=f"plan:{plan.order}:settlement")
        for plan, each in found
    ] or [Input("nothing", _("No plan is running"), 0)]  # fmt: skip
    return answer(
        "settle_plans", _("To settle every plan today"), _("Each plan with what is still to come of it, and the fee for settling."),
        sum(each.principal + each.fee for _plan, each in found), " + ".join(each.name for each in inputs), inputs, rule="RULES 8",
    )  # fmt: skip


def clear_all(world: World, key: str) -> Explanation:
    """What it takes to owe nothing today; of a hardship plan the parts that are on no bill yet are not in it."""
    account = world.account
    plans = settle_plans(world, "")
    told = _("All that can be paid now, and every plan settled.")
    if account.hardship:
        told = sentences(told, _("What is on no bill yet of a hardship plan comes term by term."))
    return answer(
        "clear_all", _("To clear all today"), told, settle_all_fen(account, world.day), "payable + plans",
        [
            Input("payable", _("Can be paid now"), acceptable_fen(account, True), figure="payable"),
            Input("plans", _("To settle every plan today"), plans.value, figure="settle_plans"),
        ],
        rule="RULES 6, 8",
    )  # fmt: skip


def _running(world: World) -> list[Plan]:
    return sorted((plan for plan in world.account.plans if plan.order and plan.unbilled_fen), key=lambda plan: plan.order)

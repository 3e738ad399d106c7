"""Why? for the figures of the account as it stands today."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import replace

from simulator import codes
from simulator.explain.answer import (
    DAYS,
    MICRO,
    STATE,
    Explanation,
    Input,
    Line,
    answer,
    seqs,
    settings_of,
    steady,
    value_text,
)
from simulator.explain.bill_parts import began_on, fee_inputs, on_terms_text, put_on_terms
from simulator.explain.cycle import DailyFee, cycle
from simulator.explain.limits import available, can_use, limit, temporary, utilisation
from simulator.explain.scores import debt_here, debt_service, debt_share, elsewhere, grade, health, score
from simulator.explain.standing import ASKED, STANDING, suspended_for, turns
from simulator.ledger.marks import BEGAN, CAME, CASH_EVENTS, PAID, PUT_BY, SPENT, cash_move
from simulator.money import money
from simulator.rules import balances
from simulator.rules.repayment import acceptable_fen
from simulator.text import _, date_text, listed, sentences
from simulator.world import World


def cash(world: World, key: str) -> Explanation:
    """Cash is what it was at the start and everything since."""
    parts: Counter[str] = Counter()
    for event in world.events:
        move = cash_move(event)
        if move is not None and move.day <= world.day:
            parts[move.part] += move.amount_fen
    return answer(
        "cash", _("Cash"), _("What you had at the start, plus what came in, less what you spent and paid."),
        world.shopper.cash_fen, "began + came - spent - paid - put_by",
        [
            Input("began", _("At the start"), parts[BEGAN]),
            Input("came", _("Came in: pay and refunds"), parts[CAME]),
            Input("spent", _("Living and purchases with cash"), -parts[SPENT]),
            Input("paid", _("Paid to the lender"), -parts[PAID]),
            Input("put_by", _("Put by in the fund, net"), -parts[PUT_BY]),
        ],
        rule="RULES 1", entries=seqs(world.events, *CASH_EVENTS, since=world.day - 31),
    )  # fmt: skip


def fund(world: World, key: str) -> Explanation:
    """The fund: what was put in, taken out, and its yield."""
    began = next((event["fund_fen"] for event in world.events if event["event"] == "life_began"), 0)
    moves = [event for event in world.events if event["event"] == "fund_moved"]
    put_in = sum(event["amount_fen"] for event in moves if event["direction"] == "in")
    taken = sum(event["amount_fen"] for event in moves if event["direction"] == "out")
    gained = sum(event["amount_fen"] for event in world.events if event["event"] == "fund_yield")
    return answer(
        "fund", _("Money-market fund"), _("What you put in and its yield, less what you took out."),
        world.shopper.fund_fen, "began + put_in + gained - taken",
        [
            Input("began", _("At the start"), began),
            Input("put_in", _("Put in"), put_in),
            Input("gained", _("Yield so far"), gained),
            Input("taken", _("Taken out"), taken),
        ],
        rule="RULES 3", policy=world.policy, fields=("fund_yield_ppm", "fund_days"),
        entries=seqs(world.events, "fund_moved", "fund_yield"),
    )  # fmt: skip


def owe(world: World, key: str) -> Explanation:
    """What is billed and unpaid; after a debt was written off, what of it is still to pay."""
    account = world.account
    if account.status == codes.CHARGED_OFF:
        return replace(payable(world, ""), figure="owe")
    plan = balances.billed_plan_fen(account)
    fees = balances.billed_fees_fen(account)
    rest = balances.carried_fen(account)
    told = answer(
        "owe", _("On your bills, unpaid"), _("All that stands on your bills and is not paid yet."),
        balances.billed_fen(account), "purchases + plans + fees",
        [
            Input("purchases", _("Purchases"), rest),
            Input("plans", _("Terms of instalment plans"), plan),
            Input("fees", _("Fees"), fees),
        ],
        rule="RULES 5, 6", entries=seqs(world.events, "statement_made", "payment_received", since=world.day - 92),
    )  # fmt: skip
    made = [event["seq"] for event in world.events if event["event"] == "statement_made"]
    spread = put_on_terms(world, made[-1]) if made else None
    if spread is None:
        return told
    moved = Line(on_terms_text(spread), money(-spread["principal_fen"]), f"event:{spread['seq']}:principal_fen")
    return replace(told, lines=[*told.lines, moved])


def minimum(world: World, key: str) -> Explanation:
    """What the newest statement still asks."""
    account = world.account
    if account.statement_count == 0:
        return answer("minimum", _("Minimum"), _("No bill yet, so nothing is asked."), 0, "nothing",
                      [Input("nothing", _("Nothing asked"), 0)], rule="RULES 5")  # fmt: skip
    newest = account.statements[account.statement_count - 1]
    still = balances.minimum_fen(account)
    told = answer(
        "minimum", _("Least to pay"),
        _("The least to pay by the due day so that nothing counts as late: what the bill asked, less what you paid."),
        still, "min(asked - paid, owed)",
        [
            Input("asked", _("The bill asked at least"), newest.minimum_fen, figure=f"statement:{newest.day}:minimum"),
            Input("paid", _("Paid since, of that"), newest.minimum_fen - newest.asks_fen),
            Input("owed", _("Still on your bills"), balances.billed_fen(account), figure="owe"),
        ],
        rule="RULES 5, 6", policy=world.policy_on(newest.day), fields=("minimum_ppm", "small_balance_fen"),
        entries=seqs(world.events, "statement_made", "payment_received", since=newest.day),
    )  # fmt: skip
    return replace(told, fields=[*told.fields, *settings_of(world.policy, ("tolerance_fen",))])


def exposure(world: World, key: str) -> Explanation:
    """All principal owed."""
    account = world.account
    told = _("All that you bought and have not paid back, billed or not; fees use no limit.")
    return answer(
        "exposure", _("Used of the limit"), sentences(told, _taken_in(world)),
        balances.exposure_fen(account), "billed + billed_plans + coming + plans_to_come",
        [
            Input("billed", _("Purchases on bills, unpaid"), balances.carried_fen(account)),
            Input("billed_plans", _("Plan terms on bills, unpaid"), balances.billed_plan_fen(account)),
            Input("coming", _("Bought since the last bill"), balances.unbilled_purchases_fen(account)),
            Input("plans_to_come", _("Plan terms still to come"), balances.unbilled_plans_fen(account)),
        ],
        rule="RULES 3", entries=seqs(world.events, "purchase_authorised", "refunded", "payment_received", "plan_repaid_early"),
    )  # fmt: skip


def _taken_in(world: World) -> str:
    """The fees that a hardship plan made part of the debt, as long as any of it is owed."""
    turns = [event for event in world.events if event["event"] in ("hardship_agreed", "hardship_ended")]
    agreed = [event for event in turns if event["event"] == "hardship_agreed"]
    if not agreed or not agreed[-1]["fee_fen"] or (turns[-1] is not agreed[-1] and not turns[-1]["amount_fen"]):
        return ""
    if not balances.exposure_fen(world.account):
        return ""
    told = _("But the hardship plan took in {fees} of fees; they are part of it and use the limit.")
    return told.format(fees=money(agreed[-1]["fee_fen"]))


def status(world: World, key: str) -> Explanation:
    """The state of the line, from the event that last changed it or what it rests on, and what is late and owed today."""
    account = world.account
    suspended = account.status == codes.SUSPENDED
    found = list(turns(world.events, STANDING | ASKED | ({"hardship_ended"} if suspended else set())))
    last = found[-1] if found else None
    state = Input("status", _("Your line is"), account.status, STATE, figure=f"decision:{last['seq']}" if last else None)
    if last is None:
        return answer("status", _("State of the line"), _("No line was asked for yet."), account.status, "status", [state],
                      rule="RULES 11", unit=STATE)  # fmt: skip
    from simulator.messages import sentence, status_text

    since = datetime.date.fromisoformat(last["date"])
    state_text = status_text(codes.STATUSES[account.status])
    if suspended:
        state_text = _("{status}, because of {causes}").format(status=state_text, causes=listed(suspended_for(world)))
    told = _("Your line is: {status}. {date}: {event}").format(
        status=state_text, date=date_text(since, weekday=False), event=sentence(last)
    )
    if account.hardship and not last.get("plan"):
        told = sentences(told, _("Now a hardship plan runs, and nothing can be bought until it is paid."))
    base = answer("status", _("State of the line"), told, account.status, "status", [state], rule="RULES 11",
                  entries=[last["seq"]], unit=STATE)  # fmt: skip
    return replace(base, lines=[*base.lines, *_today(world)])


def _today(world: World) -> list[Line]:
    """How late a line is today, and what of one that has ended is owed: what an event of then cannot tell."""
    account, lines = world.account, []
    if account.dpd and not account.hardship and account.status != codes.CHARGED_OFF:
        lines.append(Line(_("Days late today"), value_text(account.dpd, DAYS), "dpd"))
    if account.status == codes.CHARGED_OFF:
        lines.append(Line(_("Still to recover"), money(acceptable_fen(account, True)), "payable"))
    elif account.status in (codes.CLOSED, codes.RUN_OFF):
        lines.append(Line(_("Owed today"), money(balances.owed_fen(account)), "balance"))
    return lines


def accrued(world: World, key: str) -> Explanation:
    """Fees that run and are not charged yet, and the days since the last bill on which they ran."""
    account = world.account
    since = began_on(world, len(world.events) + 1)
    fields = steady(world.policies(), ("revolving_fee_ppm", "late_fee_ppm"), world.day if since is None else since, world.day)
    told = answer(
        "accrued", _("Fees so far"), _("Fees that have built up day by day and go on your next bill, whole fen of each kind."),
        balances.accrued_fen(account), "late // 1000000 + carrying // 1000000",
        [
            Input("late", _("Late fee"), account.late_micro, MICRO),
            Input("carrying", _("Carrying fee"), account.revolving_micro, MICRO),
        ],
        rule="RULES 5, 7", policy=world.policy, fields=fields,
        entries=seqs(world.events, "statement_made", "payment_missed", since=world.day - 62),
    )  # fmt: skip
    lived = None if since is None else cycle(world, since, world.day)
    if lived is None or (lived.late.micro, lived.carrying.micro) != (account.late_micro, account.revolving_micro):
        return told
    late, carrying = told.lines
    return replace(told, lines=[late, *_days_of(lived.late), carrying, *_days_of(lived.carrying)])


def _days_of(fee: DailyFee) -> list[Line]:
    """The runs of days of a fee, and what was charged of them already."""
    lines = [Line(f"  {each.label}", value_text(each.value, each.unit)) for each in fee_inputs(fee)]
    charged = [Line("  " + _("charged already"), value_text(-fee.charged_micro, MICRO))] if fee.charged_micro else []
    return lines + charged


def dpd(world: World, key: str) -> Explanation:
    """Days past due."""
    account = world.account
    told = _("Days since the oldest due day whose minimum is not met.")
    if account.hardship:
        told = sentences(told, _("They stand still while a hardship plan runs."))
    return answer(
        "dpd", _("Days late"), told, account.dpd, "days",
        [Input("days", _("Days since that due day"), account.dpd, DAYS)],
        rule="RULES 7", unit=DAYS, entries=seqs(world.events, "payment_missed", "bucket_changed"),
    )  # fmt: skip


def income(world: World, key: str) -> Explanation:
    """Income a month."""
    began = next(event["income_fen"] for event in world.events if event["event"] == "life_began")
    rises = sum(
        event["figures"]["amount_fen"] for event in world.events
        if event["event"] == "life_event" and event["kind"] == "pay_rise"
    )  # fmt: skip
    inputs = [Input("began", _("At the start"), began), Input("rises", _("Rises since"), rises)]
    yearly = world.shopper.income_fen - began - rises
    if yearly:
        inputs.append(Input("yearly", _("Changes every January, in all"), yearly))
    return answer(
        "income", _("Income a month"), _("What you earn, with every rise since the start."), world.shopper.income_fen,
        " + ".join(each.name for each in inputs), inputs,
        rule="RULES 1", entries=seqs(world.events, "life_event", "income_received", since=world.day - 62),
    )  # fmt: skip


def expenses(world: World, key: str) -> Explanation:
    """Rent and daily life a month."""
    began = next(event["expenses_fen"] for event in world.events if event["event"] == "life_began")
    since = world.shopper.expenses_fen - began
    inputs = [Input("began", _("At the start"), began), *([Input("since", _("Changes since"), since)] if since else [])]
    return answer(
        "expenses", _("Rent and daily life"), _("What a month costs you; it is spent whatever you owe."),
        world.shopper.expenses_fen, " + ".join(each.name for each in inputs), inputs,
        rule="RULES 1", entries=seqs(world.events, "expenses_paid", since=world.day - 31),
    )  # fmt: skip


def balance(world: World, key: str) -> Explanation:
    """Everything that would have to be paid to owe nothing on purchases and fees."""
    account = world.account
    return answer(
        "balance", _("Owed in all"), _("All principal and all fees charged, billed or not."), balances.owed_fen(account),
        "used + billed_fees + charged",
        [
            Input("used", _("Used of the limit"), balances.exposure_fen(account), figure="exposure"),
            Input("billed_fees", _("Fees on bills"), balances.billed_fees_fen(account)),
            Input("charged", _("Fees charged since the last bill"), balances.charged_fen(account)),
        ],
        rule="RULES 5",
    )  # fmt: skip


def payable(world: World, key: str) -> Explanation:
    """The most that can be paid now without settling plans."""
    account = world.account
    if account.status == codes.CHARGED_OFF:
        return answer(
            "payable", _("Still to recover"), _("What was written off, less what you paid since."), acceptable_fen(account, True),
            "written_off - recovered",
            [
                Input("written_off", _("Written off"), account.charged_off_fen),
                Input("recovered", _("Paid since"), account.recovered_fen),
            ],
            rule="RULES 7", entries=_written_off_and_paid(world),
        )  # fmt: skip
    return answer(
        "payable", _("Can be paid now"), _("Your bills, the fees so far, and purchases that are not billed yet."),
        acceptable_fen(account, True), "billed + so_far + charged + coming",
        [
            Input("billed", _("On your bills"), balances.billed_fen(account), figure="owe"),
            Input("so_far", _("Fees so far"), balances.accrued_fen(account), figure="accrued"),
            Input("charged", _("Fees charged since the last bill"), balances.charged_fen(account)),
            Input("coming", _("Bought since the last bill"), balances.unbilled_purchases_fen(account)),
        ],
        rule="RULES 6",
    )  # fmt: skip


def _written_off_and_paid(world: World) -> list[int]:
    """The entry by which the debt was written off, and the payments since."""
    written_off = max(event["seq"] for event in world.events if event["event"] == "charged_off")
    paid = [seq for seq in seqs(world.events, "payment_received") if seq > written_off]
    return [written_off, *paid]


FIGURES = {
    "cash": cash,
    "fund": fund,
    "owe": owe,
    "minimum": minimum,
    "exposure": exposure,
    "available": available,
    "can_use": can_use,
    "status": status,
    "limit": limit,
    "temporary": temporary,
    "utilisation": utilisation,
    "score": score,
    "grade": grade,
    "accrued": accrued,
    "dpd": dpd,
    "income": income,
    "debt_service": debt_service,
    "debt_here": debt_here,
    "debt_share": debt_share,
    "elsewhere": elsewhere,
    "expenses": expenses,
    "health": health,
    "balance": balance,
    "payable": payable,
}

"""Why? for the figures of the account as it stands today."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from simulator import codes
from simulator.explain.answer import (
    COUNT,
    DAYS,
    GRADE,
    POINTS,
    PPM,
    YES,
    Explanation,
    Input,
    Line,
    answer,
    seqs,
)
from simulator.policy.lookup import best_points, bin_of_value
from simulator.rules import balances
from simulator.rules.arithmetic import MILLION, ratio_ppm
from simulator.rules.hardship import debt_service_fen
from simulator.rules.health import QUARTER, health_of, health_parts
from simulator.rules.limits import service_bound_fen
from simulator.rules.purchases import status_refusals
from simulator.rules.repayment import acceptable_fen
from simulator.rules.scoring import SCORED_FROM
from simulator.text import _
from simulator.world import World

_MONEY_IN = ("income_received", "refund_arrived")
_MONEY_OUT = ("expenses_paid", "cash_purchase")


def cash(world: World, key: str) -> Explanation:
    """Cash is what it was at the start and everything since."""
    began = 0
    came, went, paid, moved = 0, 0, 0, 0
    for event in world.events:
        name = event["event"]
        if name == "life_began":
            began = event["cash_fen"]
        elif name in _MONEY_IN:
            came += event["amount_fen"]
        elif name in _MONEY_OUT:
            went += event["amount_fen"]
        elif name == "payment_received":
            paid += event["amount_fen"]
        elif name == "plan_repaid_early":
            paid += event["total_fen"]
        elif name == "fund_moved":
            moved += event["amount_fen"] if event["direction"] == "in" else 0
            moved -= (
                event["amount_fen"]
                if event["direction"] == "out" and event["arrives"] <= world.date.isoformat()
                else 0
            )
    return answer(
        "cash", _("Cash"), _("What you had at the start, plus what came in, less what you spent and paid."),
        world.shopper.cash_fen, "began + came - spent - paid - put_by",
        [
            Input("began", _("At the start"), began),
            Input("came", _("Came in: pay and refunds"), came),
            Input("spent", _("Living and purchases with cash"), went),
            Input("paid", _("Paid to the lender"), paid),
            Input("put_by", _("Put by in the fund, net"), moved),
        ],
        rule="RULES 1", entries=seqs(world.events, *_MONEY_IN, *_MONEY_OUT, "payment_received", "plan_repaid_early",
                                     since=world.day - 31),
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
    """What is billed and unpaid."""
    account = world.account
    plan = balances.billed_plan_fen(account)
    fees = balances.billed_fees_fen(account)
    rest = balances.carried_fen(account)
    return answer(
        "owe", _("On your bills, unpaid"), _("All that stands on your bills and is not paid yet."),
        balances.billed_fen(account), "purchases + plans + fees",
        [
            Input("purchases", _("Purchases"), rest),
            Input("plans", _("Terms of instalment plans"), plan),
            Input("fees", _("Fees"), fees),
        ],
        rule="RULES 5, 6", entries=seqs(world.events, "statement_made", "payment_received", since=world.day - 92),
    )  # fmt: skip


def minimum(world: World, key: str) -> Explanation:
    """What the newest statement still asks."""
    account = world.account
    if account.statement_count == 0:
        return answer("minimum", _("Minimum"), _("No bill yet, so nothing is asked."), 0, "nothing",
                      [Input("nothing", _("Nothing asked"), 0)], rule="RULES 5")  # fmt: skip
    newest = account.statements[account.statement_count - 1]
    still = balances.minimum_fen(account)
    return answer(
        "minimum", _("Least to pay"),
        _("The least to pay by the due day so that nothing counts as late: what the bill asked, less what you paid."),
        still, "min(asked - paid, owed)",
        [
            Input("asked", _("The bill asked at least"), newest.minimum_fen, figure=f"statement:{newest.day}:minimum"),
            Input("paid", _("Paid since, of that"), newest.minimum_fen - newest.asks_fen),
            Input("owed", _("Still on your bills"), balances.billed_fen(account), figure="owe"),
        ],
        rule="RULES 5, 6", policy=world.policy, fields=("minimum_ppm", "small_balance_fen", "tolerance_fen"),
        entries=seqs(world.events, "statement_made", "payment_received", since=newest.day),
    )  # fmt: skip


def exposure(world: World, key: str) -> Explanation:
    """All principal owed."""
    account = world.account
    return answer(
        "exposure", _("Used of the limit"), _("All that you bought and have not paid back, billed or not; fees use no limit."),
        balances.exposure_fen(account), "billed + billed_plans + coming + plans_to_come",
        [
            Input("billed", _("Purchases on bills, unpaid"), balances.carried_fen(account)),
            Input("billed_plans", _("Plan terms on bills, unpaid"), balances.billed_plan_fen(account)),
            Input("coming", _("Bought since the last bill"), balances.unbilled_purchases_fen(account)),
            Input("plans_to_come", _("Plan terms still to come"), balances.unbilled_plans_fen(account)),
        ],
        rule="RULES 3", entries=seqs(world.events, "purchase_authorised", "refunded", "payment_received", "plan_repaid_early"),
    )  # fmt: skip


def available(world: World, key: str) -> Explanation:
    """What the limit leaves."""
    account = world.account
    if account.status == codes.CHARGED_OFF:
        return answer("available", _("Left of the limit"), _("The debt was written off; nothing can be used."), 0, "nothing",
                      [Input("nothing", _("Nothing left"), 0)], rule="RULES 7")  # fmt: skip
    return answer(
        "available", _("Left of the limit"), _("Your limit less what you use of it and what waits on hold, never below 0."),
        balances.available_fen(account), "max(0, limit + temporary - used - on_hold)",
        [
            Input("limit", _("Limit"), account.limit_fen, figure="limit"),
            Input("temporary", _("Temporary limit"), account.temporary_fen, figure="temporary"),
            Input("used", _("Used"), balances.exposure_fen(account), figure="exposure"),
            Input("on_hold", _("On hold"), balances.frozen_fen(account)),
        ],
        rule="RULES 3", entries=seqs(world.events, "limit_changed", "line_opened", "purchase_held"),
    )  # fmt: skip


def can_use(world: World, key: str) -> Explanation:
    """What a purchase could be today."""
    account, ask = world.account, world.ask()
    allowed = 0 if status_refusals(account, world.life.record, ask) else 1
    room = balances.available_fen(account)
    cap = max(0, account.cap_fen - account.spent_this_month_fen) if account.cap_fen else room
    sentence = (
        _("What your limit leaves; your own spend cap may make it less.")
        if allowed
        else _("Your line cannot be used for buying today, whatever the limit leaves.")
    )
    return answer(
        "can_use", _("Can use"), sentence, world.can_use_fen(), "min(left, cap) if open else 0",
        [
            Input("left", _("Left of the limit"), room, figure="available"),
            Input("cap", _("Left of your own cap this month"), cap),
            Input("open", _("Line open for buying"), allowed, YES, figure="status"),
        ],
        rule="RULES 3", entries=seqs(world.events, "soft_blocked", "suspended", "closed", "locked", "reinstated", "line_opened"),
    )  # fmt: skip


def status(world: World, key: str) -> Explanation:
    """The state of the line, from the event that last changed it."""
    turning = (
        "application_decided", "reopening_decided", "line_opened", "offer_lapsed", "soft_blocked", "suspended", "reinstated",
        "closure_requested", "closure_withdrawn", "closure_blocked", "closed", "charged_off", "product_ended",
    )  # fmt: skip
    entries = seqs(world.events, *turning)
    last = entries[-1:]
    lines = [
        Input("status", _("State number {number}").format(number=world.account.status), world.account.status, COUNT,
              figure=f"decision:{last[0]}" if last else None),
    ]  # fmt: skip
    if not last:
        return answer("status", _("State of the line"), _("No line was asked for yet."), world.account.status, "status", lines,
                      rule="RULES 11", unit=COUNT)  # fmt: skip
    from simulator.messages import sentence, status_text

    told = _("Your line is: {status}. {event}").format(
        status=status_text(codes.STATUSES[world.account.status]), event=sentence(world.events[last[0] - 1])
    )
    return answer("status", _("State of the line"), told, world.account.status, "status", lines, rule="RULES 11",
                  entries=last, unit=COUNT)  # fmt: skip


def limit(world: World, key: str) -> Explanation:
    """The permanent limit: the last change that made it."""
    changes = [
        event for event in world.events
        if event["event"] == "line_opened" or (event["event"] == "limit_changed" and event["kind"] == "permanent")
    ]  # fmt: skip
    if not changes:
        return answer("limit", _("Limit"), _("There is no line, so there is no limit."), 0, "nothing",
                      [Input("nothing", _("No line"), 0)], rule="RULES 2")  # fmt: skip
    last = changes[-1]
    if last["event"] == "line_opened":
        return first_limit(world, last)
    return answer(
        "limit", _("Limit"), _("The last change of your limit made it so."), world.account.limit_fen, "before + change",
        [
            Input("before", _("Before"), last["from_fen"]),
            Input("change", _("Change"), last["to_fen"] - last["from_fen"], figure=f"decision:{last['seq']}"),
        ],
        rule="RULES 10", policy=world.policy, fields=("increase_ppm", "decrease_ppm", "min_limit_fen", "max_limit_fen"),
        entries=[event["seq"] for event in changes],
    )  # fmt: skip


def first_limit(world: World, opened: dict[str, int]) -> Explanation:
    """The first line: income by share and grade, bounded, down to ¥100."""
    policy, account = world.life.record, world.account
    grade = max(0, codes.GRADES.index(str(opened["grade"])))
    decided = [
        event["seq"]
        for event in world.events
        if event["event"] in ("application_decided", "reopening_decided")
    ]
    return answer(
        "limit", _("Limit"), _("A share of your income by grade, bounded by what debts may take of it, down to whole hundreds."),
        account.limit_fen,
        "first if starter else max(least, min(most, min(income * share // 1000000 * factor // 1000000, bound) // 10000 * 10000))",
        [
            Input("income", _("Income a month"), account.income_fen, figure="income"),
            Input("share", _("Share of income"), policy.income_multiple_ppm, PPM),
            Input("factor", _("By grade {grade}").format(grade=codes.GRADES[grade]), policy.grade_factor_ppm[grade], PPM),
            Input("bound", _("Most that your debts leave room for"), service_bound_fen(account, policy)),
            Input("least", _("Least line"), policy.min_limit_fen),
            Input("most", _("Largest line"), policy.max_limit_fen),
            Input("starter", _("Starter line offered"), int(_was_offer(world)), YES),
            Input("first", _("Line at opening"), int(opened["limit_fen"])),
        ],
        rule="RULES 2", policy=world.policy,
        fields=("income_multiple_ppm", "grade_factor_ppm", "max_debt_service_ppm", "line_payment_ppm"), entries=decided[-1:],
    )  # fmt: skip


def _was_offer(world: World) -> bool:
    decided = [
        event for event in world.events if event["event"] in ("application_decided", "reopening_decided")
    ]
    return bool(decided) and decided[-1]["decision"] == "counter_offer"


def temporary(world: World, key: str) -> Explanation:
    """The temporary limit."""
    entries = seqs([event for event in world.events if event.get("kind") == "temporary"], "limit_changed")
    return answer(
        "temporary", _("Temporary limit"), _("Given for a festival season and gone after it."), world.account.temporary_fen,
        "given", [Input("given", _("In force now"), world.account.temporary_fen)],
        rule="RULES 10", policy=world.policy, fields=("temporary_limit_ppm",), entries=entries,
    )  # fmt: skip


def utilisation(world: World, key: str) -> Explanation:
    """Exposure over the permanent limit."""
    used = balances.exposure_fen(world.account)
    return answer(
        "utilisation", _("Share of the limit in use"), _("What you use, as a share of your limit."),
        ratio_ppm(used, world.account.limit_fen), "used * 1000000 // limit if limit else 0",
        [
            Input("used", _("Used"), used, figure="exposure"),
            Input("limit", _("Limit"), world.account.limit_fen, figure="limit"),
        ],
        rule="RULES 13", unit=PPM, entries=seqs(world.events, "limit_changed", "line_opened"),
    )  # fmt: skip


def score(world: World, key: str) -> Explanation:
    """The score: the parts of the event that set it."""
    setting = [
        event for event in world.events
        if event["event"] == "score_changed" or (event["event"] in ("application_decided", "reopening_decided"))
    ]  # fmt: skip
    if not setting:
        return answer("score", _("Score"), _("No score yet: it comes with the decision on an application."), 0, "nothing",
                      [Input("nothing", _("No score"), 0, POINTS)], rule="RULES 2", unit=POINTS)  # fmt: skip
    return event_score(setting[-1], "score")


def event_score(event: dict[str, Any], figure: str) -> Explanation:
    """A score taken apart by characteristic."""
    from simulator.messages import characteristic_name

    parts: list[dict[str, Any]] = event["parts"]
    card = {"score_changed": "behaviour", "monitor_alerted": "monitor"}.get(event["event"], "application")
    inputs = [
        Input(
            part["characteristic"],
            _("{title}: {told}").format(
                title=characteristic_name(part["characteristic"]),
                told=bin_of_value(card, part["characteristic"], part["value"]),
            ),
            part["points"],
            POINTS,
        )
        for part in parts
    ]
    total = sum(item.value for item in inputs)
    told = answer(
        figure, _("Score"),
        _("The sum of points for what the lender knows; behind each, the most that it can give. From the {count}rd bill on it rests on how you pay.").format(
            count=SCORED_FROM
        ),
        total, " + ".join(item.name for item in inputs), inputs, rule="RULES 2, 10", unit=POINTS,
        entries=[event["seq"]],
    )  # fmt: skip
    if card == "monitor":
        return told
    lines = [
        Line(line.label, f"{line.value_text} / {best_points(card, item.name)}")
        for line, item in zip(told.lines, inputs, strict=True)
    ]
    return replace(told, lines=lines)


def points_missing(event: dict[str, Any], most: int = 4) -> list[Line]:
    """Where a score missed most points, worst first: what was given, of what can be given."""
    from simulator.messages import characteristic_name

    card = "behaviour" if event["event"] == "score_changed" else "application"
    missing = [
        (best_points(card, part["characteristic"]) - part["points"], part) for part in event.get("parts", [])
    ]
    worst = sorted((each for each in missing if each[0] > 0), key=lambda each: -each[0])[:most]
    if not worst:
        return []
    return [
        Line("  " + _("Most points are missing here:"), ""),
        *(
            Line(
                f"  {characteristic_name(part['characteristic'])}",
                f"{part['points']} / {part['points'] + lost}",
            )
            for lost, part in worst
        ),
    ]


def grade(world: World, key: str) -> Explanation:
    """The grade, by cut-offs of the score."""
    cutoffs = world.life.record.grade_cutoffs
    inputs = [Input("score", _("Score"), world.account.score, POINTS, figure="score")]
    inputs += [
        Input(f"from_{name}", _("{grade} from").format(grade=name), cutoffs[place], POINTS)
        for place, name in enumerate(codes.GRADES)
    ]
    formula = "-1 if none else 0 if score >= from_A else 1 if score >= from_B else 2 if score >= from_C else 3 if score >= from_D else 4"
    inputs.append(Input("none", _("No line yet"), int(world.account.grade < 0), YES))
    return answer(
        "grade", _("Grade"), _("Your score falls into a grade; an open line has at least E."), world.account.grade, formula,
        inputs, rule="RULES 2", policy=world.policy, fields=("grade_cutoffs",), unit=GRADE,
    )  # fmt: skip


def accrued(world: World, key: str) -> Explanation:
    """Fees that run and are not charged yet."""
    account = world.account
    return answer(
        "accrued", _("Fees so far"), _("Fees that have built up day by day and go on your next bill, whole fen of each kind."),
        balances.accrued_fen(account), "late_micro // 1000000 + carrying_micro // 1000000",
        [
            Input("late_micro", _("Late fee, millionths of a fen"), account.late_micro, COUNT),
            Input("carrying_micro", _("Carrying fee, millionths of a fen"), account.revolving_micro, COUNT),
        ],
        rule="RULES 5, 7", policy=world.policy, fields=("revolving_fee_ppm", "late_fee_ppm"),
        entries=seqs(world.events, "statement_made", "payment_missed", since=world.day - 62),
    )  # fmt: skip


def dpd(world: World, key: str) -> Explanation:
    """Days past due."""
    account = world.account
    return answer(
        "dpd", _("Days late"), _("Days since the oldest due day whose minimum is not met."), account.dpd, "days",
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
    return answer(
        "income", _("Income a month"), _("What you earn, with every rise since the start."), world.shopper.income_fen,
        "began + rises",
        [Input("began", _("At the start"), began), Input("rises", _("Rises since"), rises)],
        rule="RULES 1", entries=seqs(world.events, "life_event", "income_received", since=world.day - 62),
    )  # fmt: skip


def debt_service(world: World, key: str) -> Explanation:
    """Instalments and minimums of a month."""
    account = world.account
    elsewhere = account.instalments_elsewhere_fen
    here = debt_service_fen(account) - elsewhere
    return answer(
        "debt_service", _("Debts a month"), _("Your instalments elsewhere and what this line asks in a month."),
        elsewhere + here, "elsewhere + here",
        [Input("elsewhere", _("Instalments elsewhere"), elsewhere), Input("here", _("This line"), here, figure="minimum")],
        rule="RULES 13",
    )  # fmt: skip


def health(world: World, key: str) -> Explanation:
    """Financial health, four quarters."""
    account, shopper = world.account, world.shopper
    liquid = shopper.cash_fen + shopper.fund_fen
    parts = health_parts(account, shopper.income_fen, shopper.expenses_fen, liquid)
    total = health_of(account, shopper.income_fen, shopper.expenses_fen, liquid)
    return answer(
        "health", _("Money health"), _("Four quarters of 25: what is left each month, what is put by, debts, bills on time."),
        total, f"(2 * {QUARTER} * (surplus + buffer + debt + on_time) + {MILLION}) // {2 * MILLION}",
        [
            Input("surplus", _("Left each month, of 10 % of income"), parts.surplus_ppm, PPM),
            Input("buffer", _("Put by, of three months' expenses"), parts.buffer_ppm, PPM),
            Input("debt", _("Free of debts, of half your income"), parts.debt_ppm, PPM),
            Input("on_time", _("Bills met in time"), parts.timely_ppm, PPM),
        ],
        rule="RULES 13", unit=COUNT, entries=seqs(world.events, "statement_made", "payment_missed"),
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
            rule="RULES 7", entries=seqs(world.events, "charged_off"),
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
    "health": health,
    "balance": balance,
    "payable": payable,
}

"""Why a score, a grade, the debt service or the financial health is what it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from simulator import codes
from simulator.explain.answer import COUNT, GRADE, POINTS, SHARE, YES, Explanation, Input, Line, answer, seqs
from simulator.policy.lookup import best_points, bin_of_value
from simulator.rules.arithmetic import MILLION, ratio_ppm
from simulator.rules.balances import minimum_fen, recoverable_fen
from simulator.rules.hardship import debt_service_fen
from simulator.rules.health import QUARTER, health_of, health_parts
from simulator.rules.scoring import SCORED_FROM
from simulator.text import _, sentences
from simulator.world import World

SCORING = ("score_changed", "application_decided", "reopening_decided")
"""Events that tell a score."""


def score(world: World, key: str) -> Explanation:
    """The score: the parts of the event that set it."""
    setting = [event for event in world.events if event["event"] in SCORING]
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
    """The grade, by the score that gave it and the cut-offs of that day."""
    graded, score_then = _graded_by(world)
    held = world.policy_on(graded)
    cutoffs = world.record_on(graded).grade_cutoffs
    inputs = [Input("score", _("Score"), score_then, POINTS, figure="score" if score_then == world.account.score else None)]
    inputs += [
        Input(f"from_{name}", _("{grade} from").format(grade=name), cutoffs[place], POINTS)
        for place, name in enumerate(codes.GRADES)
    ]
    formula = "-1 if none else 0 if score >= from_A else 1 if score >= from_B else 2 if score >= from_C else 3 if score >= from_D else 4"
    inputs.append(Input("none", _("No line yet"), int(world.account.grade < 0), YES))
    return answer(
        "grade", _("Grade"), _("Your score falls into a grade; an open line has at least E."), world.account.grade, formula,
        inputs, rule="RULES 2", policy=held, fields=("grade_cutoffs",), unit=GRADE,
    )  # fmt: skip


def _graded_by(world: World) -> tuple[int, int]:
    """The day on which the grade was given, and the score that gave it; today's where there is none."""
    day, given, score = world.day, world.account.score, 0
    for event in world.events:
        score = event["score"] if event["event"] in SCORING else score
        if event["event"] in ("score_changed", "line_opened"):
            day, given = event["day"], score
    return day, given


def debt_service(world: World, key: str) -> Explanation:
    """Instalments and minimums of a month."""
    account = world.account
    elsewhere = account.instalments_elsewhere_fen
    here = debt_service_fen(account) - elsewhere
    return answer(
        "debt_service", _("Debts a month"), _("Your instalments elsewhere and what this line asks in a month."),
        elsewhere + here, "elsewhere + here",
        [Input("elsewhere", _("Instalments elsewhere"), elsewhere, figure="elsewhere"), Input("here", _("This line"), here, figure="debt_here")],
        rule="RULES 13",
    )  # fmt: skip


def elsewhere(world: World, key: str) -> Explanation:
    """Instalments of loans at other lenders."""
    amount = world.account.instalments_elsewhere_fen
    return answer(
        "elsewhere", _("Instalments elsewhere"),
        _("What your loans at other lenders ask a month, as you began with them; it is paid out of daily life."),
        amount, "amount", [Input("amount", _("A month"), amount)], rule="RULES 13", entries=seqs(world.events, "life_began"),
    )  # fmt: skip


def debt_share(world: World, key: str) -> Explanation:
    """Debts a month over income."""
    debts, income = debt_service_fen(world.account), world.shopper.income_fen
    return answer(
        "debt_share", _("Debts, as a share of income"), _("What debts take of a month's pay."), ratio_ppm(debts, income),
        "debts * 1000000 // income if income else 0",
        [
            Input("debts", _("Debts a month"), debts, figure="debt_service"),
            Input("income", _("Income a month"), income, figure="income"),
        ],
        rule="RULES 13", unit=SHARE,
    )  # fmt: skip


def debt_here(world: World, key: str) -> Explanation:
    """What this line asks in a month: the newest bill, or the next terms of the plans where they are more, and all of a
    debt that was written off.
    """
    account = world.account
    terms = sum(plan.term_principal_fen + plan.term_fee_fen for plan in account.plans if plan.billed < plan.terms)
    return answer(
        "debt_here", _("This line, a month"),
        _("What the newest bill still asks, or the next terms of your plans with their fees, whichever is more."),
        debt_service_fen(account) - account.instalments_elsewhere_fen, "max(minimum, terms) + written_off",
        [
            Input("minimum", _("Least to pay"), minimum_fen(account), figure="minimum"),
            Input("terms", _("Next terms of your plans"), terms),
            Input("written_off", _("Written off and not paid since"), recoverable_fen(account)),
        ],
        rule="RULES 13",
    )  # fmt: skip


def no_costs_text(world: World) -> str:
    """Why nothing counts as put by for who has no living costs: RULES §13, a measure over nothing is 0."""
    return "" if world.shopper.expenses_fen else _("What is put by is counted in months of living costs; without any it is 0.")


def health(world: World, key: str) -> Explanation:
    """Financial health, four quarters."""
    account, shopper = world.account, world.shopper
    liquid = shopper.cash_fen + shopper.fund_fen
    parts = health_parts(account, shopper.income_fen, shopper.expenses_fen, liquid)
    total = health_of(account, shopper.income_fen, shopper.expenses_fen, liquid)
    return answer(
        "health", _("Money health"),
        sentences(_("Four quarters of 25: what is left each month, what is put by, debts, bills on time."), no_costs_text(world)),
        total, f"(2 * {QUARTER} * (surplus + buffer + debt + on_time) + {MILLION}) // {2 * MILLION}",
        [
            Input("surplus", _("Left each month, of 10 % of income"), parts.surplus_ppm, SHARE),
            Input("buffer", _("Put by, of three months' expenses"), parts.buffer_ppm, SHARE),
            Input("debt", _("Free of debts, of half your income"), parts.debt_ppm, SHARE),
            Input("on_time", _("Bills met in time"), parts.timely_ppm, SHARE),
        ],
        rule="RULES 13", unit=COUNT, entries=seqs(world.events, "statement_made", "payment_missed"),
    )  # fmt: skip

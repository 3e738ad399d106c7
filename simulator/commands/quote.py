"""`whiteslip quote`: schedule, total fee, annualised rates."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING

from simulator.codes import GRADES, TERMS
from simulator.commands.table import table
from simulator.commands.typed import Typed, shown
from simulator.money import money
from simulator.quote import (
    OVER_RATE_CAP,
    UNDER_MIN_PLAN,
    Quote,
    quote,
    quote_under,
    standard_days,
)
from simulator.text import _, date_text, in_percent, listed

if TYPE_CHECKING:
    from simulator.policy.schema import Policy

MOST_FEN = 100_000_000
MOST_PPM = 1_000_000
USUAL_GRADE = "C"


def run(
    amount: str,
    terms: str | None,
    fee_rate_ppm: str | None,
    policy: str | None,
    grade: str | None,
    date: str | None,
    statement_day: str | None,
    as_json: bool,
) -> None:
    """Print a quote. Raises CommandFault with every fault of the input."""
    typed = Typed()
    amount_fen = typed.amount(amount, MOST_FEN)
    term_count = _terms(typed, terms)
    rate_ppm = typed.whole("--fee-rate-ppm", fee_rate_ppm, 0, MOST_PPM)
    typed.one_of("--grade", grade, GRADES)
    bought = typed.date("--date", date, datetime.date.today())
    day = typed.whole("--statement-day", statement_day, 1, 28)
    if fee_rate_ppm is not None and policy is not None:
        typed.faults.append(_("--fee-rate-ppm and --policy both name a rate; give one of them."))
    elif fee_rate_ppm is not None and grade is not None:
        typed.faults.append(_("--grade picks a policy's rate; leave it out beside --fee-rate-ppm."))
    chosen = typed.policy("standard" if policy is None else policy) if fee_rate_ppm is None or policy is not None else None
    typed.check()
    if chosen is not None:
        made, note = _under(chosen, amount_fen, term_count, grade or USUAL_GRADE, bought, day)
    else:
        assert rate_ppm is not None
        usual_day, offset = standard_days()
        made, note = quote(amount_fen, term_count, rate_ppm, bought, day or usual_day, offset), ""
    least_fen = chosen.flat()["min_plan_fen"] if chosen is not None else 0
    print(json.dumps(made.as_dict()) if as_json else as_text(made, note, least_fen))


def _terms(typed: Typed, given: str | None) -> int:
    """One of the counts of terms that there are."""
    offered = listed(map(str, TERMS))
    if given is None:
        typed.faults.append(_("--terms is missing; allowed: {allowed}.").format(allowed=offered))
    elif given not in map(str, TERMS):
        text = _("--terms is {given}; allowed: {allowed}.")
        typed.faults.append(text.format(given=shown(given), allowed=offered))
    else:
        return int(given)
    return 0


def _under(
    policy: Policy, amount_fen: int, terms: int, grade: str, bought: datetime.date, day: int | None
) -> tuple[Quote, str]:
    """A quote at a policy's rate, and a word where exact dates cost more than the cap."""
    made = quote_under(policy, amount_fen, terms, grade, bought, day)
    cap_percent = policy.flat()["rate_cap_ppm"] / 10_000
    if OVER_RATE_CAP in made.warnings or made.rates.xirr_percent <= cap_percent:
        return made, ""
    text = _(
        "By exact dates it is above the cap of {cap} %: the first payment comes after {days} days, "
        "not a month. The cap is for the simple rate."
    )
    return made, text.format(cap=f"{cap_percent:g}", days=(made.payments[0].due_date - bought).days)


def as_text(made: Quote, note: str = "", least_fen: int = 0) -> str:
    """The quote for people: a table, the rates, what the policy would not allow; `least_fen` is its least plan."""
    head = _("{amount} bought on {date}, {terms} terms, {rate} % of the price a month").format(
        amount=money(made.amount_fen),
        date=date_text(made.date, weekday=False),
        terms=made.terms,
        rate=f"{made.fee_rate_ppm / 10_000:g}",
    )
    rows = [(_("term"), _("due"), _("principal"), _("fee"), _("to pay"))]
    rows += [
        (
            str(payment.term),
            date_text(payment.due_date, weekday=False),
            money(payment.principal_fen),
            money(payment.fee_fen),
            money(payment.total_fen),
        )
        for payment in made.payments
    ]
    rows.append(("", _("in all"), money(made.amount_fen), money(made.total_fee_fen), money(made.total_fen)))
    *terms, sums = table(rows, "><>>>", indent="  ")
    words = [note, *(_told(code, least_fen) for code in made.warnings)]
    return "\n".join([head, "", *terms, "", sums, "", *_rate_lines(made), *filter(None, words)])


def _rate_lines(made: Quote) -> list[str]:
    """The rates a year, each with how it comes about."""
    rows = [
        (
            _("simple rate"),
            in_percent(made.rates.simple_rate_percent),
            _("12 x {month} % a month").format(month=made.rates.irr_month_percent),
        ),
        (
            _("effective rate"),
            in_percent(made.rates.effective_rate_percent),
            _("the same, compounded over 12 months"),
        ),
        (_("by exact dates"), in_percent(made.rates.xirr_percent), _("compounded by days, 365 a year")),
    ]
    return table(rows, "<><", indent="  ")


def _told(code: str, least_fen: int) -> str:
    """A warning in words."""
    return {
        UNDER_MIN_PLAN: _("The policy has no plan for so small an amount; the least is {least}.").format(least=money(least_fen)),
        OVER_RATE_CAP: _("The policy would not offer this plan: its simple rate is above the legal cap."),
    }[code]

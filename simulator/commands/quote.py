"""`whiteslip quote`: schedule, total fee, annualised rates."""

from __future__ import annotations

import datetime
import json

from simulator.commands.faults import CommandFault
from simulator.money import MoneyError, money, parse_yuan
from simulator.quote import Quote, quote, standard_days
from simulator.text import _, date_text

TERMS = (3, 6, 12, 24)
GRADES = "ABCDE"
MOST_FEN = 100_000_000
MOST_PPM = 1_000_000


def run(
    amount: str,
    terms: int | None,
    fee_rate_ppm: int | None,
    policy: str | None,
    grade: str | None,
    date: str | None,
    statement_day: int | None,
    as_json: bool,
) -> None:
    """Print a quote. Raises CommandFault with every fault of the input."""
    faults: list[str] = []
    amount_fen = _amount(amount, faults)
    if terms not in TERMS:
        faults.append(_("--terms: {given} is not offered; there are 3, 6, 12 and 24.").format(given=terms))
    if (fee_rate_ppm is None) == (policy is None):
        faults.append(_("Give either --fee-rate-ppm or --policy."))
    if fee_rate_ppm is not None and not 0 <= fee_rate_ppm <= MOST_PPM:
        faults.append(_("--fee-rate-ppm: a whole number from 0 to 1,000,000."))
    if grade is not None and (policy is None or grade not in GRADES or len(grade) != 1):
        faults.append(_("--grade: A, B, C, D or E, together with --policy."))
    if statement_day is not None and not 1 <= statement_day <= 28:
        faults.append(_("--statement-day: a day from 1 to 28."))
    bought = _date(date, faults)
    if faults or terms is None or bought is None:
        raise CommandFault(faults)
    if policy is None:
        day, offset = standard_days()
        made = quote(amount_fen, terms, fee_rate_ppm or 0, bought, statement_day or day, offset)
    else:
        made = _under_policy(amount_fen, terms, policy, grade or "C", bought, statement_day)
    print(json.dumps(made.as_dict(), ensure_ascii=False) if as_json else as_text(made))


def _amount(text: str, faults: list[str]) -> int:
    if "," in text or not text.isascii():
        faults.append(_("{given} is no amount; write it like 1299.00.").format(given=text))
        return 0
    try:
        amount = parse_yuan(text)
    except MoneyError as error:
        faults.append(str(error))
        return 0
    if not 0 < amount <= MOST_FEN:
        faults.append(_("{given}: an amount above 0, up to 1,000,000.00.").format(given=text))
    return amount


def _date(text: str | None, faults: list[str]) -> datetime.date | None:
    if text is None:
        return datetime.date.today()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        faults.append(_("--date: {given} is no date; write it like 2025-03-05.").format(given=text))
        return None


def _under_policy(
    amount_fen: int, terms: int, name: str, grade: str, date: datetime.date, statement_day: int | None
) -> Quote:
    """A quote at a policy's rate for a grade; what the policy would not allow is a warning."""
    from simulator.policy.faults import PolicyError
    from simulator.policy.load import load_policy
    from simulator.policy.numeric import to_record

    try:
        record = to_record(load_policy(name))
    except PolicyError as error:
        raise CommandFault(error.faults) from error
    place = TERMS.index(terms), GRADES.index(grade)
    made = quote(
        amount_fen, terms, record.fee_rate_ppm[place[0]][place[1]], date, statement_day or record.default_statement_day,
        record.due_offset_days,
    )  # fmt: skip
    if amount_fen < record.min_plan_fen:
        made.warnings.append("under_min_plan")
    if record.plan_simple_rate_ppm[place[0]][place[1]] > record.rate_cap_ppm:
        made.warnings.append("over_rate_cap")
    return made


def as_text(made: Quote) -> str:
    """The quote as a table for people."""
    lines = [
        _("{amount} over {terms} terms, {rate} a month on the whole price").format(
            amount=money(made.amount_fen), terms=made.terms, rate=f"{made.fee_rate_ppm / 10_000:g} %"
        ),
        "",
        f"{'':>4}  {'':<12} {_('principal'):>14} {_('fee'):>10} {_('to pay'):>14}",
    ]
    for payment in made.payments:
        due = date_text(payment.due_date, weekday=False)
        lines.append(
            f"{payment.term:>4}  {due:<12} {money(payment.principal_fen):>14} {money(payment.fee_fen):>10}"
            f" {money(payment.total_fen):>14}"
        )
    lines += [
        "",
        _("Fees in all {fee}; in all {total}.").format(fee=money(made.total_fee_fen), total=money(made.total_fen)),
        _("A year: simple {simple} % (a month {month} % x 12), effective {effective} %, by exact dates {exact} %.").format(
            simple=made.simple_rate_percent,
            month=made.irr_month_percent,
            effective=made.effective_rate_percent,
            exact=made.xirr_percent,
        ),
    ]
    told = {
        "under_min_plan": _("The policy gives no plan for so small an amount."),
        "over_rate_cap": _("The policy would not offer this: it is over the legal cap of the yearly rate."),
    }
    return "\n".join(lines + [told[code] for code in made.warnings])

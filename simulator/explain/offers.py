"""Why? for what a purchase on terms would cost, and for what stands in the way of closing."""

from __future__ import annotations

from dataclasses import replace

from simulator.codes import CLOSURE_REVIEW, TERMS
from simulator.explain.answer import COUNT, FEN, PPM, RATE, Explanation, Input, Line, UnknownFigure, answer
from simulator.money import money
from simulator.quote import Quote, quote
from simulator.rules.arithmetic import MILLION, last_principal_fen, term_fee_fen, term_principal_fen
from simulator.rules.closure import closure_blockers
from simulator.rules.instalments import plan_rate_ppm
from simulator.rules.reasons import CLOSURE, findings
from simulator.text import _, date_text, in_percent
from simulator.world import World

RATES = ("simple", "effective", "exact")
"""Yearly rates of an offer."""
SUMS = ("fee", "total", "month", "last")
"""Amounts of an offer; `last` is the last payment."""
_SUFFIX = ("", ":free")
"""What stands after an offer whose fee the merchant pays."""


def quoted(world: World, amount_fen: int, terms: int, free: int) -> Quote:
    """The payments of an amount bought today on so many terms; with `free` the merchant pays the fee."""
    account, policy = world.account, world.life.record
    rate = plan_rate_ppm(account, policy, terms, free)
    return quote(amount_fen, terms, rate, world.date, account.statement_day, policy.due_offset_days)


def _rate(world: World, key: str, amount: int, terms: int, what: str, free: int) -> Explanation:
    """A yearly rate, and the payments at which it makes them worth what is lent."""
    if terms not in TERMS or world.account.grade < 0:
        raise UnknownFigure(_("There is no such offer."))
    made = quoted(world, amount, terms, free)
    rates = made.rates
    told = {
        "simple": (rates.simple_rate_percent, _("Simple rate a year"),
                   _("The rate of a month at which the payments are worth what is lent, times twelve.")),
        "effective": (rates.effective_rate_percent, _("Effective rate a year"),
                      _("The rate of a month at which the payments are worth what is lent, with interest on interest for twelve months.")),
        "exact": (rates.xirr_percent, _("Rate a year by exact dates"),
                  _("The rate a year at which the payments, each on its own date, are worth what is lent today.")),
    }  # fmt: skip
    percent, title, sentence = told[what]
    found = answer(
        f"offer:{key}", title, sentence, int(percent * 10_000), "rate", [Input("rate", title, int(percent * 10_000), RATE)],
        rule="RULES 4", policy=world.policy, fields=("rate_cap_ppm",), unit=RATE,
    )  # fmt: skip
    first, last = made.payments[0], made.payments[-1]
    lines = [
        Line(_("Lent"), money(amount)),
        Line(_("Paid each month, {count} times").format(count=terms), money(first.total_fen), f"offer:{amount}:{terms}:month{_SUFFIX[free]}"),
        Line(_("First on"), date_text(first.due_date, weekday=False)),
        Line(_("Last on"), date_text(last.due_date, weekday=False)),
    ]
    if what != "exact":
        lines[2:] = [Line(_("Rate of a month"), in_percent(rates.irr_month_percent))]
    if last.total_fen != first.total_fen:
        lines.insert(2, Line(_("The last one"), money(last.total_fen), f"offer:{amount}:{terms}:last{_SUFFIX[free]}"))
    return replace(found, lines=lines)


def offer(world: World, key: str) -> Explanation:
    """`offer:AMOUNT_FEN:TERMS:FIGURE`, a figure of `SUMS` or `RATES`: a plan as it would be made today; with `:free` behind
    it one whose fee the merchant pays.
    """
    amount_text, _sep, rest = key.partition(":")
    terms_text, _sep, rest = rest.partition(":")
    what, sep, free_text = rest.partition(":")
    if not amount_text.isdecimal() or not terms_text.isdecimal() or what not in (*SUMS, *RATES) or free_text != "free" * bool(sep):
        raise UnknownFigure(_("There is no such offer."))
    amount, terms, free = int(amount_text), int(terms_text), int(bool(sep))
    if terms == 1:
        return _by_the_due_day(key, amount, what)
    if what in RATES:
        return _rate(world, key, amount, terms, what, free)
    if terms not in TERMS or world.account.grade < 0:
        raise UnknownFigure(_("There is no such offer."))
    rate = plan_rate_ppm(world.account, world.life.record, terms, free)
    fee = term_fee_fen(amount, rate)
    fee_sum = f"((2 * price * rate + {MILLION}) // {2 * MILLION})"
    part, last_part = term_principal_fen(amount, terms), last_principal_fen(amount, terms)
    values = {
        "fee": (fee * terms, f"terms * {fee_sum}", _("Fees in all")),
        "total": (amount + fee * terms, f"price + terms * {fee_sum}", _("In all")),
        "month": (part + fee, f"price // terms + {fee_sum}", _("A month")),
        "last": (last_part + fee, f"price - (terms - 1) * (price // terms) + {fee_sum}", _("The last one")),
    }
    value, formula, title = values[what]
    sentence = _("The shop pays the lender for the instalments; you pay the price and no more.")
    if not free:
        sentence = _("The fee is a share of the whole price every month, though the debt shrinks.")
    told = answer(
        f"offer:{key}", title, sentence, value, formula,
        [
            Input("price", _("Price"), amount),
            Input("terms", _("Terms"), terms, COUNT),
            Input("rate", _("Rate a month"), rate, PPM),
        ],
        rule="RULES 4", policy=world.policy, fields=("min_plan_fen",) if free else ("fee_rate_ppm", "min_plan_fen", "rate_cap_ppm"),
    )  # fmt: skip
    a_month = (_("Fee a month: price x rate"), fee)
    steps = {
        "fee": [a_month, (_("Fees in all: terms x fee"), fee * terms)],
        "month": [(_("Part of the price a month"), part), a_month],
        "last": [(_("Part of the price in the last month"), last_part), a_month],
    }
    steps["total"] = steps["fee"]
    lines = [Line(label, money(fen)) for label, fen in steps[what]]
    if what == "month" and last_part != part:
        lines.append(Line(_("Part of the price in the last month"), money(last_part)))
    return replace(told, lines=[*told.lines, *lines])


def _by_the_due_day(key: str, amount: int, what: str) -> Explanation:
    """What is paid in full by its due day: the price, and nothing beside it."""
    price, fee = Input("price", _("Price"), amount), Input("fee", _("Fees"), 0)
    value, formula, inputs, unit = {
        **dict.fromkeys(SUMS, (amount, "price + fee", [price, fee], FEN)),
        "fee": (0, "fee", [fee], FEN),
        **dict.fromkeys(RATES, (0, "fee", [fee], RATE)),
    }[what]
    return answer(
        f"offer:{key}", _("Pay by the due day"), _("Paid in full by its due day it costs nothing more."), value, formula, inputs,
        rule="RULES 6", unit=unit,
    )  # fmt: skip


def blocker(world: World, key: str) -> Explanation:
    """`blocker:CODE`: one thing that would stand in the way of closing, as the request itself finds it."""
    from simulator.messages import reason_text, remedy_text

    asked = world.trial()
    if asked.account.status != CLOSURE_REVIEW:
        asked.do({"do": "request_closure"})
    account, policy, ask = asked.account, asked.life.record, asked.ask()
    for reason, finding in findings(CLOSURE, closure_blockers(account, policy, ask), account, policy, ask):
        if reason.code == key:
            told = {
                "code": key,
                "actual": finding.actual,
                "threshold": 0,
                "unit": reason.unit,
                "amount_fen": finding.actual,
            }
            figure = {"billed_balance": "owe", "open_plan": None, "unbilled_balance": None}.get(key)
            return answer(
                f"blocker:{key}", reason_text(told), remedy_text(told), finding.actual, "amount",
                [Input("amount", _("Amount"), finding.actual, figure=figure)], rule="RULES 11", policy=world.policy,
                fields=("closure_review_days",),
            )  # fmt: skip
    raise UnknownFigure(_("Nothing of that kind stands in the way of closing."))

"""Key facts: what a lender's policy costs and asks, as it is told before one asks for a line and beside the account."""

from __future__ import annotations

from simulator import codes
from simulator.money import money
from simulator.policy.schema import Policy
from simulator.text import _, percent_text
from simulator.views.life import standing_of
from simulator.world import World
from tui.widgets.cells import RIGHT, Cell, Line, amount, blank, heading, words, wrapped

TERMS, RATE = 9, 7


def key_facts(policy: Policy) -> list[str]:
    """The facts, a sentence each."""
    every = [rate for table in _fee_rates(policy).values() for rate in table.values()]
    return [
        _("Purchases paid in full by their due day cost nothing."),
        _("Terms cost {low} to {high} of the whole price every month.").format(
            low=percent_text(min(every)), high=percent_text(max(every))
        ),
        _("What is carried after paying the minimum costs {rate} a day.").format(
            rate=percent_text(policy.revolving_fee_ppm)
        ),
        _("What is late costs {rate} a day, and the line is blocked.").format(rate=percent_text(policy.late_fee_ppm)),
        _("No plan may cost more than {rate} a year, looked at in equal months.").format(rate=percent_text(policy.rate_cap_ppm)),
        _("The lender reads your form, your record here, and what others report; and reports how you pay."),
    ]


def facts_lines(policy: Policy, width: int) -> list[Line]:
    """The facts below each other."""
    return [
        [words("  " if place else "- "), *line]
        for fact in key_facts(policy)
        for place, line in enumerate(wrapped(fact, width - 2))
    ]


def cost_lines(world: World, width: int) -> list[Line]:
    """The facts, and what terms cost a month by grade; one's own grade stands in brackets."""
    own = world.account.grade
    head: Line = [words("", TERMS)]
    for number, grade in enumerate(codes.GRADES):
        head.append(Cell(f"[{grade}]" if number == own else grade, RATE, RIGHT, "muted", number == own))
    lines = [heading(_("KEY FACTS")), *facts_lines(world.policy, width), blank(), heading(_("TERMS: fee a month, of the whole price"))]
    lines.append(head)
    for terms, rates in _fee_rates(world.policy).items():
        row: Line = [words(_("{terms} terms").format(terms=terms), TERMS, role="muted")]
        for number, grade in enumerate(codes.GRADES):
            row.append(Cell(percent_text(rates[grade]), RATE, RIGHT, "ink", number == own))
        lines.append(row)
    return [*lines, [words(_("By grade; yours stands in brackets.") if own >= 0 else _("By grade; you have none yet."), role="muted")]]


def so_far_lines(world: World) -> list[Line]:
    """What came of the line until today."""
    seen = standing_of(world)
    rows = [
        (_("Bills / missed"), f"{seen.bills} / {seen.missed}", None),
        (_("Fees paid so far"), money(seen.fees_paid_fen), None),
        (_("Limit raised / cut"), f"{seen.raised} / {seen.cut}", None),
        (_("Score"), str(seen.score) if seen.score else "-", "score" if seen.score else None),
    ]
    return [heading(_("SO FAR")), *([words(name, 22, role="muted"), amount(text, figure, 12)] for name, text, figure in rows)]


def _fee_rates(policy: Policy) -> dict[str, dict[str, int]]:
    rates: dict[str, dict[str, int]] = policy.flat()["fee_rate_ppm"]
    return rates

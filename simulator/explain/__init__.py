"""Why? for any figure: a sentence, a formula with its inputs, the rule, the entries behind it.

A figure is named by kind and key, `minimum`, `statement:31:minimum`, `plan:3:settlement`,
`decision:17`, `event:17:amount_fen`. Inputs name figures in turn, so that one can go on asking.
Every value comes from the rules themselves; a test evaluates each formula on its inputs.
"""

from __future__ import annotations

from collections.abc import Callable

from simulator.explain import account, buying, events, offers, orders, paying, plans, statements
from simulator.explain.answer import Explanation, Input, Line, UnknownFigure
from simulator.explain.market import measure_text, why_market
from simulator.rules.arithmetic import round_half_up
from simulator.text import _
from simulator.world import World

__all__ = [
    "Explanation", "Input", "Line", "UnknownFigure", "evaluate", "kinds", "measure_text", "why", "why_market",
]  # fmt: skip

KINDS: dict[str, Callable[[World, str], Explanation]] = {
    **account.FIGURES,
    "statement": statements.statement,
    "plan": plans.plan,
    "order": orders.order,
    "decision": events.decision,
    "event": events.event,
    "offer": offers.offer,
    "price": buying.price,
    "after": buying.after,
    "blocker": offers.blocker,
    "outcome": paying.outcome,
    "next": buying.next_part,
    "settle_plans": plans.settle_plans,
    "clear_all": plans.clear_all,
}


EXAMPLES = {
    "statement": "statement:31:minimum", "plan": "plan:3:settlement", "order": "order:3", "decision": "decision:17", "event": "event:17:amount_fen",
    "price": "price:kettle", "offer": "offer:129900:12:fee", "after": "after:kettle:later:can_use",
    "outcome": "outcome:minimum:left", "next": "next:balance",
}  # fmt: skip
"""Figures that are of one bill, order, entry or thing to buy."""


def kinds() -> tuple[str, ...]:
    """The kinds of figures that can be asked about."""
    return tuple(sorted(KINDS))


def why(world: World, figure: str, day: int | None = None) -> Explanation:
    """The answer to "Why?" for a figure, today or as of an earlier day. Raises UnknownFigure."""
    kind, _sep, key = figure.partition(":")
    if kind not in KINDS:
        raise UnknownFigure(
            _("There is no figure “{figure}”; there are {kinds}.").format(
                figure=figure, kinds=", ".join(kinds())
            )
        )
    if kind in EXAMPLES and not key.partition(":")[0]:
        text = _("“{figure}” does not say which; write it like {example}.")
        raise UnknownFigure(text.format(figure=figure, example=EXAMPLES[kind]))
    if day is not None and day != world.day:
        if not 0 <= day <= world.day:
            raise UnknownFigure(
                _("Day {day} has not been lived; today is day {today}.").format(day=day, today=world.day)
            )
        world = world.at(day)
    return KINDS[kind](world, key)


def evaluate(explanation: Explanation) -> int:
    """The value of an answer's formula on its inputs; a test holds it against the figure."""
    names: dict[str, object] = {"max": max, "min": min, "round_half_up": round_half_up, **explanation.inputs}
    return int(
        eval(
            explanation.formula.replace(" open ", " is_open "),
            {"__builtins__": {}},
            {**names, "is_open": names.get("open")},
        )
    )

"""Why a limit, and what can be used of it, is what it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from simulator import codes
from simulator.explain.answer import PPM, SHARE, YES, Explanation, Input, Line, answer, seqs
from simulator.explain.season import given_by, season_text
from simulator.explain.standing import STANDING, turns
from simulator.money import money
from simulator.rules import balances
from simulator.rules.arithmetic import HUNDRED_YUAN_FEN, MILLION, down_to_hundred_yuan, ratio_ppm
from simulator.rules.limits import service_bound_fen
from simulator.rules.purchases import status_refusals
from simulator.text import _, sentences
from simulator.world import World

LOCKS = {"locked", "unlocked"}


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
    left = Input("left", _("Left of the limit"), room, figure="available")
    is_open = Input("open", _("Line open for buying"), allowed, YES, figure="status")
    cap = max(0, account.cap_fen - account.spent_this_month_fen)
    capped = [Input("cap", _("Left of your own cap this month"), cap)] if account.cap_fen else []
    if not allowed:
        sentence = _("Your line cannot be used for buying today, whatever the limit leaves.")
    elif capped:
        sentence = _("What your limit leaves, or your own spend cap where that is less.")
    else:
        sentence = _("What your limit leaves.")
    told = answer(
        "can_use", _("Can use"), sentence, world.can_use_fen(), f"{'min(left, cap)' if capped else 'left'} if open else 0",
        [left, *capped, is_open], rule="RULES 3", entries=_made_it_so(world),
    )  # fmt: skip
    first, *rest = told.lines
    return replace(told, lines=[first, *_parts(world), *rest])


def _parts(world: World) -> list[Line]:
    """What the limit leaves, taken apart as its own answer does; what is 0 says nothing here."""
    return [replace(each, label=f"  {each.label}") for each in available(world, "").lines if each.value_text != money(0)]


def _made_it_so(world: World) -> list[int]:
    """The newest entry of each kind that decides whether, and up to what, a line can be used: older ones hold no more."""
    kinds = (STANDING, LOCKS, {"limit_changed"}, {"setting_changed"})
    found = {}
    for event in turns(world.events, {name for kind in kinds for name in kind}):
        if event["event"] == "setting_changed" and event["name"] != "spend_cap":
            continue
        found.update({place: event["seq"] for place, kind in enumerate(kinds) if event["event"] in kind})
    if not world.account.cap_fen:
        found.pop(len(kinds) - 1, None)
    return sorted([*found.values(), *_on_hold(world)])


def _on_hold(world: World) -> list[int]:
    """The entries of purchases that are on hold still."""
    held = {order.order for order in world.account.orders[: world.account.order_count] if order.state == codes.HELD_ORDER}
    return [event["seq"] for event in world.events if event["event"] == "purchase_held" and event["order"] in held]


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
        rule="RULES 10", policy=world.policy_on(last["day"]), fields=("increase_ppm", "decrease_ppm", "min_limit_fen", "max_limit_fen"),
        entries=[event["seq"] for event in changes],
    )  # fmt: skip


def first_limit(world: World, opened: dict[str, Any]) -> Explanation:
    """The first line: income by share and grade, bounded, down to ¥100, by the policy that decided; or a small one.

    The income and the instalments elsewhere that the lender knows are those of the last application: nothing changes
    them, whatever became of the limit since.
    """
    decided = _decided_before(world, opened)
    if decided is not None and decided["decision"] == "counter_offer":
        return small_line(world, decided)
    day = (decided or opened)["day"]
    held, policy, account = world.policy_on(day), world.record_on(day), world.account
    grade = max(0, codes.GRADES.index(opened["grade"]))
    earns_the_same = account.income_fen == world.shopper.income_fen
    told = answer(
        "limit", _("Limit"), _("A share of your income by grade, bounded by what debts may take of it, down to whole hundreds."),
        opened["limit_fen"],
        "max(least, min(most, min(income * share // 1000000 * factor // 1000000, bound) // 10000 * 10000))",
        [
            Input("income", _("Income a month"), account.income_fen, figure="income" if earns_the_same else None),
            Input("share", _("Share of income"), policy.income_multiple_ppm, PPM),
            Input("factor", _("By grade {grade}").format(grade=codes.GRADES[grade]), policy.grade_factor_ppm[grade], PPM),
            Input("bound", _("Most that your debts leave room for"), service_bound_fen(account, policy)),
            Input("least", _("Least line"), policy.min_limit_fen),
            Input("most", _("Largest line"), policy.max_limit_fen),
        ],
        rule="RULES 2", policy=held,
        fields=("income_multiple_ppm", "grade_factor_ppm", "max_debt_service_ppm", "line_payment_ppm"),
        entries=[decided["seq"]] if decided else [],
    )  # fmt: skip
    return replace(told, lines=_as_it_came(told, account.income_fen * policy.income_multiple_ppm // MILLION * policy.grade_factor_ppm[grade] // MILLION))


def _as_it_came(told: Explanation, by_income_fen: int) -> list[Line]:
    """The lines of a first limit in the order of the sum; of its bounds only those that bind."""
    income, share, factor, bound, least, most = told.lines
    known = told.inputs
    lines = [income, share, factor, Line(_("Income x share x grade"), money(by_income_fen))]
    if known["bound"] < by_income_fen:
        lines.append(replace(bound, label=_("but no more than income and debts leave room for")))
    hundreds_fen = down_to_hundred_yuan(min(by_income_fen, known["bound"]))
    lines.append(Line(_("then down to whole hundreds"), money(hundreds_fen)))
    if hundreds_fen < known["least"]:
        lines.append(replace(least, label=_("but no less than the least line")))
    elif hundreds_fen > known["most"]:
        lines.append(replace(most, label=_("but no more than the largest line")))
    return lines


def small_line(world: World, decided: dict[str, Any]) -> Explanation:
    """The line of a counter-offer, whatever the income: RULES §2."""
    held, policy = world.policy_on(decided["day"]), world.record_on(decided["day"])
    return answer(
        "limit", _("Limit"), _("A small line is offered to who falls a little short of the score for a usual one; income does not count."),
        decided["limit_fen"], "small", [Input("small", _("Small line"), policy.starter_limit_fen)], rule="RULES 2", policy=held,
        fields=("starter_limit_fen", "counter_offer", "counter_cutoff"), entries=[decided["seq"]],
    )  # fmt: skip


def _decided_before(world: World, opened: dict[str, Any]) -> dict[str, Any] | None:
    """The decision that a line was opened on."""
    decisions = ("application_decided", "reopening_decided")
    found = [event for event in world.events[: opened["seq"]] if event["event"] in decisions]
    return found[-1] if found else None


def temporary(world: World, key: str) -> Explanation:
    """The temporary limit: a share of the permanent one as it was when the season began."""
    changes = [event for event in world.events if event["event"] == "limit_changed" and event["kind"] == "temporary"]
    entries, fen = [event["seq"] for event in changes], world.account.temporary_fen
    held = world.policy_on(changes[-1]["day"]) if changes else world.policy
    given = given_by(changes[-1]) if changes and fen else None
    if given is None:
        inputs, formula = [Input("given", _("In force now"), fen)], "given"
    else:
        inputs = [Input("limit", _("Limit when the season began"), given[0]), Input("share", _("Share of it"), given[1], PPM)]
        formula = f"(2 * limit * share + {MILLION}) // {2 * MILLION} // {HUNDRED_YUAN_FEN} * {HUNDRED_YUAN_FEN}"
    told = answer(
        "temporary", _("Temporary limit"),
        sentences(_("Given for a festival season and gone after it."), season_text(world, changes[-1]) if changes else ""),
        fen, formula, inputs, rule="RULES 10", policy=held, fields=("temporary_limit_ppm", "season"), entries=entries,
    )  # fmt: skip
    return replace(told, lines=[*told.lines, Line(_("then down to whole hundreds"), "")]) if given else told


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
        rule="RULES 13", unit=SHARE, entries=seqs(world.events, "limit_changed", "line_opened"),
    )  # fmt: skip

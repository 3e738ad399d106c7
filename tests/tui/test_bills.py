"""Bills: what can be asked for there is what the lender's rules allow."""

from __future__ import annotations

import re
from typing import Any

import pytest

from simulator.explain import why
from simulator.messages import notice, sentence
from simulator.money import money, yuan
from simulator.policy.load import set_field
from simulator.rules.balances import billed_fen, unbilled_purchases_fen
from simulator.views import outcomes
from simulator.views.bills import late_fen, next_bill, payable_fen
from simulator.views.relief import parts_to_come, relief_refusal, relief_terms
from simulator.world import STORY, World
from tests.lives import FIRST_STEPS, begin, clerk
from tests.tui.lives import TO_BILL, life
from tests.tui.on_screen import SMALL, at_screen
from tui.screens.dialogs import ChoiceDialog


def under(world: World, field: str, value: object) -> World:
    """The same life under a policy that differs in one value."""
    world.life.use_policy(set_field(world.life.policy, field, value))
    return world


@pytest.mark.parametrize(
    "most, offered",
    [(0, []), (1, [1]), (5, [5]), (6, [6]), (24, [6, 12, 18, 24]), (60, [6, 12, 18, 24, 36, 48, 60]),
     (100, [6, 12, 18, 24, 36, 48, 60, 84, 100]), (120, [6, 12, 18, 24, 36, 48, 60, 84, 120])],
)  # fmt: skip
def test_relief_is_offered_in_as_many_parts_as_the_lender_agrees_to(most: int, offered: list[int]) -> None:
    world = under(life("suspended"), "hardship_terms", most)
    assert relief_terms(world) == offered
    assert bool(relief_refusal(world)) == (not offered)
    for parts in offered:
        events = world.trial().do({"do": "request_hardship", "terms": parts})
        codes = [reason["code"] for event in events for reason in event.get("reasons", ())]
        assert "too_many_terms" not in codes


async def test_few_parts_can_be_asked_for() -> None:
    async with at_screen(under(life("suspended"), "hardship_terms", 5)) as player:
        await player.go("bills")
        await player.press("r")
        await player.choose("5 parts")
        assert player.app.world.events[-1]["event"] == "hardship_declined"


async def test_a_lender_who_agrees_to_no_parts_says_so_when_asked() -> None:
    async with at_screen(under(life("suspended"), "hardship_terms", 0)) as player:
        await player.go("bills")
        await player.press("r")
        assert player.name() == "BillsScreen"
        assert player.told() == ["This lender agrees to no plan to pay in parts."]


@pytest.mark.parametrize(
    ("state", "told"),
    [("no line", "There is no open line."), ("closed", "There is no open line."), ("hardship", "A hardship plan is running."),
     ("autopay", "Nothing is owed.")],
)  # fmt: skip
async def test_where_no_plan_can_be_asked_for_it_is_said_before_any_parts_are_chosen(state: str, told: str) -> None:
    world = life(state)
    if state == "autopay":
        world.do({"do": "settle_all"})
    assert [reason["code"] for event in world.trial().do({"do": "request_hardship", "terms": 6}) for reason in event.get("reasons", ())]
    async with at_screen(world) as player:
        await player.go("bills")
        await player.press("r")
        assert player.name() == "BillsScreen"
        assert player.told()[-1].startswith(told)


async def test_nothing_owed_leaves_nothing_to_pay_on_the_account() -> None:
    async with at_screen(life("open")) as player:
        await player.go("account")
        await player.press("p")
        assert player.name() == "ConfirmDialog"
        await player.press("enter", "p")
        assert player.name() == "AccountScreen"
        assert player.told()[-1] == "There is nothing to pay."


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_a_dialog_without_choices_can_be_left(lang: str) -> None:
    async with at_screen(life("open"), asked={"lang": lang}) as player:
        player.app.push_screen(ChoiceDialog("?", []))
        await player.settle()
        assert player.name() == "ChoiceDialog"
        await player.press("enter", "escape")
        assert player.name() == "HomeScreen"


async def test_a_bill_is_put_on_terms_only_where_the_rules_allow_it() -> None:
    """Not over terms above the cap; where every number of them is above, not at all."""
    async with at_screen(under(life("billed"), "rate_cap_ppm", 150_000)) as player:
        await player.go("bills")
        await player.choose("Put this bill on terms")
        assert [stop.cell.text.strip() for stop in player.page.stops] == ["3 terms"]
    async with at_screen(under(life("billed"), "rate_cap_ppm", 1)) as player:
        await player.go("bills")
        assert not any("on terms" in stop.cell.text for stop in player.page.stops)


def in_parts() -> World:
    """A life under a hardship plan, with its first part on a bill."""
    world = life("hardship")
    world.do({"do": "wait", "until": "statement"})
    return world


@pytest.mark.parametrize("place", ["bills", "account"])
async def test_paying_all_that_can_be_paid_under_a_hardship_plan_tells_what_is_still_to_come(place: str) -> None:
    """Its parts fall due one by one: whoever pays the bill still owes them."""
    world = in_parts()
    to_come = f"{money(world.account.hardship_plan.unbilled_fen)} of the hardship plan comes later"
    assert parts_to_come(world) == f"{to_come}, the last of it by 10 Feb 2026."
    async with at_screen(world) as player:
        await player.go(place)
        await player.press("p")
        if place == "bills":
            assert to_come in player.shown() and "nothing is owed then" not in player.shown()
            await player.choose("All that can be paid today")
        assert to_come in player.shown() and "verything" not in player.shown()
        await player.choose("Yes, pay")
        assert [told for told in player.told() if to_come in told]


def test_the_last_part_of_a_hardship_plan_falls_due_when_it_was_said() -> None:
    world = in_parts()
    while world.account.hardship_plan.unbilled_fen:
        world.shopper.cash_fen = 10**6
        world.do({"do": "repay", "amount": "full"})
        world.do({"do": "wait", "until": "statement"})
    bills_made = [event for event in world.events if event["event"] == "statement_made"]
    assert bills_made[-1]["due_date"] == "2026-02-10"
    assert parts_to_come(world) == ""


def carrying() -> World:
    """A life with one large bill, and a plan, before its due day."""
    world = begin(mode=STORY)
    for step in (*FIRST_STEPS[:3], {"do": "buy", "amount": "4014.08"}, {"do": "buy", "amount": "300", "terms": 24}, *TO_BILL):
        world.do(step)
    return world


def minimums_alone(world: World) -> tuple[int, int]:
    """Pay what is asked today and then on each due day until nothing is carried: bills, and carrying fees on them."""
    world.shopper.cash_fen = 10**8
    world.do({"do": "repay", "amount": "minimum"})
    owed, seen = True, len(world.events)
    while owed:
        world.do({"do": "wait", "until": "statement"})
        world.do({"do": "wait", "until": "due"})
        world.do({"do": "repay", "amount": "minimum"})
        account = world.account
        owed = billed_fen(account) + account.revolving_micro // 1_000_000 + account.charged_revolving_fen > 0
    lived = world.events[seen:]
    fees = sum(event["amount_fen"] for event in lived if event["event"] == "revolving_fee_charged")
    return sum(event["event"] == "statement_made" for event in lived), fees


@pytest.mark.parametrize("late", [0, 1, 12])
def test_only_minimums_from_here_on_is_what_a_life_that_pays_them_comes_to(late: int) -> None:
    """The next bill's fee is in the sum; bills on which plans alone stand are not in the number."""
    world = carrying()
    if late:
        world.do({"do": "wait", "until": "due"})
        world.do({"do": "wait", "days": late})
    told = next(way.minimums for way in outcomes(world) if way.minimums)
    lived = world.trial()
    assert (told.bills, told.carrying_fen) == minimums_alone(lived)
    first = next(event for event in lived.events if event["event"] == "statement_made" and event["day"] > world.day)
    assert (told.next_minimum_fen, told.next_due.isoformat()) == (first["minimum_fen"], first["due_date"])
    assert told.missed == bool(late) and told.ends
    assert (told.bills > 20) != told.missed


async def test_a_missed_bill_says_that_the_next_one_asks_for_all() -> None:
    world = carrying()
    world.do({"do": "wait", "until": "due"})
    world.do({"do": "wait", "days": 1})
    async with at_screen(world) as player:
        await player.go("bills")
        assert "This minimum was missed, so the next one holds all that is carried" in player.shown()
        assert "2 more bills" in player.shown()


def test_minimums_are_alone_where_autopay_would_pay_all() -> None:
    world = carrying()
    told = outcomes(world)
    world.do({"do": "autopay", "mode": "full"})
    assert [way.minimums for way in outcomes(world)] == [way.minimums for way in told]


def test_minimums_too_small_to_end_are_not_said_to_end() -> None:
    world = under(carrying(), "minimum_ppm", 1)
    assert [way.minimums.ends for way in outcomes(world) if way.minimums] == [False]


@pytest.mark.parametrize("state", ["open", "billed", "late", "returning", "hardship"])
def test_what_is_on_no_bill_yet_is_shown_as_the_next_bill_holds_it(state: str) -> None:
    world = life(state)
    told = next_bill(world)
    assert told is not None
    world.shopper.cash_fen = 10**7
    world.do({"do": "repay", "amount": "full"})
    events = world.do({"do": "wait", "until": "statement"})
    made = next(each for each in events if each["event"] == "statement_made")
    assert (told.date.isoformat(), told.due_date.isoformat()) == (made["date"], made["due_date"])
    assert told.total_fen == made["balance_fen"] == sum(part.amount_fen for part in told.parts)


@pytest.mark.parametrize("state", ["no line", "closed", "charged off"])
def test_there_is_no_next_bill_where_nothing_is_owed_on_a_line(state: str) -> None:
    assert next_bill(life(state)) is None


@pytest.mark.parametrize(("lang", "bill"), [("en", "Owe 1,498.00 not billed"), ("zh", "应还 1,498.00 未出账")])
async def test_what_is_used_and_not_billed_is_told_as_owed(lang: str, bill: str) -> None:
    async with at_screen(life("open"), asked={"lang": lang}) as player:
        await player.go("bills")
        assert bill in player.rows()[0]
        assert why(player.app.world, "balance").value == 149_800
        assert money(unbilled_purchases_fen(player.app.world.account)) in player.shown()
        await player.press("n")
        assert bill not in player.rows()[0]
    async with at_screen(life("no line")) as player:
        assert "Owe 0.00" in player.rows()[0]


async def test_paying_nothing_under_a_hardship_plan_tells_that_all_of_it_falls_due() -> None:
    world = in_parts()
    plan = world.account.hardship_plan
    whole = plan.unbilled_fen + plan.billed_unpaid_fen
    full, _minimum, nothing = outcomes(world)
    assert (full.left_fen, full.ends_plan_on) == (0, None)
    lived = world.trial()
    lived.do({"do": "wait", "until": "due"})
    lived.do({"do": "wait", "days": 1})
    assert not lived.account.hardship and billed_fen(lived.account) == nothing.left_fen == whole
    assert nothing.ends_plan_on == lived.date
    async with at_screen(world) as player:
        await player.go("bills")
        assert f"One miss ends the hardship plan: all {money(whole)} of it is late from 11 Mar on." in player.shown()


@pytest.mark.parametrize(
    ("state", "more", "told"),
    [("billed", 0, "All of it on your bill"), ("billed", -100, "All of it on your bill"),
     ("open", 5_000, "All of it ahead of the next bill"), ("more", 5_000, "316.99 on your bill, 50.00 ahead of the next"),
     ("charged off", 100, "Of the debt that was written off")],
)  # fmt: skip
async def test_an_amount_of_ones_own_is_asked_about_before_it_is_paid(state: str, more: int, told: str) -> None:
    world = life("billed" if state == "more" else state)
    world.shopper.cash_fen = 10**7
    if state == "more":
        world.do({"do": "buy", "amount": "200"})
    amount = billed_fen(world.account) + more
    async with at_screen(world) as player:
        await player.go("bills")
        await player.press("p")
        await player.choose("Another amount")
        await player.write(yuan(amount))
        assert player.name() == "ConfirmDialog" and told in player.shown()
        assert player.app.world.shopper.cash_fen == 10**7
        await player.choose("Yes, pay")
        assert player.app.world.shopper.cash_fen == 10**7 - amount
        assert player.told()[-1].startswith(f"Paid {money(amount)}")
        assert "some of it" not in player.told()[-1]


@pytest.mark.parametrize(("typed", "asked"), [("５", "Pay 5.00?"), ("¥5", "Pay 5.00?"), ("5 元", "Pay 5.00?"), ("-5", "-5 is no amount")])
async def test_an_amount_is_read_on_the_bills_as_on_every_screen(typed: str, asked: str) -> None:
    async with at_screen(life("billed")) as player:
        await player.go("bills")
        await player.press("p")
        await player.choose("Another amount")
        await player.write(typed)
        assert asked in player.shown()


async def test_a_written_off_debt_that_is_paid_is_told_as_paid_and_when_its_line_closed_stays() -> None:
    world = life("charged off")
    world.shopper.cash_fen = 10**7
    closed = next(event["date"] for event in world.events if event["event"] == "closed")
    paid = world.do({"do": "prepay", "amount": yuan(payable_fen(world))})[-1]
    told = notice(paid)
    assert told is not None and (told.title, told.severity) == ("Your debt is paid", "good")
    assert told.what == "The debt that was written off is paid in full. You owe 0.00; the line stays closed."
    async with at_screen(world) as player:
        await player.go("account")
        assert "since 11 Apr 2025: not paid; paid in full on 29 Jul 2025" in player.shown()
        assert closed == "2025-04-11"


async def test_the_mark_of_a_line_in_its_history_is_that_of_the_glance() -> None:
    """A closed line whose debt is late."""
    world = life("late")
    world.do({"do": "wait", "days": 90})
    async with at_screen(world, (120, 50)) as player:
        await player.go("account")
        assert "[!!]" in player.rows()[0] and "[!!] Closed" in "\n".join(player.rows()[1:])


async def test_a_bill_tells_what_of_it_is_late_and_what_only_falls_due() -> None:
    """A closed line goes on being billed: one bill is late, and the next has a due day of its own."""
    world = life("late")
    world.do({"do": "wait", "days": 90})
    world.do({"do": "wait", "until": "due"})
    late, account = late_fen(world), world.account
    assert 0 < late == account.statements[account.statement_count - 2].asks_fen < billed_fen(account)
    async with at_screen(world) as player:
        await player.go("bills")
        shown = player.shown()
        assert re.search(rf"of it late, {account.dpd} days +{money(late)}\n", shown)
        assert re.search(rf"and due by 10 May, not late yet +{money(billed_fen(account) - late)}\n", shown)
    world = life("late")
    async with at_screen(world) as player:
        await player.go("bills")
        assert "of it late" not in player.shown(), "all of it is"


def test_a_reminder_of_what_is_late_names_its_due_day() -> None:
    """On one day there may be one of a bill that is due today and one of an earlier one."""
    told = [sentence(event) for event in life("suspended").events if event["event"] == "reminded"]
    assert "Reminder: due 10 Jan, unpaid for 30 days." in told
    assert "Reminder: due 10 Jan, unpaid for 1 day." in told


async def test_while_late_no_plan_tells_what_settling_it_today_would_take() -> None:
    """It would be refused until what is late is paid."""
    late = clerk(None, {"do": "buy", "amount": "600.00", "terms": 6}, {"do": "wait", "until": "due"}, {"do": "wait", "days": 2})
    async with at_screen(late, SMALL) as player:
        await player.go("bills")
        assert "settle today" not in player.shown() and "after what is late is paid" in player.shown()
        player.app.controller.act({"do": "repay", "amount": "full"})
        await player.settle()
        assert "settle today" in player.shown() and "after what is late is paid" not in player.shown()


@pytest.mark.parametrize(
    ("lang", "paid", "left", "costs"),
    [
        ("en", "paid on 10 Feb", "left over to the bill of 1 Mar", "Still owed then 1,620.00; fee on the next bill"),
        ("zh", "2月10日还款", "转入 3月1日 账单", "还后仍欠 1,620.00；下期账单手续费"),
    ],
)
async def test_an_older_bill_says_what_was_paid_and_paying_the_minimum_what_it_costs(lang: str, paid: str, left: str, costs: str) -> None:
    bought = ({"do": "buy", "amount": "2000.00"}, {"do": "wait", "until": "statement"})
    due = ({"do": "wait", "until": "due"}, {"do": "repay", "amount": "minimum"}, {"do": "wait", "until": "statement"})
    async with at_screen(clerk(None, *bought, *due), SMALL, {"lang": lang}) as player:
        await player.go("bills")
        await player.press("left")
        rows = player.rows()
        assert any(paid in row and row.rstrip().endswith("200.00") for row in rows)
        assert any(left in row and row.rstrip().endswith("1,800.00") for row in rows)
        await player.press("right", "down", "enter")
        assert player.name() == "ConfirmDialog" and costs in player.shown() and "214.08" in player.shown()
        await player.press("escape", "p", "down", "enter")
        assert player.name() == "ConfirmDialog" and costs in player.shown()


async def test_an_order_answers_enter_with_what_is_paid_on_it() -> None:
    async with at_screen(life("billed"), SMALL) as player:
        await player.go("shop")
        await player.press("end", "enter")
        assert player.name() == "WhyDialog" and "Paid with cash when it was bought." in player.shown()


@pytest.mark.parametrize(
    ("lang", "steps", "bound"),
    [
        ("en", FIRST_STEPS, "up to 199.00: what is on no bill yet"),
        ("en", (*FIRST_STEPS, TO_BILL[0]), "up to 316.99: all that is on your bills"),
        ("en", (*FIRST_STEPS, TO_BILL[0], {"do": "buy", "amount": "80"}), "up to 396.99: your bills, and what is on no bill yet"),
        ("zh", (*FIRST_STEPS, TO_BILL[0]), "最多 316.99：账单上的全部"),
    ],
)
async def test_how_much_of_ones_own_can_be_paid_is_said_with_what_it_is(lang: str, steps: tuple[dict[str, Any], ...], bound: str) -> None:
    """Terms still to come are beyond it: they are settled plan by plan."""
    world = begin(mode=STORY)
    for step in steps:
        world.do(step)
    async with at_screen(world, SMALL, {"lang": lang}) as player:
        await player.go("bills")
        await player.press("p")
        shown = " ".join(player.shown().split())
        assert bound in shown and ("terms to come are settled below" if lang == "en" else "未到的各期在下面结清") in shown

"""What holds after every step of any life: sums, signs, bounds, and reasons that are true."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st

from simulator.account import BUREAU_MONTHS, STATEMENT_SLOTS, Account
from simulator.codes import CASH_ORDER, CHARGED_OFF, HELD_ORDER, LINE_ORDER, SUSPENDED
from simulator.rules.balances import (
    available_fen,
    billed_fen,
    exposure_fen,
    frozen_fen,
    minimum_fen,
    owed_fen,
    plan_slots,
    statement_owed,
    statement_principal,
    sum_up,
)  # fmt: skip
from simulator.rules.events import EVENTS, OFFER_LAPSED, REASONS, TOPIC
from simulator.rules.monitoring import MONITOR_CHARACTERISTICS, WEEK_DAYS, alert_score, monitor_points
from simulator.rules.reasons import APPLICATION, TOPICS
from simulator.rules.shares import OLDER, share_fen, share_out, turn_of
from simulator.rules.transitions import line_is_open
from tests.engine.lives import POLICIES, Alone, live, newcomer, wish

COME = {
    "purchase_authorised": ("amount_fen",),
    "late_fee_charged": ("amount_fen",),
    "revolving_fee_charged": ("amount_fen",),
    "statement_made": ("plan_fee_fen",),
}
GONE = {
    "payment_received": (
        "late_fee_fen:applied", "revolving_fee_fen:applied", "plan_fee_fen:applied", "plan_principal_fen:applied",
        "principal_fen:applied",
    ),
    "refunded": ("owed_fen",),
    "plan_repaid_early": ("principal_fen",),
    "charged_off": ("amount_fen",),
}  # fmt: skip
"""Figures of events that a debt grows and shrinks by. A recovery names none of them."""


OF_NO_PLAN = -2
"""Stands before all orders, that of a hardship plan among them."""


def plan_shares(account: Account) -> dict[tuple[int, int], int]:
    """Unpaid plan principal by the statement's place (older ones 0) and the plan's order, in the order of payment."""
    found = {}
    standing = [(OLDER, account.older.plan_principal_fen)]
    standing += [
        (turn_of(account, i), account.statements[i].plan_principal_fen) for i in range(account.statement_count)
    ]
    plans = [plan for plan in (account.hardship_plan, *account.plans) if plan.order]
    for place, (turn, whole_fen) in enumerate(standing):
        shares = {(place, plan.order): share_fen(plan, turn) for plan in plans}
        found[place, OF_NO_PLAN] = whole_fen - sum(shares.values())
        found |= shares
    return {key: found[key] for key in sorted(found) if found[key]}


class Watched:
    """A life of which everything is asked after every step."""

    def __init__(self, seed: int) -> None:
        """Nothing is owed yet."""
        self.policy = POLICIES[seed % len(POLICIES)]
        self.alone = Alone(*newcomer(seed), self.look)
        self.owed = self.day = 0
        self.met: Counter[str] = Counter()
        self.shares: dict[tuple[int, int], int] = {}

    def look(self, rule: str) -> None:
        """After a step."""
        self.the_debt_is_what_came_less_what_went()
        self.nothing_is_below_zero()
        self.bounds_hold()
        self.what_is_known_of_slots_is_so()
        self.sums_kept_are_those_of_the_slots()
        if rule == "buy":
            self.a_purchase_fits_the_limit()
            self.the_alert_score_is_the_sum_of_its_parts()
        if rule == "pay":
            self.a_payment_went_to_plans_in_order()
        self.shares = plan_shares(self.alone.account)
        assert min(self.shares.values(), default=0) >= 0
        self.shares_worked_out_anew_find_room()
        self.orders_stand_oldest_first()
        self.orders_a_week_old_are_summed_up()
        self.reasons_given_are_true()

    def the_debt_is_what_came_less_what_went(self) -> None:
        """Owed = purchases + fees - payments - refunds - settlements - write-offs."""
        for row in self.alone.log.rows[: self.alone.log.count]:
            name, fields = EVENTS[row[0]]
            self.met[name] += 1
            figures = dict(zip(fields, row[2:], strict=False))
            self.owed += sum(figures.get(field, 0) for field in COME.get(name, ()))
            self.owed -= sum(figures.get(field, 0) for field in GONE.get(name, ()))
        assert owed_fen(self.alone.account) == self.owed

    def nothing_is_below_zero(self) -> None:
        """No balance and no count; nothing outside the table of transitions was tried."""
        account = self.alone.account
        assert account.faults == 0 and account.dpd >= 0 and self.alone.shopper.cash_fen >= 0
        for statement in (account.older, *account.statements):
            assert min(getattr(statement, name) for name in type(statement).__annotations__) >= 0
        for plan in (*account.plans, account.hardship_plan):
            assert (
                min(plan.unbilled_fen, plan.billed_unpaid_fen, plan.principal_days, plan.outstanding_fen) >= 0
            )
            assert plan.term_principal_fen >= 0 and plan.last_principal_fen >= 0
        for order in account.orders:
            assert 0 <= order.unbilled_fen <= order.amount_fen or order.order == 0
            assert 0 <= order.refunded_fen <= order.amount_fen or order.order == 0
        assert (
            min(account.late_micro, account.revolving_micro, account.charged_late_fen, account.paid_since_fen)
            >= 0
        )

    def bounds_hold(self) -> None:
        """Minimum within the bill, limits within the policy, plans within their statements."""
        account, policy = self.alone.account, self.policy
        assert minimum_fen(account) <= billed_fen(account) <= owed_fen(account)
        if line_is_open(account):
            assert policy.min_limit_fen <= account.limit_fen <= policy.max_limit_fen
            assert account.limit_fen % 10_000 == account.temporary_fen % 10_000 == 0
        else:
            assert account.limit_fen == account.temporary_fen == available_fen(account) == 0
        if account.status == CHARGED_OFF:
            assert exposure_fen(account) == 0
        assert account.status == SUSPENDED or account.causes == 0
        for plan in account.plans:
            if plan.order and plan.billed < plan.terms:
                left = plan.terms - plan.billed
                assert plan.term_principal_fen * (left - 1) + plan.last_principal_fen == plan.unbilled_fen

    def a_payment_went_to_plans_in_order(self) -> None:
        """Plan principal of the oldest statement first, on each the plan that was bought first."""
        left = dict(self.shares)
        after = plan_shares(self.alone.account)
        rest = sum(left.values()) - sum(after.values())
        for key, standing in self.shares.items():
            part = min(rest, standing)
            left[key] -= part
            rest -= part
        assert after == {key: fen for key, fen in left.items() if fen}

    def shares_worked_out_anew_find_room(self) -> None:
        """From what a save of an earlier rulebook holds: no statement holds more of plans than stands on it."""
        account = self.alone.account.copy()
        for plan in (account.hardship_plan, *account.plans):
            plan.on_statement_fen = [0] * STATEMENT_SLOTS
        share_out(account)
        assert min(plan_shares(account).values(), default=0) >= 0

    def orders_stand_oldest_first(self) -> None:
        """Order numbers rise from slot to slot; beyond the count the slots are empty."""
        account = self.alone.account
        numbers = [order.order for order in account.orders]
        held, free = numbers[: account.order_count], numbers[account.order_count :]
        assert held == sorted(set(held)) and 0 not in held and not any(free)

    def orders_a_week_old_are_summed_up(self) -> None:
        """The sums that the monitor goes by are those of the slots, none of them on hold or bought this week."""
        account, log = self.alone.account, self.alone.log
        self.day = max([self.day, *(row[1] for row in log.rows[: log.count])])
        aged = account.orders[: account.aged_orders]
        assert account.aged_fen == sum(order.amount_fen for order in aged)
        assert account.aged_refunded == sum(order.refunded_fen == order.amount_fen for order in aged)
        assert all(order.state in (CASH_ORDER, LINE_ORDER) and self.day - order.day >= WEEK_DAYS for order in aged)

    def sums_kept_are_those_of_the_slots(self) -> None:
        """Summed up anew, the account is as it was."""
        account = self.alone.account
        kept, due_from_day = (account.exposure_fen, account.billed_fen, account.frozen_fen), account.due_from_day
        sum_up(account)
        account.due_from_day = due_from_day  # a bound, which may lie before what it is worked out to be
        assert kept == (account.exposure_fen, account.billed_fen, account.frozen_fen)

    def what_is_known_of_slots_is_so(self) -> None:
        """Slots that are passed over hold nothing that is owed."""
        account = self.alone.account
        assert account.paid_statements <= account.statement_count and account.billed_orders <= account.order_count
        assert not any(statement_owed(paid) for paid in account.statements[: account.paid_statements])
        for statement in account.statements[: account.statement_count]:
            settled = statement.checked and statement_owed(statement) == 0
            assert settled or account.due_from_day <= statement.due_day
        assert statement_principal(account.older) == 0 or account.due_from_day < self.day
        for order in account.orders[: account.billed_orders]:
            assert order.unbilled_fen == 0 and order.state != HELD_ORDER
        assert not any(plan.order for plan in account.plans[plan_slots(account) :])
        assert not any(refund.order for refund in account.refunds[: account.free_refunds])
        assert not any(account.elsewhere_dpd[BUREAU_MONTHS - account.clean_elsewhere :])

    def a_purchase_fits_the_limit(self) -> None:
        """Once one is bought or held, exposure and what is frozen are within the limit."""
        account, log = self.alone.account, self.alone.log
        if EVENTS[log.rows[log.count - 1][0]][0] in ("purchase_authorised", "plan_created", "purchase_held"):
            used = exposure_fen(account) + frozen_fen(account)
            assert used <= account.limit_fen + account.temporary_fen

    def the_alert_score_is_the_sum_of_its_parts(self) -> None:
        """Whether or not a look at the parts tells at once that they give no points."""
        ask = wish(random.Random(self.owed), self.day)
        parts = (monitor_points(self.alone.account, self.policy, ask, i) for i in range(len(MONITOR_CHARACTERISTICS)))
        assert alert_score(self.alone.account, self.policy, ask) == sum(parts)

    def reasons_given_are_true(self) -> None:
        """Each leaf named by an event holds on the account as it stood."""
        for memory in self.alone.log.memories:
            row = self.alone.log.rows[memory.row]
            policy = self.policy
            if row[0] == OFFER_LAPSED and row[TOPIC] == APPLICATION:  # the product's end is played under an open policy
                policy = policy.copy()
                policy.product_open = 0
            for place, reason in enumerate(TOPICS.get(row[TOPIC], ())):
                if row[REASONS] >> place & 1:
                    assert reason.leaf(memory.account, policy, memory.ask).holds, reason.code


@settings(max_examples=60)
@example(6809)  # an offer waits when the product ends
@given(st.integers(0, 10**9))
def test_what_must_hold_holds_after_every_step_of_any_life(seed: int) -> None:
    watched = Watched(seed)
    live(watched.alone, seed, 150)


def test_these_lives_meet_nearly_all_that_can_happen() -> None:
    """What is left are the player's own steps outside the rules."""
    met: Counter[str] = Counter()
    for seed in range(80):
        watched = Watched(seed)
        live(watched.alone, seed, 220)
        met += watched.met
    missing = {name for name, _fields in EVENTS.values()} - set(met)
    assert missing <= {
        "application_submitted", "cash_purchase", "complained", "fund_moved", "life_event", "locked", "setting_changed",
        "step_refused", "unlocked",
    }  # fmt: skip

"""Events: what happened, as rows of whole numbers, and what each column means.

A rule calls `emit`; one row is (kind, day, up to twelve figures, topic, reasons). `EVENTS` gives
each kind its name and the names of its figures in order, `name:group` where the figure is a code.
Before a decision changes the account, `remember` keeps it as it stood, so that the reasons can be
explained by the leaves that decided (plain path only).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from simulator.account import Account
from simulator.registry import plain_only, rule
from simulator.rules.ask import Ask

WIDTH = 16
CAPACITY = 128
FIRST_FIGURE, TOPIC, REASONS = 2, 14, 15

APPLICATION_DECIDED, REOPENING_DECIDED, LINE_OPENED, OFFER_LAPSED = 1, 2, 3, 4
IDENTITY_VERIFIED, IDENTITY_EXPIRED = 5, 6
CASH_PURCHASE, PURCHASE_AUTHORISED, PURCHASE_DECLINED, PURCHASE_HELD, PURCHASE_RELEASED = 7, 8, 9, 10, 11
PLAN_CREATED, PLAN_REPAID_EARLY = 12, 13
RETURN_OPENED, RETURN_ENDED, REFUNDED, REFUND_ARRIVED = 14, 15, 16, 17
LATE_FEE_CHARGED, REVOLVING_FEE_CHARGED, STATEMENT_MADE = 18, 19, 20
PAYMENT_RECEIVED, RECOVERY_RECEIVED, PAYMENT_MISSED, REMINDED = 21, 22, 23, 24
BUCKET_CHANGED, SCORE_CHANGED, LIMIT_CHANGED, LIMIT_REQUEST_DECLINED = 25, 26, 27, 28
MONITOR_ALERTED, WAS_SOFT_BLOCKED, WAS_SUSPENDED, BREACH_FOUND = 29, 30, 31, 32
REINSTATEMENT_REQUESTED, REINSTATEMENT_DECLINED, REINSTATED, APPEALED, APPEAL_DECIDED = 33, 34, 35, 36, 37
WAS_LOCKED, WAS_UNLOCKED = 38, 39
CLOSURE_REQUESTED, CLOSURE_WITHDRAWN, CLOSURE_BLOCKED, WAS_CLOSED = 40, 41, 42, 43
REOPENING_REQUESTED = 44
HARDSHIP_REQUESTED, HARDSHIP_DECLINED, HARDSHIP_AGREED, HARDSHIP_ENDED = 45, 46, 47, 48
WAS_CHARGED_OFF, PRODUCT_ENDED, BUREAU_REPORTED = 49, 50, 51
INCOME_RECEIVED, EXPENSES_PAID, FUND_MOVED, FUND_YIELD = 52, 53, 54, 55
STEP_REFUSED = 56
APPLICATION_SUBMITTED, LIFE_EVENT, COMPLAINED, AUTOPAY_SET = 57, 58, 59, 60

_BOUGHT = ("order", "amount_fen", "merchant:merchant", "category:category", "hour")

EVENTS: dict[int, tuple[str, tuple[str, ...]]] = {
    APPLICATION_DECIDED: ("application_decided", ("decision:decision", "score", "grade:grade", "limit_fen", "statement_day")),
    REOPENING_DECIDED: ("reopening_decided", ("decision:decision", "score", "grade:grade", "limit_fen", "statement_day")),
    LINE_OPENED: ("line_opened", ("limit_fen", "grade:grade", "statement_day")),
    OFFER_LAPSED: ("offer_lapsed", ()),
    IDENTITY_VERIFIED: ("identity_verified", ()),
    IDENTITY_EXPIRED: ("identity_expired", ()),
    CASH_PURCHASE: ("cash_purchase", _BOUGHT),
    PURCHASE_AUTHORISED: (
        "purchase_authorised",
        (
            "order", "amount_fen", "terms", "channel:channel", "merchant:merchant", "category:category", "hour",
            "known_device:bool", "fee_rate_ppm", "merchant_funded:bool",
        ),
    ),
    PURCHASE_DECLINED: ("purchase_declined", _BOUGHT),
    PURCHASE_HELD: ("purchase_held", _BOUGHT),
    PURCHASE_RELEASED: ("purchase_released", _BOUGHT),
    PLAN_CREATED: ("plan_created", ("order", "kind:plan_kind", "principal_fen", "fee_rate_ppm", "terms:schedule")),
    PLAN_REPAID_EARLY: (
        "plan_repaid_early",
        ("order", "mode:settlement", "principal_fen", "settlement_fee_fen", "total_fen", "saved_fen"),
    ),
    RETURN_OPENED: ("return_opened", ("order",)),
    RETURN_ENDED: ("return_ended", ("order",)),
    REFUNDED: ("refunded", ("order", "amount_fen", "owed_fen", "cash_fen", "fee_cut_fen", "cash_date:date")),
    REFUND_ARRIVED: ("refund_arrived", ("order", "amount_fen")),
    LATE_FEE_CHARGED: ("late_fee_charged", ("amount_fen", "cause:fee_cause")),
    REVOLVING_FEE_CHARGED: ("revolving_fee_charged", ("amount_fen", "cause:fee_cause")),
    STATEMENT_MADE: (
        "statement_made",
        (
            "balance_fen", "minimum_fen", "due_date:date", "carried_fen", "unpaid_plan_fen", "unpaid_fee_fen",
            "purchases_fen", "plan_principal_fen", "plan_fee_fen", "revolving_fee_fen", "late_fee_fen",
        ),
    ),
    PAYMENT_RECEIVED: (
        "payment_received",
        (
            "amount_fen", "by:payer", "prepay:bool", "late_fee_fen:applied", "revolving_fee_fen:applied",
            "plan_fee_fen:applied", "plan_principal_fen:applied", "principal_fen:applied",
        ),
    ),
    RECOVERY_RECEIVED: ("payment_received", ("amount_fen", "by:payer", "prepay:bool", "recovered_fen:applied")),
    PAYMENT_MISSED: ("payment_missed", ("due_date:date", "unpaid_minimum_fen")),
    REMINDED: ("reminded", ("stage",)),
    BUCKET_CHANGED: ("bucket_changed", ("from:bucket", "to:bucket", "dpd")),
    SCORE_CHANGED: ("score_changed", ("score", "grade:grade")),
    LIMIT_CHANGED: ("limit_changed", ("kind:limit_kind", "from_fen", "to_fen", "by:limit_mover")),
    LIMIT_REQUEST_DECLINED: ("limit_request_declined", ()),
    MONITOR_ALERTED: ("monitor_alerted", ("alert_score",)),
    WAS_SOFT_BLOCKED: ("soft_blocked", ("dpd",)),
    WAS_SUSPENDED: ("suspended", ("dpd", "cause:suspension_cause")),
    BREACH_FOUND: ("breach_found", ("kind:breach", "severity:severity")),
    REINSTATEMENT_REQUESTED: ("reinstatement_requested", ("cause:suspension_cause",)),
    REINSTATEMENT_DECLINED: ("reinstatement_declined", ("cause:suspension_cause",)),
    REINSTATED: ("reinstated", ("cause:suspension_cause",)),
    APPEALED: ("appealed", ("cause:suspension_cause",)),
    APPEAL_DECIDED: ("appeal_decided", ("cause:suspension_cause",)),
    WAS_LOCKED: ("locked", ()),
    WAS_UNLOCKED: ("unlocked", ()),
    CLOSURE_REQUESTED: ("closure_requested", ()),
    CLOSURE_WITHDRAWN: ("closure_withdrawn", ()),
    CLOSURE_BLOCKED: ("closure_blocked", ()),
    WAS_CLOSED: ("closed", ("cause:closure_cause", "balance_fen")),
    REOPENING_REQUESTED: ("reopening_requested", ()),
    HARDSHIP_REQUESTED: ("hardship_requested", ("terms", "amount_fen")),
    HARDSHIP_DECLINED: ("hardship_declined", ("terms", "amount_fen")),
    HARDSHIP_AGREED: ("hardship_agreed", ("terms", "amount_fen", "fee_fen")),
    HARDSHIP_ENDED: ("hardship_ended", ("terms", "amount_fen")),
    WAS_CHARGED_OFF: ("charged_off", ("amount_fen", "principal_fen", "fee_fen")),
    PRODUCT_ENDED: ("product_ended", ()),
    BUREAU_REPORTED: ("bureau_reported", ("dpd",)),
    INCOME_RECEIVED: ("income_received", ("amount_fen", "kind:income_kind")),
    EXPENSES_PAID: ("expenses_paid", ("amount_fen", "kind:expense_kind", "short_fen:if_any", "fund_fen:if_any")),
    FUND_MOVED: ("fund_moved", ("amount_fen", "direction:fund_direction", "arrives:date")),
    FUND_YIELD: ("fund_yield", ("amount_fen",)),
    STEP_REFUSED: ("step_refused", ()),
    APPLICATION_SUBMITTED: ("application_submitted", ("statement_day:form",)),
    LIFE_EVENT: ("life_event", ("kind:life_kind", "amount_fen:figure", "paid_fen:figure", "months:figure", "income_fen:figure")),
    COMPLAINED: ("complained", ("about:complaint", "to:recipient")),
    AUTOPAY_SET: ("setting_changed", ("value:autopay",)),
}  # fmt: skip


UNTOLD: dict[int, tuple[str, ...]] = {
    REFUNDED: ("bought_fen", "bought_terms", "merchant_funded", "cash_order", "bought_day"),
    REFUND_ARRIVED: ("cash_order",),
    WAS_SUSPENDED: ("by_plan",),
    REINSTATED: ("was_suspended",),
}
"""Figures after those that an event tells; the books alone read them."""


def column(figure: str, *kinds: int) -> int:
    """The column of a figure in the rows of these kinds, which all have it in the same place."""
    names = {kind: [name.partition(":")[0] for name in EVENTS[kind][1]] + [*UNTOLD.get(kind, ())] for kind in kinds}
    places = {FIRST_FIGURE + known.index(figure) for known in names.values()}
    if len(places) != 1:
        raise ValueError(f"{figure} is in the columns {sorted(places)}")
    return places.pop()


class Memory(NamedTuple):
    """The account as it stood before the event in row `row`, and what was asked."""

    row: int
    account: Account
    ask: Ask


class Log:
    """Rows written since the log was last emptied, and the set of their kinds (plain form; the engine has its own)."""

    def __init__(self) -> None:
        """An empty log."""
        self.count = 0
        self.told = 0
        self.quiet = 0
        self.rows = [[0] * WIDTH for _ in range(CAPACITY)]
        self.memories: list[Memory] = []

    def clear(self) -> None:
        """Forget what was written."""
        empty(self)
        self.memories.clear()


@rule
def empty(log: Any) -> None:
    """Begin a log anew."""
    log.count = 0
    log.told = 0


@rule
def emit(
    log: Any, kind: int, day: int, a: int = 0, b: int = 0, c: int = 0, d: int = 0, e: int = 0, f: int = 0,
    g: int = 0, h: int = 0, i: int = 0, j: int = 0, k: int = 0, m: int = 0, topic: int = 0, reasons: int = 0,
) -> None:  # fmt: skip
    """Write one event; figures in the order that EVENTS gives. A quiet log leaves out money of daily
    life and what the bureau is told, which nobody counts.
    """
    if log.quiet and BUREAU_REPORTED <= kind <= FUND_YIELD:
        return
    row = log.rows[log.count]
    row[0], row[1] = kind, day
    row[2], row[3], row[4], row[5], row[6], row[7] = a, b, c, d, e, f
    row[8], row[9], row[10], row[11], row[12], row[13] = g, h, i, j, k, m
    row[TOPIC], row[REASONS] = topic, reasons
    log.count += 1
    log.told |= 1 << kind


@plain_only
def remember(log: Any, account: Account, ask: Ask) -> None:
    """Keep the account as it stands for explaining the next event."""
    log.memories.append(Memory(log.count, account.copy(), ask.copy()))

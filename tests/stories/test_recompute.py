"""From a story's lines alone and the policy, its figures come out again."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator

import pytest

from simulator.engine.decode import Event
from simulator.ledger.postings import Books
from simulator.policy.load import load_policy, set_field
from simulator.policy.numeric import to_record
from simulator.policy.schema import Policy
from simulator.story import story_names, story_path
from tests.stories.runs import Run, run

MILLION = 1_000_000
TERMS = (3, 6, 12, 24)
STATEMENT_PARTS = (
    "carried_fen", "unpaid_plan_fen", "unpaid_fee_fen", "purchases_fen", "plan_principal_fen", "plan_fee_fen",
    "revolving_fee_fen", "late_fee_fen",
)  # fmt: skip
FEES = ("late_fee_fen", "revolving_fee_fen", "plan_fee_fen")
PRINCIPAL = ("plan_principal_fen", "principal_fen")


@pytest.fixture(params=story_names())
def told(request: pytest.FixtureRequest) -> Run:
    """One story's lines."""
    return run(request.param)


def rounded(numerator: int, denominator: int) -> int:
    """A quotient, half up."""
    return (2 * numerator + denominator) // (2 * denominator)


def with_policy(told: Run) -> Iterator[tuple[Event, Policy]]:
    """Each line with the policy in force: a change holds from the next day, the product's end at once."""
    name = tomllib.loads(story_path(told.name).read_text(encoding="utf-8"))["policy"]
    policy = load_policy(name)
    coming: list[Event] = []
    for event in told.events:
        while coming and coming[0]["day"] < event["day"]:
            change = coming.pop(0)
            policy = set_field(policy, change["field"], change["to"])
        if event["event"] == "policy_changed":
            coming.append(event)
        if event["event"] == "product_ended":
            policy = set_field(policy, "product_open", False)
        yield event, policy


def principal_moved(event: Event) -> int:
    """What a line adds to the principal owed."""
    kind = event["event"]
    if kind == "purchase_authorised":
        return int(event["amount_fen"])
    if kind == "payment_received":
        return -sum(int(event["applied"].get(part, 0)) for part in PRINCIPAL)
    if kind == "refunded":
        return -int(event["owed_fen"])
    if kind in ("plan_repaid_early", "charged_off"):
        return -int(event["principal_fen"])
    return int(event["fee_fen"]) if kind == "hardship_agreed" else 0


def fees_moved(event: Event) -> int:
    """What a line adds to the fees that are charged and unpaid."""
    kind = event["event"]
    if kind in ("late_fee_charged", "revolving_fee_charged"):
        return int(event["amount_fen"])
    if kind == "statement_made":
        return int(event["plan_fee_fen"])
    if kind == "payment_received":
        return -sum(int(event["applied"].get(part, 0)) for part in FEES)
    return -int(event["fee_fen"]) if kind in ("hardship_agreed", "charged_off") else 0


def cash_moved(event: Event) -> int:
    """What a line adds to the shopper's cash on its day; the fund's way out takes its time."""
    kind = event["event"]
    if kind in ("income_received", "refund_arrived"):
        return int(event["amount_fen"])
    if kind in ("expenses_paid", "payment_received", "cash_purchase"):
        return -int(event["amount_fen"])
    if kind == "plan_repaid_early":
        return -int(event["total_fen"])
    return -int(event["amount_fen"]) if kind == "fund_moved" and event["direction"] == "in" else 0


def test_lines_are_numbered(told: Run) -> None:
    """`seq` counts from 1 without a gap, the summary's is the next; days never fall."""
    lines = [*told.events, told.summary]
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    assert [line["day"] for line in lines] == sorted(line["day"] for line in lines)
    assert lines[0]["event"] == "life_began"


def test_statements_add_up(told: Run) -> None:
    """The eight parts are the balance; what is unpaid of fees is what the lines before leave."""
    fees = 0
    for event in told.events:
        fees += fees_moved(event)
        assert fees >= 0
        if event["event"] == "statement_made":
            assert sum(event[part] for part in STATEMENT_PARTS) == event["balance_fen"]
            on_it = ("unpaid_fee_fen", "plan_fee_fen", "revolving_fee_fen", "late_fee_fen")
            assert sum(event[part] for part in on_it) == fees


def test_minimums(told: Run) -> None:
    """RULES §5, from the statement's own parts, what was missed before, and a limit that expired."""
    missed: set[str] = set()
    last_due, extra, exposure, limit = "", 0, 0, 0
    for event, policy in with_policy(told):
        exposure += principal_moved(event)
        if event["event"] == "line_opened":
            last_due, extra, limit = "", 0, event["limit_fen"]
        elif event["event"] == "limit_changed" and event["kind"] == "permanent":
            limit = event["to_fen"]
        elif event["event"] == "limit_changed" and event["by"] == "expiry":
            extra = max(0, exposure - limit)
        elif event["event"] == "payment_missed":
            missed.add(event["due_date"])
        elif event["event"] == "statement_made":
            carried, new = event["carried_fen"], event["purchases_fen"]
            flat = policy.flat()
            share = MILLION if last_due in missed else flat["minimum_ppm"]
            asked = rounded(new * flat["minimum_ppm"] + carried * share, MILLION)
            always = event["balance_fen"] - carried - new
            small = new + carried - asked < flat["small_balance_fen"]
            wanted = min(event["balance_fen"], asked + always + min(carried, extra))
            assert event["minimum_fen"] == (event["balance_fen"] if small else wanted)
            last_due, extra = event["due_date"], 0


def test_payments_add_up(told: Run) -> None:
    """What a payment was put to is the payment."""
    for event in told.of("payment_received"):
        assert sum(event["applied"].values()) == event["amount_fen"]


def test_plans_follow_rate_and_principal(told: Run) -> None:
    """The rate is the policy's for terms and grade; the terms add up to the principal."""
    grade = ""
    funded: set[int] = set()
    for event, policy in with_policy(told):
        if event["event"] in ("line_opened", "score_changed"):
            grade = event["grade"]
        if event["event"] == "purchase_authorised" and event["merchant_funded"]:
            funded.add(event["order"])
        if event["event"] != "plan_created":
            continue
        schedule, principal = event["schedule"], event["principal_fen"]
        rate = 0 if event["order"] in funded else policy.flat()["fee_rate_ppm"][str(len(schedule))][grade]
        assert len(schedule) in TERMS
        assert event["fee_rate_ppm"] == rate
        assert sum(term["principal_fen"] for term in schedule) == principal
        assert {term["principal_fen"] for term in schedule[:-1]} == {principal // len(schedule)}
        assert {term["fee_fen"] for term in schedule} == {rounded(principal * rate, MILLION)}


def test_exposure_at_the_end(told: Run) -> None:
    """Purchases, less payments, refunds, settlements, write-offs; with fees made principal by hardship."""
    assert sum(principal_moved(event) for event in told.events) == told.summary["exposure_fen"]


def test_available_at_the_end(told: Run) -> None:
    """The limits told last, less what is owed and on hold."""
    limits: Counter[str] = Counter()
    held: dict[int, int] = {}
    for event in told.events:
        if event["event"] == "line_opened":
            limits["permanent"] = event["limit_fen"]
        elif event["event"] == "limit_changed":
            assert limits[event["kind"]] == event["from_fen"]
            limits[event["kind"]] = event["to_fen"]
        elif event["event"] == "purchase_held":
            held[event["order"]] = event["amount_fen"]
        elif event["event"] in ("purchase_released", "purchase_declined"):
            held.pop(event["order"], None)
    assert told.summary["limit_fen"] == limits["permanent"]
    room = sum(limits.values()) - told.summary["exposure_fen"] - sum(held.values())
    assert told.summary["available_fen"] == max(0, room)


def test_cash_and_fund_at_the_end(told: Run) -> None:
    """What came in and went out, from what there was at first."""
    began = told.events[0]
    moved_out = [event for event in told.of("fund_moved") if event["direction"] == "out"]
    arrived = sum(event["amount_fen"] for event in moved_out if event["arrives"] <= told.summary["date"])
    cash = began["cash_fen"] + sum(cash_moved(event) for event in told.events) + arrived
    assert cash == told.summary["cash_fen"]
    fund = began["fund_fen"] - sum(event["amount_fen"] for event in moved_out)
    fund += sum(event["amount_fen"] for event in told.of("fund_moved") if event["direction"] == "in")
    fund += sum(event["amount_fen"] for event in told.of("fund_yield"))
    assert fund == told.summary["fund_fen"]


def test_books_balance(told: Run) -> None:
    """Every entry adds up to 0; the receivables are the principal and the fees that the lines leave."""
    books = Books()
    accounts: Counter[str] = Counter()
    principal = fees = 0
    for event, policy in with_policy(told):
        postings = books.take(event, to_record(policy))
        assert sum(posting.amount_fen for posting in postings) == 0
        for posting in postings:
            accounts[posting.account] += posting.amount_fen
        principal += principal_moved(event)
        fees += fees_moved(event)
        assert accounts["receivable_principal"] == principal
        assert accounts["fees_receivable"] == fees

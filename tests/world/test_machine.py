"""Random lives through the world's own commands; what must always hold is asked after every step."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from simulator.codes import CHARGED_OFF, TERMS
from simulator.ledger.contents import Contents
from simulator.ledger.postings import Books, Posting, trial_balance
from simulator.policy.load import load_policy
from simulator.population.catalogue import items
from simulator.population.people import draw_person, start_people
from simulator.replay import replay_faults
from simulator.rules.balances import available_fen, billed_fees_fen, charged_fen, exposure_fen, frozen_fen
from simulator.world import World
from tests.lives import FIRST_STEPS

ITEMS = [item.key for item in items()]
SIMPLE = (
    "apply", "accept_offer", "verify_identity", "expire_identity", "settle_all", "request_limit", "lock", "unlock",
    "request_closure", "withdraw_closure", "request_reinstatement", "appeal",
)  # fmt: skip


class Life(RuleBasedStateMachine):
    """One life, played at random."""

    def __init__(self) -> None:
        """A folder of its own."""
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.world: World | None = None

    @initialize(
        who=st.integers(0, 30),
        name=st.sampled_from(["standard", "generous", "cautious", "launch-2014"]),
        at_once=st.booleans(),
    )
    def begin(self, who: int, name: str, at_once: bool) -> None:
        """Somebody begins to live under some lender, perhaps with a record and an application."""
        person = start_people()[who].person if who < 3 else draw_person(9, who)
        path = Path(self.folder.name) / "life.db"
        self.world = World.begin(person, load_policy(name), who, datetime.date(2025, 1, 1), save_path=path)
        self.books = Books()
        self.postings: list[Posting] = []
        self.taken = 0
        for step in FIRST_STEPS if at_once else ():
            self.do(**step)

    def do(self, **step: Any) -> None:
        """Do a step; one that is refused changes nothing but the story."""
        assert self.world is not None
        before = self.world.state_hash()
        events = self.world.do(step)
        if [event["event"] for event in events] == ["step_refused"] and step["do"] not in ("buy", "wait"):
            assert self.world.state_hash() == before

    @rule(
        item=st.sampled_from(ITEMS),
        terms=st.sampled_from([1, *TERMS]),
        hour=st.integers(0, 23),
        known=st.booleans(),
    )
    def buy(self, item: str, terms: int, hour: int, known: bool) -> None:
        """Buy on the line."""
        self.do(do="buy", item=item, terms=terms, hour=hour, known_device=known)

    @rule(item=st.sampled_from(ITEMS))
    def buy_with_cash(self, item: str) -> None:
        """Buy with cash."""
        self.do(do="buy", item=item, pay="cash")

    @rule(days=st.integers(1, 45))
    def wait(self, days: int) -> None:
        """Let days pass."""
        self.do(do="wait", days=days)

    @rule(until=st.sampled_from(["statement", "due", "next_event"]))
    def wait_until(self, until: str) -> None:
        """Let days pass until something."""
        self.do(do="wait", until=until)

    @rule(step=st.sampled_from(SIMPLE))
    def ask(self, step: str) -> None:
        """Ask for something."""
        self.do(do=step)

    @rule(amount=st.sampled_from(["full", "minimum"]))
    def repay(self, amount: str) -> None:
        """Pay a bill."""
        self.do(do="repay", amount=amount)

    @rule(yuan=st.integers(1, 3_000))
    def prepay(self, yuan: int) -> None:
        """Pay some amount, ahead too."""
        self.do(do="prepay", amount=yuan)

    @rule(order=st.integers(1, 12), yuan=st.integers(1, 900))
    def refund(self, order: int, yuan: int) -> None:
        """The shop refunds a part."""
        self.do(do="refund", order=order, amount=yuan)

    @rule(order=st.integers(1, 12), step=st.sampled_from(["return", "end_return", "repay_plan"]))
    def about_an_order(self, order: int, step: str) -> None:
        """Send back, keep, or settle."""
        self.do(do=step, order=order)

    @rule(terms=st.sampled_from(TERMS))
    def convert(self, terms: int) -> None:
        """Put the bill on terms."""
        self.do(do="convert_bill", terms=terms)

    @rule(kind=st.sampled_from(["job_loss", "illness", "windfall"]), terms=st.sampled_from([6, 12, 24]))
    def trouble(self, kind: str, terms: int) -> None:
        """Life hits, and relief is asked for."""
        self.do(do="life", event=kind)
        self.do(do="request_hardship", terms=terms)

    @rule(mode=st.sampled_from(["off", "minimum", "full"]))
    def autopay(self, mode: str) -> None:
        """Set autopay."""
        self.do(do="autopay", mode=mode)

    @rule(direction=st.sampled_from(["in", "out"]), yuan=st.integers(1, 2_000))
    def fund(self, direction: str, yuan: int) -> None:
        """Move money."""
        self.do(do="fund", direction=direction, amount=yuan)

    @rule(kind=st.sampled_from(["expired_identity", "unreachable", "cash_out"]))
    @precondition(lambda self: self.world is not None and self.world.day > 60)
    def breach(self, kind: str) -> None:
        """A breach is found."""
        self.do(do="breach", kind=kind)

    @rule(dpd=st.integers(0, 120))
    def elsewhere(self, dpd: int) -> None:
        """Others report days past due."""
        self.do(do="bureau", dpd=dpd)

    @rule(yuan=st.integers(0, 3_000))
    def cap(self, yuan: int) -> None:
        """Set one's own cap."""
        self.do(do="set_cap", amount=yuan)

    @rule()
    @precondition(lambda self: self.world is not None and self.world.day > 200)
    def end_product(self) -> None:
        """The product ends."""
        self.do(do="end_product")

    @rule(days=st.integers(1, 60))
    def what_if(self, days: int) -> None:
        """Try what might come: the world itself does not move."""
        assert self.world is not None
        before, told, postings = self.world.state_hash(), len(self.world.events), self.world.books.copy()
        trial = self.world.trial()
        trial.do({"do": "request_hardship", "terms": 12})
        trial.do({"do": "wait", "days": days})
        trial.do({"do": "settle_all"})
        assert (self.world.state_hash(), len(self.world.events)) == (before, told)
        assert vars(self.world.books) == vars(postings)

    @rule()
    def reopen(self) -> None:
        """Ask for the line back."""
        self.do(do="request_reopening", identity="fresh")

    @rule(value=st.integers(100, 900))
    def change_policy(self, value: int) -> None:
        """The lender changes a price."""
        self.do(do="policy", field="late_fee_ppm", value=value)

    @invariant()
    def the_books_agree_with_the_account(self) -> None:
        """Receivables are what the account owes; every entry balances; no transition outside the table."""
        if self.world is None:
            return
        world, account = self.world, self.world.account
        for event in world.events[self.taken :]:
            entry = self.books.take(event, world.life.record)
            assert sum(posting.amount_fen for posting in entry) == 0
            self.postings += entry
        self.taken = len(world.events)
        sums = trial_balance(self.postings)
        assert sums.get("receivable_principal", 0) == exposure_fen(account)
        assert sums.get("fees_receivable", 0) == billed_fees_fen(account) + charged_fen(account)
        assert account.faults == 0

    @invariant()
    def nothing_is_below_zero(self) -> None:
        """Neither cash nor anything owed is ever negative."""
        if self.world is None:
            return
        account, shopper = self.world.account, self.world.shopper
        assert shopper.cash_fen >= 0 and shopper.fund_fen >= 0
        assert account.limit_fen >= 0 and account.dpd >= 0 and frozen_fen(account) >= 0
        assert all(value >= 0 for name, value in account.leaves() if "_fen" in name or "micro" in name)
        if account.status == CHARGED_OFF:
            assert available_fen(account) == exposure_fen(account) == 0

    @invariant()
    def events_are_numbered_without_gaps(self) -> None:
        """Numbers run from 1."""
        if self.world is not None:
            assert [event["seq"] for event in self.world.events] == list(range(1, len(self.world.events) + 1))

    def teardown(self) -> None:
        """Saved, opened and lived again it is the same life."""
        if self.world is not None:
            hashed, path = self.world.state_hash(), Path(self.folder.name) / "life.db"
            self.world.close()
            again = World.open(path)
            assert again.state_hash() == hashed
            assert again.save is not None
            assert replay_faults(Contents(again.save)) == []
            again.close()
        self.folder.cleanup()


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=30, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)

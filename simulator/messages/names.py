"""Names of codes in plain words: states, causes, kinds (SCREENS §3)."""

from __future__ import annotations

from simulator.rules.arrears import WORST_BUCKET
from simulator.rules.wake import BUCKET_DAYS
from simulator.text import _


def status_text(status: str) -> str:
    """The state of a line in a word or two."""
    return {
        "none": _("No line"),
        "applied": _("Offer waits"),
        "declined": _("Declined"),
        "active": _("Open"),
        "soft-blocked": _("Blocked"),
        "suspended": _("Suspended"),
        "closure-review": _("Closing"),
        "run-off": _("Paying off"),
        "closed": _("Closed"),
        "charged-off": _("Written off"),
    }[status]


def status_mark(status: str, locked: bool = False, due_soon: bool = False, held: bool = False) -> str:
    """The mark before a state: never colour alone."""
    if status == "active" and locked:
        return "[=]"
    if status == "active":
        return "[!]" if due_soon or held else "[ok]"
    return {
        "soft-blocked": "[!!]", "suspended": "[x]", "applied": "[?]", "closure-review": "[?]", "run-off": "[>]",
        "charged-off": "[#]",
    }.get(status, "[-]")  # fmt: skip


def suspension_text(cause: str) -> str:
    """A cause of suspension."""
    return {"overdue": _("late payment"), "fraud": _("an alert"), "breach": _("broken terms")}[cause]


def closure_text(cause: str) -> str:
    """A cause of closure."""
    return {
        "": "",
        "shopper": _("you asked"),
        "overdue": _("not paid"),
        "fraud": _("fraud confirmed"),
        "fraud_not_answered": _("an alert not answered"),
        "breach": _("broken terms"),
        "product_ended": _("the product ended"),
    }[cause]


def bucket_days(bucket: int) -> tuple[int, int]:
    """The first and the last day of lateness of a bucket; the worst one goes on after its last."""
    last = bucket * BUCKET_DAYS
    return max(0, last - BUCKET_DAYS + 1), last


def bucket_days_text(bucket: int) -> str:
    """The days that a bucket stands for, in words."""
    low, high = bucket_days(bucket)
    if bucket == 0:
        return _("not late")
    told = _("{low} days and more") if bucket == WORST_BUCKET else _("{low} to {high} days")
    return told.format(low=low, high=high)


def bucket_name(bucket: int) -> str:
    """A bucket and its days, as short as a table needs it: M1 1-30."""
    low, high = bucket_days(bucket)
    return f"M{bucket} " + (f"{low}+" if bucket == WORST_BUCKET else f"{low}-{high}" if bucket else f"{low}")


def bucket_text(bucket: str) -> str:
    """A bucket of lateness with the days that it stands for."""
    return _("{bucket} ({days})").format(bucket=bucket, days=bucket_days_text(int(bucket[1:])))


def complaint_text(about: str) -> str:
    """What a complaint is about; words of one's own stay as they are."""
    return {
        "decline": _("a refusal"), "cut": _("a cut limit"), "hold": _("a purchase that has to wait"),
        "suspension": _("the suspension"), "contact": _("too many reminders"),
    }.get(about, about)  # fmt: skip


def breach_text(kind: str) -> str:
    """A breach of terms."""
    return {
        "false_identity": _("a false identity"),
        "selling_account": _("selling the account"),
        "cash_out": _("turning the line into cash for others"),
        "expired_identity": _("an expired identity document"),
        "unreachable": _("not being reachable"),
    }[kind]


def life_text(kind: str) -> str:
    """A life event."""
    return {
        "job_loss": _("You lost your job"),
        "illness": _("You fell ill"),
        "disaster": _("A disaster struck your home"),
        "pay_rise": _("A pay rise"),
        "windfall": _("Money you did not expect"),
    }[kind]


def cause_text(cause: str) -> str:
    """A cause of a change of limit."""
    return {
        "opening": _("line opened"),
        "review": _("review went well"),
        "request": _("asked for"),
        "late": _("late payment"),
        "score": _("score fell"),
        "utilisation": _("long near the limit"),
        "dormant": _("not used"),
        "warning": _("early warning"),
        "season": _("festival begins"),
        "expiry": _("festival over"),
        "closure": _("line ended"),
    }[cause]


def setting_text(name: str) -> str:
    """A setting or record."""
    return {
        "autopay": _("Autopay"),
        "spend_cap": _("Own spend cap"),
        "elsewhere_dpd": _("Days late elsewhere"),
    }.get(name, name)


def autopay_text(mode: str) -> str:
    """A way of autopay: off, minimum or full."""
    return {"off": _("off"), "minimum": _("minimum"), "full": _("in full")}[mode]


def limit_cause_text(cause: str) -> str:
    """A cause of a limit's change."""
    return {
        "opening": _("opening"),
        "review": _("review"),
        "request": _("asked for"),
        "late": _("late payment"),
        "score": _("score"),
        "utilisation": _("used up, minimum only"),
        "dormant": _("not used for long"),
        "warning": _("warning signs"),
        "season": _("season"),
        "expiry": _("season over"),
        "closure": _("closure"),
    }[cause]


def news_text(kind: str) -> str:
    """What happened to a shopper, in a word."""
    return {
        "limit_up": _("limit up"),
        "limit_down": _("limit down"),
        "approved": _("approved"),
        "declined": _("declined"),
        "counter_offer": _("offered less"),
        "suspended": _("suspended"),
        "reinstated": _("suspension over"),
        "closed": _("closed"),
        "charged_off": _("written off"),
        "reopened": _("back again"),
        "hardship": _("hardship plan"),
        "limit_ended": _("limit ended"),
    }[kind]

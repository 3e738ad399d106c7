"""Parts of a comparison's figures, and its head, in words."""

from __future__ import annotations

from simulator.lab.compare import Comparison
from simulator.policy.spoken import warning_texts
from simulator.text import _, date_text, one_day

PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("volume", ("approval_ppm", "active", "gmv_fen", "exposure_fen", "limit_total_fen", "utilisation_ppm", "instalment_share_ppm")),
    ("profit", (
        "profit_fen", "return_ppm", "fee_income_fen", "late_income_fen", "merchant_income_fen", "funding_cost_fen",
        "provision_added_fen", "charged_off_fen", "recovered_fen", "operating_cost_fen", "collection_cost_fen", "acquisition_cost_fen",
    )),
    ("risk", ("dpd30_plus_ppm", "dpd90_plus_ppm", "loss_ppm", "ever_90_ppm")),
    ("people", (
        "over_indebted", "service_over_40", "fee_burden_ppm", "given_up_fen", "leavers", "complaints", "limits_raised",
        "limits_cut", "limits_season", "suspended_overdue", "closed_by_system",
    )),
)  # fmt: skip


def part_title(part: str) -> str:
    """A part's name."""
    return {"volume": _("Volume"), "profit": _("Profit"), "risk": _("Risk"), "people": _("People")}[part]


def head(found: Comparison) -> str:
    """What is compared, over whom."""
    setting = found.setting
    told = _("{first} against {second}: {shoppers} shoppers, {days} days from {date}, seed {seed}")
    return one_day(told.format(
        first=setting.champion.name, second=found.challenger.name, shoppers=f"{found.shoppers:,}", days=f"{setting.days:,}",
        date=date_text(setting.calendar.date_of(setting.today), weekday=False), seed=setting.seed,
    ))  # fmt: skip


def timeline_text(found: Comparison) -> str:
    """Since when the second policy holds."""
    setting = found.setting
    days = f"{setting.warm_up_days + setting.today:,}"
    if setting.timeline == "from_today" and setting.before:
        text = _("From today: both begin with the same people, who have lived {days} days under the policies that really held.")
        return one_day(text.format(days=days))
    if setting.timeline == "from_today":
        text = _("From today: both begin with the same people, who have lived {days} days under {policy}.")
        return one_day(text.format(days=days, policy=setting.champion.name))
    text = _("As if always: under each policy the same people live from their first day, {days} days before the first.")
    return one_day(text.format(days=f"{setting.warm_up_days:,}"))


def warned_texts(found: Comparison) -> list[str]:
    """What either policy is warned of, such as a rate above the legal cap and what is charged instead."""
    policies = [found.champion] if found.champion.flat() == found.challenger.flat() else [found.champion, found.challenger]
    return [
        _("{policy}: {warning}").format(policy=each.name, warning=text) for each in policies for text in warning_texts(each)
    ]


def swap_text(found: Comparison) -> str:
    """How many have a line under one policy only."""
    text = _("A line under {first} only: {champion} people; under {second} only: {challenger}.")
    return text.format(
        first=found.champion.name, second=found.challenger.name, champion=f"{len(found.only_champion):,}",
        challenger=f"{len(found.only_challenger):,}",
    )  # fmt: skip


def rounding_text() -> str:
    """How the figures of a table are rounded."""
    return _("Figures are rounded, so that the first and the difference make the second.")

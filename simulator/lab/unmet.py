"""Unmet: values of a policy that nobody in the market can meet, so that no answer changes with them, and why."""

from __future__ import annotations

from simulator.population.behaviour.asking import HARDSHIP_TERMS
from simulator.text import _

NEVER_MET = (
    "offer_days", "bureau_grace_days", "hardship_service_ppm", "reopen_overdue_days", "warning_score", "decrease_ppm.warning",
)  # fmt: skip
"""Values with which no measure moves, whatever they are."""


def unmet_text(path: str) -> str:
    """Why a value changes nothing in the market, or nothing beyond some point; "" where it can."""
    return {
        "offer_days": _("In the market a smaller offer is taken on its day or never, so this changes no figure."),
        "bureau_grace_days": _("Only other lenders are told this, and nobody in the market is judged by it, so it changes no figure."),
        "hardship_service_ppm": _("In the market people ask for relief only after a shock, which is reason enough, so this changes no figure."),
        "reopen_overdue_days": _("In the market only those ask for a line back who closed it themselves, so this changes no figure."),
        "warning_score": _("Nobody in the market is warned of early, so this changes no figure."),
        "decrease_ppm.warning": _("Nobody in the market is warned of early, so this changes no figure."),
        "return_days": _("In the market orders are sent back within a few days of buying; more days than that change no figure."),
        "hardship_terms": _("In the market people ask for {terms} terms; more than that change no figure.").format(terms=HARDSHIP_TERMS),
    }.get(path, "")

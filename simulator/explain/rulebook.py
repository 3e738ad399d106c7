"""Rulebook: what the sections are called that an answer rests on, in words; answers themselves keep the numbers."""

from __future__ import annotations

import re

from simulator.text import _


def rule_text(rule: str) -> str:
    """The sections of "RULES 5, 7" by name, each with its number."""
    sections = [
        _("{title} ({number})").format(title=_titles()[number], number=number) for number in re.findall(r"\d+", rule)
    ]
    head = _("By the rule: {sections}") if len(sections) == 1 else _("By the rules: {sections}")
    return head.format(sections=_("; ").join(sections))


def _titles() -> dict[str, str]:
    """What each section is about."""
    return {
        "1": _("days and their order"),
        "2": _("application, score and first limit"),
        "3": _("purchases"),
        "4": _("instalment plans"),
        "5": _("bill and minimum"),
        "6": _("payments"),
        "7": _("daily fees and being late"),
        "8": _("settling a plan early"),
        "9": _("refunds"),
        "10": _("limits"),
        "11": _("monitoring, suspension, closing, reopening"),
        "12": _("the lender's books"),
        "13": _("measures"),
        "15": _("a change of policy"),
    }

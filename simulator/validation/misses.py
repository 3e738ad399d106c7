"""Misses: why the standard population misses a target, as far as it is understood; and how to read a figure that is odd."""

from __future__ import annotations

from simulator.text import _


def remark(name: str) -> str:
    """How to read a figure, whether or not it lies in its band; "" where it speaks for itself."""
    if name != "score_odds":
        return ""
    return _(
        "The spread is wider than the band: only a few lines of one seed open within ten points of 600, and one loss more "
        "or less moves its odds much. The figure is that of all seeds together, their good ones over their bad ones."
    )


def why_missed(name: str) -> str:
    """What is known of a miss; a plain sentence."""
    known = {
        "mpc_path": _(
            "A raise is felt over months, but those who were at their limit use the room at once, and after three years "
            "reviews have moved both worlds' limits together: the effect is early instead of growing."
        ),
        "reminder": _(
            "Here most of those over 30 days late are out of work: a reminder finds no money. It brings the forgetful back "
            "sooner, which lowers late fees as far as published, but lifts the cure of those over 30 days late less."
        ),
        "roll_m1_m2": _(
            "At a month's end bills missed by forgetting are mostly paid already, since reminders work within days; what "
            "is in M1 is owed by people out of work and goes on to M2 more often than in published portfolios."
        ),
        "score_odds": _(
            "Few lines a year open within ten points of 600, and a loss more or less moves the odds much; over ten seeds "
            "they are about 20 to 1."
        ),
        "util_by_limit": _("Use differs less here than on real cards between the lowest fifth of limits and the highest."),
        "util_shape": _("Too few accounts with a little use: lines here are either the usual way to pay or left alone."),
        "late_tail": _("Lateness by want of money, which lasts, weighs more here than lateness by forgetting."),
    }  # fmt: skip
    return known.get(name, _("This miss is not understood yet."))

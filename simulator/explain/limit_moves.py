"""Limit moves: by what share of itself a limit went up or down, by the policy of that day."""

from __future__ import annotations

from typing import Any

from simulator.codes import GRADES
from simulator.explain.answer import Line
from simulator.rules.decreases import decreased_limit, largest_cut_ppm
from simulator.rules.limits import increased_limit
from simulator.rules.reasons import LIMIT_CUT, TOPICS
from simulator.text import _, percent_text
from simulator.world import World

UNBOUNDED_FEN = 2**31 - 1
"""So much is bounded by nothing."""


def limit_move_lines(world: World, event: dict[str, Any]) -> list[Line]:
    """The share of a cut or a raise, and that it ends at whole hundreds; nothing where more than the share decided."""
    if event["kind"] != "permanent":
        return []
    told = _cut(world, event) if event["to_fen"] < event["from_fen"] else _raise(world, event)
    return [told, Line("  " + _("then down to whole hundreds"), "")] if told else []


def _cut(world: World, event: dict[str, Any]) -> Line | None:
    """RULES §10: the largest cut of all the causes that hold."""
    codes = {reason["code"] for reason in event["reasons"]}
    causes = sum(1 << place for place, reason in enumerate(TOPICS[LIMIT_CUT]) if reason.code in codes)
    policy = world.record_on(event["day"])
    before = world.account.copy()
    before.limit_fen = event["from_fen"]
    if not causes or decreased_limit(before, policy, causes) != event["to_fen"]:
        return None
    return Line("  " + _("cut by this share of it"), percent_text(largest_cut_ppm(policy, causes)))


def _raise(world: World, event: dict[str, Any]) -> Line | None:
    """RULES §10: the share of the grade, as long as nothing bounds it."""
    grade = next((reason["actual"] for reason in event["reasons"] if reason["code"] == "grade_reached"), -1)
    if grade < 0:
        return None
    share_ppm = world.record_on(event["day"]).increase_ppm[grade]
    if increased_limit(event["from_fen"], share_ppm, UNBOUNDED_FEN) != event["to_fen"]:
        return None
    return Line("  " + _("raised by this share of it, for grade {grade}").format(grade=GRADES[grade]), percent_text(share_ppm))

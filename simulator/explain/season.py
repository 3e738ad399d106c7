"""Season: how a festival's extra limit came about, until when it is there, and what comes of it when it goes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from simulator.explain.answer import PPM, Line, value_text
from simulator.money import money
from simulator.policy.record import PolicyRecord
from simulator.rules.arithmetic import down_to_hundred_yuan, share
from simulator.text import _, date_text
from simulator.world import World


def last_day_of_season(policy: PolicyRecord, first_day: datetime.date) -> datetime.date | None:
    """The last day of the season that began on a day; None where the policy has no such season."""
    for place in range(policy.season_count):
        season = policy.season[place]
        festival = first_day + datetime.timedelta(days=int(season.before))
        if (festival.month, festival.day) == (season.month, season.dom):
            return festival + datetime.timedelta(days=int(season.after))
    return None


def season_text(world: World, event: Mapping[str, Any]) -> str:
    """Until when an extra is there that this event gave, or what it leaves for the next minimum; "" for other events."""
    if event["event"] != "limit_changed":
        return ""
    if event["by"] == "season":
        last_day = last_day_of_season(world.record_on(event["day"]), datetime.date.fromisoformat(event["date"]))
        return _("Its last day is {date}.").format(date=date_text(last_day, weekday=False)) if last_day else ""
    return over_text(world) if event["by"] == "expiry" and event["seq"] == _last_expiry(world) else ""


def over_text(world: World) -> str:
    """What lay over the limit when an extra went, as long as the next bill has not asked for it."""
    over = world.account.expiry_extra_fen
    told = _("{amount} lay over your limit when the season's extra ended; it joins the minimum of your next bill.")
    return told.format(amount=money(over)) if over else ""


def _last_expiry(world: World) -> int:
    return max((each["seq"] for each in world.events if each["event"] == "limit_changed" and each["by"] == "expiry"), default=0)


def season_lines(event: Mapping[str, Any]) -> list[Line]:
    """The share of the limit that an extra is, and that it ends at whole hundreds."""
    parts = given_by(event)
    if parts is None:
        return []
    limit, share_ppm = parts
    return [
        Line("  " + _("of a limit of"), money(limit)),
        Line("  " + _("this share"), value_text(share_ppm, PPM)),
        Line("  " + _("then down to whole hundreds"), ""),
    ]


def given_by(event: Mapping[str, Any]) -> tuple[int, int] | None:
    """The limit and the share of it that an extra was; None where they do not give it."""
    for reason in event["reasons"]:
        if reason["code"] == "season_opens":
            limit, share_ppm = int(reason["actual"]), int(reason["threshold"])
            return (limit, share_ppm) if down_to_hundred_yuan(share(limit, share_ppm)) == event["to_fen"] else None
    return None

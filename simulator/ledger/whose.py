"""Whose life a save holds: a name that Whiteslip gave is told in the reader's language, one's own as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.population.names import name_of, name_places
from simulator.population.people import start_people
from simulator.text import LANGUAGES, language


def name_told(begun: Mapping[str, Any]) -> str:
    """The name of a life by its first command, in the reader's language."""
    if "past" in begun:
        return _of_shopper(begun["past"])
    given = dict(begun["person"])
    kept = str(given.pop("name"))
    for each in start_people():
        traits = each.person.as_dict()
        del traits["name"]
        if traits == given:
            return each.name
    return kept


def _of_shopper(past: Mapping[str, Any]) -> str:
    """The name of a shopper of the market, unless the life was given another one."""
    places = name_places(int(past["town"]["seed"]), int(past["number"]))
    kept = str(past["name"])
    return name_of(*places, language()) if kept in {name_of(*places, each) for each in LANGUAGES} else kept

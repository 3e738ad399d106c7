"""A page with charts: the answer of the Lab as one HTML file that works by itself."""

from __future__ import annotations

import importlib.util

from simulator.lab.answer import Answer
from simulator.lab.setting import Setting
from simulator.policy.schema import Policy
from simulator.text import _


def can_be_made() -> bool:
    """Whether what draws the charts is installed."""
    return importlib.util.find_spec("plotly") is not None


def charts_page(answer: Answer, setting: Setting, trial: Policy) -> str:
    """The page as HTML; it takes a second or two, so it is made off the loop."""
    from simulator import __version__
    from simulator.lab.compare import Comparison
    from simulator.lab.report import report

    if trial.name == setting.champion.name:
        trial = trial.model_copy(update={"name": _("trial")})
    only = (tuple(range(answer.swap.only_champion)), tuple(range(answer.swap.only_challenger)))
    return report(
        Comparison(setting, trial, answer, *only, lived_again=0, seconds=0.0, threads=0), "", __version__
    )

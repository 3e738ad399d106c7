"""Ready: compiling what the Lab runs where that has not been done on this machine.

`python -m simulator.lab.ready` compiles and ends.
"""

from __future__ import annotations

from collections.abc import Callable

from simulator.compiled import LAB, keep_house


def make_ready() -> None:
    """Compile what the Lab runs, or load it: two people, two days, two policies."""
    from simulator.lab.reading import answer_of
    from simulator.lab.sample import Sample
    from simulator.lab.setting import Setting
    from simulator.lab.trial import Trial
    from simulator.policy.load import load_policy, set_field

    champion = load_policy("standard")
    sample = Sample(Setting(champion, days=2, warm_up_days=2), threads=1)
    trial = Trial(sample, set_field(champion, "funding_rate_ppm", 0))
    trial.go_on(2, lambda: False)
    answer_of(trial, 2)
    sample.close()
    keep_house(LAB)


def make_ready_apart(cancel: Callable[[], bool]) -> bool:
    """Compile in a process of its own; whether that ended well. It is ended where `cancel` says so."""
    from simulator.engine.apart import compile_apart

    return compile_apart("simulator.lab.ready", cancel)


if __name__ == "__main__":
    make_ready()

"""Stories: lives written down as TOML, run without a screen (INTERFACE, Stories)."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from simulator.bounds import LARGEST_SEED, LAST_YEAR, within_calendar
from simulator.disk import cause_unread
from simulator.engine.decode import Event
from simulator.faulty import Faulty
from simulator.files import fixture, may_be_file
from simulator.policy.faults import PolicyError, shown
from simulator.policy.load import load_policy, set_field
from simulator.policy.schema import Policy
from simulator.population.people import Person, PersonError, complete, unknown_job
from simulator.rules.steps import LAST_DAY_OF_WAIT
from simulator.steps import ChangePolicy, Plain, StepError, date_of
from simulator.text import _, language
from simulator.world import STORY, World, understood

SUMMARY_FIELDS = (
    "status", "locked", "limit_fen", "available_fen", "exposure_fen", "dpd", "bucket", "cash_fen", "fund_fen", "score",
    "grade", "health", "state_hash", "day", "date", "seq",
)  # fmt: skip
_NO_NUMBERS = ("status", "locked", "bucket", "grade", "state_hash", "date")
_COMPARISONS = {"_at_least": "at least", "_at_most": "at most"}
_REQUIRED = ("title", "policy", "seed", "start", "step")
_KNOWN = (*_REQUIRED, "shopper")
_STAND_INS = {"title": "", "policy": "standard", "seed": 0, "start": "2025-01-01", "step": [{"do": "lock"}]}
"""For what a story lacks, so that whatever else is wrong with it is told too."""


class StoryError(Faulty):
    """A story that cannot be run."""


@dataclass(frozen=True)
class Story:
    """A checked story."""

    title: str
    policy: Policy
    seed: int
    start: Any
    person: Person
    steps: list[dict[str, Any]]
    remarks: tuple[str, ...] = ()
    """What is taken otherwise than somebody may think."""


@dataclass
class StoryResult:
    """What came of a story: the world as it ended, its summary, and expectations that failed."""

    world: World
    summary: Event
    failures: list[str] = field(default_factory=list)


def story_path(name_or_file: str | Path) -> Path:
    """A story by the name of a fixture or by path. Raises StoryError."""
    path = Path(name_or_file)
    if may_be_file(path):
        return path
    named = Path(str(fixture("stories", f"{name_or_file}.toml")))
    if named.is_file():
        return named
    if near := get_close_matches(str(name_or_file), story_names()):
        raise StoryError([_("There is no story “{name}”; did you mean {near}?").format(name=name_or_file, near=", ".join(near))])
    known = ", ".join(story_names())
    raise StoryError(
        [_("There is no story “{name}”; there are {known}.").format(name=name_or_file, known=known)]
    )


def story_names() -> list[str]:
    """The names of the stories that come with the program."""
    return sorted(path.stem for path in Path(str(fixture("stories"))).glob("*.toml"))


def story_titles() -> dict[str, str]:
    """The title of each story that comes with the program, in the reader's language."""
    titles = {name: tomllib.loads(story_path(name).read_text(encoding="utf-8"))["title"] for name in story_names()}
    return {name: _(title) for name, title in titles.items()}


def load_story(name_or_file: str | Path, policy: str | None = None, seed: int | None = None) -> Story:
    """Read and check a story, every step of it. Raises StoryError with all faults."""
    try:
        path = story_path(name_or_file)
    except StoryError as error:
        faults = list(error.faults)
        if policy is not None:
            _policy(policy, faults)
        raise StoryError(faults) from error
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StoryError(
            [_("{file} cannot be read: {error}.").format(file=path.name, error=cause_unread(error))]
        ) from error
    return _checked(told, path.name, policy, seed)


def _checked(told: dict[str, Any], file: str, policy_name: str | None, seed: int | None) -> Story:
    faults = [_("The story lacks “{key}”.").format(key=key) for key in _REQUIRED if key not in told]
    faults += [
        _("The story has no use for “{key}”; it takes {known}.").format(key=key, known=", ".join(_KNOWN))
        for key in told if key not in _KNOWN
    ]  # fmt: skip
    told = _STAND_INS | told
    chosen_seed = told["seed"] if seed is None else seed
    if isinstance(chosen_seed, bool) or not isinstance(chosen_seed, int) or not 0 <= chosen_seed <= LARGEST_SEED:
        faults.append(_not_allowed("seed", chosen_seed, _("a whole number from {low} to {high}").format(low=0, high=f"{LARGEST_SEED:,}")))
        chosen_seed = 0
    if not isinstance(told["title"], str):
        faults.append(_not_allowed("title", told["title"], _("text")))
    start = _start(told["start"], faults)
    person = _person(told.get("shopper", {}), chosen_seed, faults)
    steps = told["step"]
    if not isinstance(steps, list) or not steps or not all(isinstance(step, dict) for step in steps):
        faults.append(_not_allowed("step", steps, _("at least one [[step]]")))
        steps = []
    faults = [_("{file}: {fault}").format(file=file, fault=fault) for fault in faults]
    policy = _policy(told["policy"] if policy_name is None else policy_name, faults)
    lived = policy
    for number, step in enumerate(steps, 1):
        lived, found = _after(step, lived)
        faults += [
            _("{file}, step {number}: {fault}").format(file=file, number=number, fault=fault) for fault in found
        ]
    if not faults and start is not None and not within_calendar(start, 0, _days_of(steps)):
        faults.append(_("{file}, start: with the days of its steps the story would leave the calendar.").format(file=file))
    if faults or policy is None or person is None:
        raise StoryError(faults)
    remark = unknown_job(person.job)
    return Story(str(told["title"]), policy, chosen_seed, start, person, steps, (f"{file}, {remark}",) if remark else ())


def _not_allowed(key: str, given: Any, allowed: str) -> str:
    return _("{key}: {given} is not allowed; {allowed}.").format(key=key, given=shown(given), allowed=allowed)


def _start(given: Any, faults: list[str]) -> datetime.date | None:
    try:
        start = date_of(given)
    except ValueError:
        faults.append(_not_allowed("start", given, _("a date such as 2025-01-01")))
        return None
    if start.year > LAST_YEAR:
        faults.append(_not_allowed("start", given, _("a date up to {year}-12-31").format(year=LAST_YEAR)))
        return None
    return start


def _days_of(steps: list[dict[str, Any]]) -> int:
    """The most days that may pass in these steps."""
    return sum(step.get("days", LAST_DAY_OF_WAIT) for step in steps if step["do"] == "wait")


def _policy(name: Any, faults: list[str]) -> Policy | None:
    """The policy of a name or file; its faults name that themselves."""
    try:
        return load_policy(str(name))
    except PolicyError as error:
        faults += error.faults
        return None


def _person(given: Any, seed: int, faults: list[str]) -> Person | None:
    if not isinstance(given, dict):
        faults.append(_not_allowed("shopper", given, _("a table")))
        return None
    try:
        return complete({key: _in_our_language(value) for key, value in given.items()}, seed)
    except PersonError as error:
        faults += error.faults
        return None


def _in_our_language(value: Any) -> Any:
    """A value that may be told in each language, {en, zh}, as it is told in the one in use."""
    return value.get(language(), value) if isinstance(value, dict) else value


def _after(step: dict[str, Any], policy: Policy | None) -> tuple[Policy | None, list[str]]:
    """The policy as a step leaves it, the steps before it done, and what is wrong with the step."""
    if step.get("do") == "expect":
        return policy, list(_expect_faults(step))
    try:
        match understood(step):
            case ChangePolicy(field=name, value=value) if policy is not None:
                policy = set_field(policy, name, value)
            case Plain(do="end_product") if policy is not None:
                policy = set_field(policy, "product_open", False)
    except (StepError, PolicyError) as error:
        return policy, error.faults
    return policy, []


def _expect_faults(step: dict[str, Any]) -> Iterator[str]:
    expectations = {key: value for key, value in step.items() if key != "do"}
    if not expectations:
        yield _("expect: name at least one field of the summary.")
    for key, value in expectations.items():
        name, comparison = _split(key)
        if name not in SUMMARY_FIELDS:
            yield _("expect: the summary has no “{key}”.").format(key=key)
        elif comparison and name in _NO_NUMBERS:
            yield _("expect, {key}: {name} is no number; only numbers are at least or at most something.").format(key=key, name=name)
        elif fault := _value_fault(name, value):
            yield _("expect, {key}: {fault}.").format(key=key, fault=fault)


def _value_fault(name: str, value: Any) -> str:
    """What a field of the summary is, where an expected value is another kind of thing."""
    if name == "locked":
        return "" if isinstance(value, bool) else _("true or false")
    if name == "date":
        try:
            date_of(value)
        except ValueError:
            return _("a date such as 2025-01-01")
        return ""
    if name in _NO_NUMBERS:
        return "" if isinstance(value, str) else _("text")
    return "" if isinstance(value, int) and not isinstance(value, bool) else _("a whole number")


def _split(key: str) -> tuple[str, str]:
    for ending in _COMPARISONS:
        if key.endswith(ending):
            return key.removesuffix(ending), ending
    return key, ""


def run_story(
    source: str | Path,
    policy: str | None = None,
    seed: int | None = None,
    save: Path | None = None,
    on_event: Callable[[Event], None] = lambda event: None,
) -> StoryResult:
    """Run a story; `on_event` gets each event once it is on disk. Raises StoryError, SaveExists."""
    return run_loaded(load_story(source, policy, seed), save, on_event)


def run_loaded(
    story: Story, save: Path | None = None, on_event: Callable[[Event], None] = lambda event: None
) -> StoryResult:
    """Run a checked story. Raises SaveExists and kin."""
    world = World.begin(story.person, story.policy, story.seed, story.start, STORY, save)
    failures: list[str] = []
    for event in world.events:
        on_event(event)
    for number, step in enumerate(story.steps, 1):
        if step["do"] == "expect":
            failures += expectation_failures(number, _plain(step), world.summary())
            continue
        for event in world.do(_plain(step)):
            on_event(event)
    summary = world.summary()
    on_event(summary)
    world.close()
    return StoryResult(world, summary, failures)


def _plain(step: dict[str, Any]) -> dict[str, Any]:
    """A step as it is written to the save."""
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in step.items()}


def expectation_failures(number: int, step: dict[str, Any], summary: Event) -> list[str]:
    """What an `expect` found otherwise, a sentence each."""
    failures = []
    for key, wanted in step.items():
        if key == "do":
            continue
        name, comparison = _split(key)
        found = summary[name]
        held = {
            "": found == wanted,
            "_at_least": _reaches(found, wanted),
            "_at_most": _reaches(wanted, found),
        }[comparison]
        if not held:
            failures.append(
                _("Step {number}: expected {key} {wanted}, found {found}.").format(
                    number=number, key=key, wanted=wanted, found=found
                )
            )
    return failures


def _reaches(more: Any, less: Any) -> bool:
    return isinstance(more, int) and isinstance(less, int) and more >= less

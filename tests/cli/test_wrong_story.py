"""What is wrong in a story is said before its first step: exit status 2, no event and no save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run

HEAD = ('title = "t"', 'policy = "standard"', "seed = 1", 'start = "2025-01-02"')


def written(folder: Path, *steps: str, head: tuple[str, ...] = HEAD) -> Path:
    """A story file of these steps, each its keys in one line."""
    path = folder / "told.toml"
    lines = [*head, *(f"\n[[step]]\n{step.replace('; ', chr(10))}" for step in steps)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def faults(run: Run, tmp_path: Path) -> Callable[..., list[str]]:
    """What is said of a story of these steps; nothing may be left behind."""

    def told(*steps: str, head: tuple[str, ...] = HEAD) -> list[str]:
        save = tmp_path / "life.db"
        found = run("story", str(written(tmp_path, *steps, head=head)), "--json", "--save", str(save)).faults
        assert not save.exists()
        return found

    return told


Faults = Callable[..., list[str]]


def test_an_item_that_no_shop_has_is_named(faults: Faults) -> None:
    told = faults('do = "caption"; text = "t"', 'do = "buy"; item = "nonexistent"')
    assert [each.partition("; ")[0] for each in told] == ["told.toml, step 2: The catalogue has no item “nonexistent”"]
    assert "the items are phone_basic, " in told[0]


@pytest.mark.parametrize(
    ("word", "near"),
    [("Headphones", "headphones"), ("headphnes", "headphones"), ("耳机", "headphones, earbuds"), ("rice cooker", "rice_cooker")],
)
def test_an_item_that_is_nearly_right_is_asked_after(faults: Faults, word: str, near: str) -> None:
    assert faults(f'do = "buy"; item = "{word}"') == [f"told.toml, step 1: The catalogue has no item “{word}”; did you mean {near}?"]


def test_a_step_without_a_name_and_one_that_is_nearly_right(faults: Faults) -> None:
    missing, near = faults("days = 3", 'do = "applly"')
    assert missing.startswith("told.toml, step 1: “do” is missing; the steps are accept_offer, ")
    assert ", expect, " in missing
    assert near == "told.toml, step 2: There is no step “applly”; did you mean apply, appeal?"


def test_a_job_that_there_is_not_is_remarked_on_and_taken(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, 'do = "wait"; days = 1', head=(*HEAD, "[shopper]", 'job = "astronaut"'))
    told = run("story", str(path), "--json")
    assert told.status == 0
    assert told.err.startswith("told.toml, shopper, job: “astronaut” is none of the jobs here")


def test_what_was_given_is_told_with_its_file(faults: Faults) -> None:
    head = (HEAD[0], HEAD[1], "seed = -1", "start = 5", "[shopper]", 'age = "old"', "student = 1")
    assert faults('do = "wait"; days = 1', head=head) == [
        "told.toml: seed: -1 is not allowed; a whole number from 0 to 9,223,372,036,854,775,807.",
        "told.toml: start: 5 is not allowed; a date such as 2025-01-01.",
        'told.toml: shopper, age: "old" is not allowed; a whole number from 0 to 120.',
        "told.toml: shopper, student: 1 is not allowed; true or false.",
    ]


def test_policy_steps_are_checked_on_the_policy_that_the_steps_before_them_leave(faults: Faults) -> None:
    told = faults(
        'do = "policy"; field = "min_limit_fen"; value = 4000000',
        'do = "wait"; days = 1',
        'do = "policy"; field = "max_limit_fen"; value = 3000000',
    )
    assert told == [
        "told.toml, step 3: min_limit_fen is 4_000_000 and max_limit_fen is 3_000_000; "
        "min_limit_fen may not be above max_limit_fen."
    ]


def test_a_policy_step_may_need_the_one_before_it(run: Run, tmp_path: Path) -> None:
    steps = ('do = "policy"; field = "max_limit_fen"; value = 6000000', 'do = "policy"; field = "min_limit_fen"; value = 5500000')
    assert run("story", str(written(tmp_path, *steps))).status == 0


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ('event = "job_loss"; figures = {months = 9223372036854775807}', "months is 9223372036854775807; allowed is a whole number from 1 to 120."),
        ('event = "job_loss"; figures = {months = -5}', "months is -5; allowed is a whole number from 1 to 120."),
        ('event = "job_loss"; figures = {months = 0}', "months is 0; allowed is a whole number from 1 to 120."),
        ('event = "job_loss"; figures = {weeks = 3}', "job_loss has no figure “weeks”."),
        ('event = "illness"; figures = {months = 3}', "illness has no figure “months”."),
    ],
)
def test_figures_of_a_life_event_have_bounds(faults: Faults, keys: str, told: str) -> None:
    assert faults(f'do = "life"; {keys}') == [f"told.toml, step 1: life: {told}"]


@pytest.mark.parametrize("start", ["9999-12-31", "9991-01-01"])
def test_a_story_starts_no_later_than_a_market(faults: Faults, start: str) -> None:
    head = (*HEAD[:3], f'start = "{start}"')
    assert faults('do = "wait"; days = 1', head=head) == [f'told.toml: start: "{start}" is not allowed; a date up to 9990-12-31.']


@pytest.mark.parametrize("start", ['"9990-12-31"', "9990-12-31", '"0001-01-01"'])
def test_a_story_stays_within_the_calendar(faults: Faults, start: str) -> None:
    head = (*HEAD[:3], f"start = {start}")
    told = faults('do = "wait"; days = 3300', 'do = "wait"; until = "due"', head=head)
    assert told == ["told.toml, start: with the days of its steps the story would leave the calendar."]


@pytest.mark.parametrize("start", ['"20250102"', '"2025-W01-1"', '"2025-1-2"', "5", "2025-01-02T03:04:05"])
def test_a_start_is_written_as_in_options(faults: Faults, start: str) -> None:
    (told,) = faults('do = "wait"; days = 1', head=(*HEAD[:3], f"start = {start}"))
    assert told.startswith("told.toml: start: ") and told.endswith(" is not allowed; a date such as 2025-01-01.")


@pytest.mark.parametrize("seed", ["-1", "true", "1.0", '"1"', "9223372036854775808"])
def test_a_seed_has_the_bounds_of_options(faults: Faults, seed: str) -> None:
    (told,) = faults('do = "wait"; days = 1', head=(*HEAD[:2], f"seed = {seed}", HEAD[3]))
    assert told.startswith("told.toml: seed: ") and told.endswith("; a whole number from 0 to 9,223,372,036,854,775,807.")


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ('limit_fen = "5"', "limit_fen: a whole number."),
        ("limit_fen_at_least = true", "limit_fen_at_least: a whole number."),
        ("dpd = 1.0", "dpd: a whole number."),
        ("status = 3", "status: text."),
        ("locked = 0", "locked: true or false."),
        ('date = "20250102"', "date: a date such as 2025-01-01."),
        ("status_at_least = 3", "status_at_least: status is no number; only numbers are at least or at most something."),
        ('grade_at_most = "B"', "grade_at_most: grade is no number; only numbers are at least or at most something."),
    ],
)
def test_what_is_expected_is_of_the_kind_that_the_summary_has(faults: Faults, expected: str, told: str) -> None:
    assert faults('do = "wait"; days = 1', f'do = "expect"; {expected}') == [f"told.toml, step 2: expect, {told}"]


def test_a_date_is_expected_as_text_or_as_a_date(run: Run, tmp_path: Path) -> None:
    told = run("story", str(written(tmp_path, 'do = "expect"; date = 2025-01-02; locked = false', 'do = "expect"; date = "2025-01-02"')))
    assert (told.status, told.err) == (0, "Every expectation of the story held.\n")


def test_a_key_too_many_or_too_few_hides_no_other_fault(faults: Faults) -> None:
    head = ('title = "t"', 'policy = "nope"', 'start = "now"', "colour = 3")
    told = faults('do = "fly"', head=head)
    assert [each.partition("; ")[0] for each in told] == [
        "told.toml: The story lacks “seed”.", "told.toml: The story has no use for “colour”",
        'told.toml: start: "now" is not allowed',
        'There is no policy "nope"', "told.toml, step 1: There is no step “fly”",
    ]  # fmt: skip


def test_a_story_may_begin_with_the_mark_that_some_editors_write(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, 'do = "wait"; days = 1')
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert run("story", str(path)).status == 0

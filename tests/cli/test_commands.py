"""`story`, `why`, `policy` and `save`: what they print, and how they end."""

from __future__ import annotations

import csv
import json
import sqlite3
import tomllib
from pathlib import Path

import pytest

from simulator import __version__, files, text
from simulator.cli import command_tree
from simulator.story import story_names
from simulator.text import LANGUAGES
from tests.cli.conftest import Run

STORY = """
title = "Two days"
policy = "standard"
seed = 1
start = "2025-01-01"
[[step]]
do = "wait"
days = 2
[[step]]
do = "expect"
day = {day}
"""


def test_help_lists_the_commands_that_work_most_used_first(run: Run) -> None:
    listed = [
        line.split()[0]
        for line in run("--help").out.partition("Commands:\n")[2].splitlines()
        if line[:2] == "  "
    ]

    assert listed[:13] == [
        "play", "story", "demo", "quote", "why", "simulate", "shopper", "compare", "sweep", "validate", "policy", "save",
        "doctor",
    ]  # fmt: skip


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("path", [(), ("policy",), ("save",)])
def test_help_is_cut_off_nowhere_at_80_columns(
    run: Run, monkeypatch: pytest.MonkeyPatch, tongue: str, path: tuple[str, ...]
) -> None:
    monkeypatch.setenv("WHITESLIP_LANG", tongue)
    monkeypatch.setenv("COLUMNS", "80")
    told = run(*path, "--help").out
    commands = told.partition(f"{text._('Commands')}:\n")[2]
    assert commands and "..." not in commands
    assert "new game" not in told


def test_the_toolkits_own_words_of_a_help_page_are_chinese_too(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHITESLIP_LANG", "zh")
    told = run("quote", "--help").out
    assert told.startswith("用法: whiteslip quote ")
    assert "\n参数:\n" in told and "\n选项:\n" in told and "[必填]" in told
    assert told.splitlines()[-1].split() == ["-h,", "--help", "显示这段说明。"]


def test_the_version_is_told(run: Run) -> None:
    assert run("--version") == (0, f"whiteslip {__version__}\n", "")


def test_every_help_text_has_its_chinese(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setenv("WHITESLIP_LANG", "zh")
    run("--help")
    waiting, told = [command_tree()], []
    while waiting:
        command = waiting.pop()
        waiting += getattr(command, "commands", {}).values()
        told += [command.help, *(parameter.help for parameter in command.params)]

    assert [said for said in told if said.isascii()] == []


def test_a_story_is_told_day_by_day_with_a_summary(run: Run) -> None:
    told = run("story", "first-bill")

    assert (told.status, told.err) == (0, "Every expectation of the story held.\n")
    assert all(line[:2] in ("20", "  ", "") for line in told.out.splitlines())
    assert told.out.splitlines()[-1].split()[:2] == ["financial", "health"]


def test_stories_are_listed_by_name_and_title(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    told = run("story", "--list").out.splitlines()
    assert len(told) == len(story_names())
    assert told[5].split(maxsplit=1) == ["first-bill", "Cash first, then a bill paid in full"]
    monkeypatch.setenv("WHITESLIP_LANG", "zh")
    assert not run("story", "--list").out.splitlines()[5].isascii()


def test_a_story_as_json_is_one_object_a_line_and_ends_with_the_summary(run: Run) -> None:
    told = run("story", "first-bill", "--json")
    events = [json.loads(line) for line in told.out.splitlines()]

    assert (told.status, told.err) == (0, "")
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert [event["event"] for event in events].index("summary") == len(events) - 1
    assert events[0]["event"] == "life_began"


def test_an_expectation_that_fails_is_status_1_after_the_summary(run: Run, tmp_path: Path) -> None:
    story = tmp_path / "two.toml"
    story.write_text(STORY.format(day=3), encoding="utf-8")
    told = run("story", str(story), "--json")

    assert told.status == 1
    assert json.loads(told.out.splitlines()[-1])["day"] == 2
    assert told.err == "Step 2: expected day 3, found 2.\n"


def test_a_story_takes_another_seed_and_policy(run: Run, tmp_path: Path) -> None:
    story = tmp_path / "two.toml"
    story.write_text(STORY.format(day=2), encoding="utf-8")
    first, same, other = (
        run("story", str(story), "--json", "--seed", seed, "--policy", "cautious").out
        for seed in ("5", "5", "6")
    )

    assert first == same != other


def test_a_save_is_never_written_over(run: Run, save: Path) -> None:
    before = save.read_bytes()

    assert run("story", "first-bill", "--save", str(save)).faults
    assert save.read_bytes() == before


def test_why_answers_with_sentence_formula_inputs_and_entries(run: Run, save: Path) -> None:
    told = run("why", str(save), "limit", "--json").json

    assert (told["figure"], told["value"], told["unit"]) == ("limit", 600_000, "fen")
    assert told["sentence"] and told["formula"]
    assert all(isinstance(value, int) for value in told["inputs"].values())
    assert told["entries"]
    assert run("why", str(save), "limit").out.startswith("Limit: 6,000.00\n")


def test_why_goes_back_to_an_earlier_day(run: Run, save: Path) -> None:
    assert run("why", str(save), "balance", "--day", "35", "--json").json["value"] == 40_000
    assert run("why", str(save), "balance", "--json").json["value"] == 0


@pytest.mark.parametrize("figure", ["nonsense", "plan:99", "statement:1:minimum", ""])
def test_why_of_an_unknown_figure_is_refused(run: Run, save: Path, figure: str) -> None:
    assert len(run("why", str(save), figure, "--json").faults) == 1
    assert len(run("why", str(save), "limit", "--day", "4000").faults) == 1


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ("event:3:", "Entry 3 has no figure “”; it has order, amount_fen, hour."),
        ("event:3:colour", "Entry 3 has no figure “colour”; it has order, amount_fen, hour."),
        ("event:2:colour", "Entry 2 has no figures."),
        ("statement:31:balance", "There is no bill of day 31; bills were made on days 30, 58."),
        ("statement:30", "A bill has no “”; it has balance, minimum, carried, "),
    ],
)
def test_why_of_what_there_is_not_says_what_there_is(run: Run, save: Path, figure: str, told: str) -> None:
    (fault,) = run("why", str(save), figure).faults
    assert fault.startswith(told)


def test_policies_are_listed_with_what_they_are(run: Run) -> None:
    told = run("policy", "list").out

    assert {line.split()[0] for line in told.splitlines()} >= {
        "standard",
        "cautious",
        "generous",
        "launch-2014",
    }


def test_a_shown_policy_is_one_that_check_accepts(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "copy.toml"
    path.write_text(run("policy", "show", "generous").out, encoding="utf-8")

    assert run("policy", "check", str(path)).status == 0
    shown, copied = (run("policy", "show", name, "--json").json for name in ("generous", str(path)))
    assert {**shown, "name": ""} == {**copied, "name": ""}
    assert shown["fee_rate_ppm"]["12"]["C"] > 0


def test_a_policy_above_a_legal_cap_is_a_warning_and_a_fault_only_where_strict(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "dear.toml"
    path.write_text('from = "standard"\nlate_fee_ppm = 900\n', encoding="utf-8")
    told = run("policy", "check", str(path))

    assert told.status == 0
    assert "late_fee_ppm" in told.err
    assert "late_fee_ppm" in run("policy", "check", str(path), "--strict").faults[0]


def test_a_broken_policy_is_refused_with_every_fault(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text('from = "standard"\nminimum_ppm = true\nreview_month = 6\n', encoding="utf-8")

    assert len(run("policy", "check", str(path)).faults) == 2
    assert len(run("quote", "500", "--terms", "3", "--policy", str(path)).faults) == 2
    assert len(run("play", "--policy", str(path)).faults) == 2


def test_the_schema_is_json(run: Run) -> None:
    assert run("policy", "schema").json["type"] == "object"


def test_a_new_policy_names_its_base_from_where_it_lies(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "below").mkdir()

    assert run("policy", "new", "first.toml", "--from", "cautious").status == 0
    assert run("policy", "new", "below/second.toml", "--from", "first.toml").status == 0
    assert tomllib.loads((tmp_path / "below/second.toml").read_text())["from"] == "../first.toml"
    assert run("policy", "check", "below/second.toml").status == 0
    assert run("policy", "new", "first.toml", "--from", "standard").faults


def test_a_sound_save_is_said_to_be_sound(run: Run, save: Path) -> None:
    told = run("save", "check", str(save))

    assert (told.status, told.out, told.err) == (0, "life.db is sound.\n", "")


@pytest.mark.parametrize("figure", ["plan", "plan:", "statement", "decision", "event"])
def test_why_of_one_of_many_asks_which(run: Run, save: Path, figure: str) -> None:
    (fault,) = run("why", str(save), figure).faults
    assert fault.startswith(f"“{figure}” does not say which; write it like {figure.rstrip(':')}:")


def test_a_save_of_another_rulebook_is_said_not_to_be_replayed(run: Run, save: Path) -> None:
    with sqlite3.connect(save) as connection:
        connection.execute("UPDATE meta SET value = '\"of another day\"' WHERE key = 'rulebook'")
    connection.close()
    told = run("save", "check", str(save))

    assert (told.status, told.err) == (0, "")
    assert told.out == "life.db is sound; it was not replayed, for it was played under another rulebook.\n"


def test_a_command_that_there_is_not_is_damage(run: Run, save: Path) -> None:
    with sqlite3.connect(save) as connection:
        connection.execute("UPDATE commands SET body = '{\"do\": \"fly\"}' WHERE number = 3")
    connection.close()
    told = run("save", "check", str(save))

    assert (told.status, told.out) == (1, "")
    assert told.err.startswith("life.db is damaged: There is no step “fly”; ") and told.err.count("\n") == 1


@pytest.mark.parametrize(
    "damage",
    ["UPDATE states SET body = '{'", "UPDATE states SET body = '{}'", "UPDATE states SET body = '[]'", "UPDATE events SET body = '{'",
     "UPDATE events SET body = '{}'", "UPDATE events SET body = '[]'", "UPDATE commands SET body = '{}'", "UPDATE commands SET body = '7'",
     "DELETE FROM commands", "DELETE FROM states", "DELETE FROM meta", "UPDATE meta SET value = '9'"],
)  # fmt: skip
@pytest.mark.parametrize("day", [(), ("--day", "9")])
def test_why_says_of_a_damaged_save_that_it_is(run: Run, save: Path, damage: str, day: tuple[str, ...]) -> None:
    with sqlite3.connect(save) as connection:
        connection.execute(damage)
    connection.close()
    (fault,) = run("why", str(save), "limit", *day).faults
    assert fault.startswith("life.db is damaged: ")


def test_why_says_of_a_damaged_event_that_it_is_not_what_the_rules_give(run: Run, save: Path) -> None:
    with sqlite3.connect(save) as connection:
        connection.execute("UPDATE events SET body = json_object('date', json_extract(body, '$.date')) WHERE event = 'application_decided'")
    connection.close()
    (fault,) = run("why", str(save), "limit").faults
    assert fault == "life.db is damaged: “decision” is missing."


def test_a_damaged_save_is_status_1_with_a_sentence_and_stays_as_it_is(run: Run, save: Path) -> None:
    with sqlite3.connect(save) as connection:
        connection.execute("UPDATE postings SET amount_fen = amount_fen + 1 WHERE rowid = 5")
    connection.close()
    before = save.read_bytes()
    told = run("save", "check", str(save))

    assert (told.status, told.out) == (1, "")
    assert told.err.endswith(".\n")
    assert save.read_bytes() == before


def test_of_a_save_with_a_broken_page_nothing_is_exported(run: Run, save: Path) -> None:
    with sqlite3.connect(save) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        place = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'postings'").fetchone()[0] - 1
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    content = bytearray(save.read_bytes())
    content[place * size : (place + 1) * size] = bytes(size)
    save.write_bytes(content)
    told = run("save", "export", str(save), "--to", "csv")

    assert [fault.startswith("life.db is damaged") for fault in told.faults] == [True]
    assert not save.with_name("life-csv").exists()


@pytest.mark.parametrize("content", [b"", b"not a save", b"SQLite format 3\x00" + bytes(200)])
def test_a_file_that_is_no_save_is_status_1(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(content)
    told = run("save", "check", str(path))

    assert (told.status, told.out) == (1, "")
    assert len(told.err.splitlines()) == 1
    assert run("why", str(path), "limit").faults
    assert run("save", "export", str(path), "--to", "csv").faults
    assert path.read_bytes() == content


def test_saves_are_listed_and_found_by_name(run: Run) -> None:
    assert "no save yet" in run("save", "list").out
    files.saves_folder().mkdir(parents=True)
    assert run("story", "first-bill", "--save", str(files.saves_folder() / "mine.db")).status == 0
    (files.saves_folder() / "broken.db").write_bytes(b"?")
    listed = run("save", "list").out.splitlines()

    assert listed[0].split() == ["mine", "Lin", "Yue", "2025-03-10"]
    assert listed[1].startswith("broken.db")
    assert run("save", "check", "mine").status == 0
    assert run("save", "check", "mine.db").status == 0


def test_a_save_is_exported_as_csv_and_json(run: Run, save: Path) -> None:
    written = {
        kind: run("save", "export", str(save), "--to", kind).out.splitlines() for kind in ("csv", "json")
    }
    with open(
        next(name for name in written["csv"] if "events" in name), encoding="utf-8", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    events = json.loads(
        Path(next(name for name in written["json"] if "events" in name)).read_text(encoding="utf-8")
    )

    assert [int(row["seq"]) for row in rows] == [event["seq"] for event in events]
    assert {Path(name).stem for name in written["csv"]} == {Path(name).stem for name in written["json"]}

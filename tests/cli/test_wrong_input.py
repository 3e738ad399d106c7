"""Wrong input: exit status 2, one plain sentence a fault, nothing on standard output."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from simulator import text
from tests.cli.conftest import Run

RATE = ("--terms", "12", "--fee-rate-ppm", "8000")


@pytest.fixture(autouse=True)
def with_extras(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong with a place is told alike, whether or not the package that writes to it is installed."""
    find = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name in ("pyarrow", "plotly") or find(name))


@pytest.mark.parametrize(
    "amount",
    ["abc", "", " ", "0", "0.00", "1000000.01", "1,299.00", "1299.", ".5", "12.345", "12.3456", "1e3", "+5", " 5",
     "１２", "0x10", "NaN", "inf", "1_000", "--", "9" * 5000, "5\n", "5 yuan", "¥5"],
)  # fmt: skip
@pytest.mark.parametrize("shape", [(), ("--json",)])
def test_an_amount_that_is_none_is_refused(run: Run, amount: str, shape: tuple[str, ...]) -> None:
    assert len(run("quote", *RATE, *shape, "--", amount).faults) == 1


def test_an_amount_with_three_decimals_is_mended(run: Run) -> None:
    assert run("quote", "12.345", *RATE).faults == ["12.345 has three decimals; write 12.35."]


@pytest.mark.parametrize(
    ("written", "plain"),
    [("1299.999", "1300.00"), ("1,300.00", "1300.00"), ("¥1299", "1299.00"), ("１２９９", "1299.00"), ("1299 元", "1299.00"), ("1299.", "1299.00")],
)  # fmt: skip
def test_what_an_amount_is_to_be_written_as_is_taken(run: Run, written: str, plain: str) -> None:
    (fault,) = run("quote", written, *RATE).faults
    assert fault.startswith(written) and fault.endswith(f"; write {plain}.")
    assert run("quote", plain, *RATE, "--json").status == 0


def test_an_amount_below_0_is_not_taken_for_an_option(run: Run) -> None:
    assert run("quote", "-5", *RATE).faults == ["-5 is below 0, which no value here may be."]


@pytest.mark.parametrize("amount", ["0.01", "1", "1000000", "1000000.00", "0001", "5.5"])
def test_amounts_within_bounds_are_taken(run: Run, amount: str) -> None:
    assert run("quote", amount, *RATE, "--json").status == 0


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--terms", "5"), "--terms"),
        (("--terms", "0"), "--terms"),
        (("--terms", "-3"), "--terms"),
        (("--terms", "twelve"), "--terms"),
        (("--terms", "12.0"), "--terms"),
        (("--terms", "12", "--grade", "F"), "--grade"),
        (("--terms", "12", "--grade", "c"), "--grade"),
        (("--terms", "12", "--grade", "AB"), "--grade"),
        (("--terms", "12", "--grade", ""), "--grade"),
        (("--terms", "12", "--statement-day", "29"), "--statement-day"),
        (("--terms", "12", "--statement-day", "0"), "--statement-day"),
        (("--terms", "12", "--statement-day", "1.0"), "--statement-day"),
        (("--terms", "12", "--date", "2025-02-30"), "--date"),
        (("--terms", "12", "--date", "20250301"), "--date"),
        (("--terms", "12", "--date", "5 March"), "--date"),
        (("--terms", "12", "--date", "9999-12-31"), "--date"),
        (("--terms", "12", "--date", "0000-01-01"), "--date"),
        (("--terms", "12", "--fee-rate-ppm", "0.5"), "--fee-rate-ppm"),
        (("--terms", "12", "--fee-rate-ppm", "-1"), "--fee-rate-ppm"),
        (("--terms", "12", "--fee-rate-ppm", "1000001"), "--fee-rate-ppm"),
        (("--terms", "12", "--fee-rate-ppm", "many"), "--fee-rate-ppm"),
        (("--terms", "12", "--fee-rate-ppm", "8000", "--policy", "standard"), "--policy"),
        (("--terms", "12", "--fee-rate-ppm", "8000", "--grade", "C"), "--grade"),
        (("--terms", "12", "--policy", "nowhere"), "nowhere"),
        (("--terms", "12", "--policy", "nowhere/at/all.toml"), "nowhere"),
        ((), "--terms"),
        (("--terms",), "--terms"),
        (("--term", "12"), "--term"),
        (("--terms", "12", "--json=yes"), "--json"),
        (("--terms", "12", "600"), "600"),
    ],
)
@pytest.mark.parametrize("shape", [(), ("--json",)])
def test_a_wrong_option_is_named_in_one_sentence(
    run: Run, options: tuple[str, ...], named: str, shape: tuple[str, ...]
) -> None:
    faults = run("quote", "500", *shape, *options).faults

    assert len(faults) == 1
    assert named in faults[0]


def test_every_fault_is_said_at_once(run: Run) -> None:
    faults = run(
        "quote", "12.345", "--terms", "5", "--grade", "F", "--date", "2025-02-30", "--statement-day", "29"
    ).faults

    assert faults == [
        "12.345 has three decimals; write 12.35.",
        "--terms is 5; allowed: 3, 6, 12, 24.",
        "--grade is F; allowed: A, B, C, D, E.",
        "--date is 2025-02-30; allowed is a date of the calendar, written like 2025-03-05.",
        "--statement-day is 29; allowed is a whole number from 1 to 28.",
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("bogus",), "There is no command bogus; see `whiteslip --help`."),
        (("stroy", "first-bill"), "There is no command stroy; did you mean story?"),
        (("policy", "shwo", "standard"), "There is no command shwo; did you mean show?"),
        (("--bogus",), "There is no option --bogus; see `whiteslip --help`."),
        (("quote", "5", "--term", "3"), "There is no option --term; did you mean --terms, --date?"),
        (("quote",), "AMOUNT is missing; see `whiteslip quote --help`."),
        (("why", "life.db"), "FIGURE is missing; see `whiteslip why --help`."),
        (("policy", "new", "mine.toml"), "--from is missing; see `whiteslip policy new --help`."),
        (("save", "export", "life.db"), "--to is missing; see `whiteslip save export --help`."),
        (("doctor", "now"), "now is more than the command takes; see `whiteslip doctor --help`."),
        (("quote", "5", "--terms"), "--terms needs a value; see `whiteslip --help`."),
        (
            ("policy",),
            "A command is missing, one of list, show, check, schema, new; see `whiteslip policy --help`.",
        ),
        (("save",), "A command is missing, one of check, list, export; see `whiteslip save --help`."),
        (("story", "nowhere"), None),
        (("story", "first-bill", "--seed", "-1"), None),
        (("story", "first-bill", "--seed", "x"), None),
        (("story", "first-bill", "--policy", "nowhere"), None),
        (("story", "first-bill", "--save", "no/such/folder/life.db"), None),
        (("story", "first-bill", "--save", "."), None),
        (("story", "first-bill", "--speed", "9"), None),
        (("why", "nowhere.db", "limit"), None),
        (("why", "nowhere.db", "limit", "--day", "x", "--json"), None),
        (("policy", "show", "nowhere"), None),
        (("policy", "show", "nowhere", "--json"), None),
        (("policy", "check", "nowhere.toml"), None),
        (("policy", "new", "no/such/folder/mine.toml", "--from", "standard"), None),
        (("policy", "new", "mine.toml", "--from", "nowhere"), None),
        (("save", "check", "nowhere.db"), None),
        (("save", "check", "."), None),
        (("save", "export", "nowhere.db", "--to", "xml"), None),
        (("play", "--lang", "fr"), None),
        (("play", "--screen", "academy"), None),
        (("play", "--seed", "1.5"), None),
        (("play", "--policy", "nowhere"), None),
        (("play", "--save", "."), None),
        (("demo", "nowhere"), None),
    ],
)
def test_a_command_line_that_does_not_fit_is_refused(
    run: Run, arguments: tuple[str, ...], sentence: str | None
) -> None:
    faults = run(*arguments).faults

    assert faults
    if sentence is not None:
        assert faults == [sentence]


@pytest.mark.parametrize(
    "arguments",
    [("simulate", "--policy", ""), ("compare", "", "standard"), ("compare", "standard", ""), ("shopper", "1", "--policy", ""),
     ("sweep", "", "--field", "hold_score=80:90:5"), ("story", "first-bill", "--policy", ""), ("play", "--policy", ""),
     ("quote", "500", "--terms", "12", "--policy", ""), ("policy", "show", "")],
)  # fmt: skip
def test_a_policy_without_a_name_is_not_the_standard_one(run: Run, arguments: tuple[str, ...]) -> None:
    (fault,) = run(*arguments).faults
    assert fault.startswith("There is no policy \"\"; allowed: ")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("quote", "0", "--terms", "5", "--policy", "nope"), ("0 is out of range", "--terms is 5", "no policy")),
        (("quote", "0", "--terms", "12", "--fee-rate-ppm", "x", "--policy", "nope"), ("0 is", "--fee-rate-ppm is x", "both name a rate", "no policy")),
        (("story", "nope", "--save", "/nope/x.db", "--policy", "nope2", "--seed", "x"), ("--seed is x", "no folder", "no story", "no policy")),
        (("policy", "new", "/nope/x", "--from", "nope"), ("no folder", "no policy")),
        (("compare", "nope", "nope2", "--days", "0"), ("--days is 0", '"nope"', '"nope2"')),
    ],
)
def test_no_fault_hides_another(run: Run, arguments: tuple[str, ...], named: tuple[str, ...]) -> None:
    faults = run(*arguments).faults
    assert len(faults) == len(named), faults
    for word in named:
        assert any(word in fault for fault in faults), (word, faults)


@pytest.mark.parametrize(
    "options",
    [("simulate", "--out", "same", "--csv", "same"), ("simulate", "--csv", "same", "--parquet", "same"),
     ("simulate", "--csv", "same", "--parquet", "./there/../same"), ("simulate", "--out", "there/x.db", "--csv", "there"),
     ("compare", "standard", "cautious", "--report", "same", "--out", "same"),
     ("sweep", "standard", "--field", "hold_score=80:90:5", "--out", "kept.db", "--csv", "kept.db")],
)  # fmt: skip
def test_two_outputs_in_one_place_are_refused_before_the_run(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").mkdir()
    (fault,) = run(*options, "--shoppers", "9").faults
    assert fault.endswith(" are to be written in the same place; name another.")
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="a folder that takes no files")
@pytest.mark.parametrize(
    "options",
    [("simulate", "--out", "/proc/x.db"), ("simulate", "--csv", "/proc/x"), ("compare", "standard", "cautious", "--report", "/proc/x"),
     ("sweep", "standard", "--field", "hold_score=80:90:5", "--out", "/proc/x.db"), ("story", "first-bill", "--save", "/proc/x.db"),
     ("policy", "new", "/proc/x.toml", "--from", "standard"), ("validate", "--report", "/proc/x.md")],
)  # fmt: skip
def test_a_place_that_takes_no_files_is_told_before_the_run(run: Run, options: tuple[str, ...]) -> None:
    (fault,) = run(*options).faults
    assert fault == f"{options[-1] if options[-2] != '--from' else options[2]} cannot be written: nothing may be written there; choose another folder."


@pytest.mark.parametrize("option", ["--out", "--csv", "--parquet"])
def test_an_output_without_a_name_is_refused(run: Run, option: str) -> None:
    assert run("simulate", option, "").faults == ["The name of a file or folder is empty; give one."]


def test_a_name_too_long_is_refused(run: Run, tmp_path: Path) -> None:
    (fault,) = run("story", "first-bill", "--save", str(tmp_path / ("x" * 300))).faults
    assert fault.endswith(" cannot be written: File name too long.")


@pytest.mark.parametrize("amount", ["9" * 26, "1000000.01", "99999999999999.999"])
def test_an_amount_too_large_is_told_the_bound_of_a_quote(run: Run, amount: str) -> None:
    (fault,) = run("quote", amount, *RATE).faults
    assert fault == f"{amount} is out of range; an amount is above 0 and at most 1,000,000.00."


def test_a_date_too_late_is_told_the_last_one(run: Run) -> None:
    assert run("quote", "500", *RATE, "--date", "9999-12-31").faults == ["--date is 9999-12-31; the last date allowed is 9990-12-31."]


def test_a_number_that_is_empty_is_not_the_usual_one(run: Run) -> None:
    (fault,) = run("sweep", "standard", "--field", "hold_score=80:90:5", "--shoppers", "").faults
    assert fault == "--shoppers is empty; allowed is a whole number from 1 to 10,000,000."


def test_faults_are_said_in_the_language_of_the_environment(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHITESLIP_LANG", "zh")

    assert run("quote", "500", "--terms", "5").faults == ["--terms 写的是 5；可以用：3、6、12、24。"]
    assert run("bogus").faults == ["没有命令 bogus；请看 `whiteslip --help`。"]


def test_a_language_that_there_is_not_changes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHITESLIP_LANG", "fr")

    assert run("quote", "0", *RATE).faults
    assert text.language() == "en"


def test_a_file_where_a_folder_should_be_is_told_as_what_it_is(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("afile").touch()
    for place in ("afile/x", "afile/x/y"):
        told = run("simulate", "--shoppers", "5", "--csv", place).faults
        assert told == ["afile is a file, so nothing can lie in it; name a folder."]
    assert run("simulate", "--shoppers", "5", "--csv", "none/x").faults == ["There is no folder none; make it first."]

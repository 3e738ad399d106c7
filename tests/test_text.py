"""Text in two languages: every message has its Chinese, with the same figures in it, ready to run."""

import ast
import datetime
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from simulator import text
from simulator.files import fixture

ROOT = Path(__file__).parent.parent
AREAS = sorted(text.CATALOGUES.glob("*.po"))


def translations() -> Iterator[tuple[str, Message]]:
    """Every message of every area that has a translation in force."""
    for path in AREAS:
        with path.open("rb") as file:
            for message in read_po(file, locale="zh_CN"):
                if message.id and message.string and not message.fuzzy:
                    yield path.stem, message


def extracted() -> Iterator[tuple[str, str]]:
    """Every message in the sources: (where, message)."""
    for folder in ("simulator", "tui"):
        for name, line, message, *_rest in extract_from_dir(
            ROOT / folder, [("**.py", "python")], keywords={"_": None}, strip_comment_tags=True
        ):
            if isinstance(message, str) and message:
                yield f"{folder}/{name}:{line}", message


def placeholders(message: object) -> set[str]:
    """The {names} in a message, as they stand."""
    return set(re.findall(r"\{[^{}]*\}", str(message)))


def test_every_message_in_the_sources_has_its_chinese() -> None:
    known = {message.id for _area, message in translations()}
    missing = [f"{where}: {message}" for where, message in extracted() if message not in known]
    if missing:
        pytest.fail("no Chinese for:\n" + "\n".join(missing), pytrace=False)


FROM_TYPER = {
    "Install completion for the current shell.",
    "Show completion for the current shell, to copy it or customize the installation.",
    "Show this message and exit.",
    "Arguments",
    "Options",
    "Commands",
}
"""What the toolkit of commands says, shown in Chinese too."""


def written() -> Iterator[str]:
    """Every text in the sources: messages, and what becomes one, such as a command's first paragraph."""
    for folder in ("simulator", "tui"):
        for path in (ROOT / folder).rglob("*.py"):
            for part in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value
                    yield " ".join(part.value.split("\n\n")[0].split())
    for path in fixture("stories").iterdir():
        yield from re.findall(r'^(?:title|text) = "(.*)"$', path.read_text("utf-8"), re.MULTILINE)


def test_every_translation_is_of_a_text_that_there_is() -> None:
    there = set(written()) | FROM_TYPER
    assert [f"{area}.po: {message.id}" for area, message in translations() if message.id not in there] == []


def test_no_message_hides_in_a_formatted_string() -> None:
    """There it is not found when messages are gathered, and would stay English."""
    hidden = [
        f"{path.relative_to(ROOT)}:{part.lineno}"
        for folder in ("simulator", "tui")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for formatted in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(formatted, ast.JoinedStr)
        for part in ast.walk(formatted)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "_"
    ]
    assert hidden == []


def test_a_translation_has_the_same_figures_as_its_message() -> None:
    wrong = [
        f"{area}.po: {message.id} -> {message.string}"
        for area, message in translations()
        if placeholders(message.id) != placeholders(message.string)
    ]
    if wrong:
        pytest.fail("placeholders differ in:\n" + "\n".join(wrong), pytrace=False)


def test_two_areas_never_say_the_same_message_differently() -> None:
    said: dict[str, tuple[str, str]] = {}
    clashes = []
    for area, message in translations():
        first, chinese = said.setdefault(str(message.id), (area, str(message.string)))
        if chinese != message.string:
            clashes.append(f"{first}.po and {area}.po: {message.id}")
    if clashes:
        pytest.fail("two translations of:\n" + "\n".join(clashes), pytrace=False)


@pytest.mark.parametrize("source", AREAS, ids=lambda source: source.stem)
def test_the_compiled_catalogue_is_up_to_date(source: Path) -> None:
    target = source.with_suffix(".mo")
    assert target.exists(), f"{target.name} is not there: make messages"
    assert target.read_bytes() == text.compiled(source), f"{target.name} is old: make messages"


def test_a_message_without_chinese_stays_english_and_an_empty_one_stays_empty() -> None:
    text.use(text.CHINESE)
    assert text._("A sentence that nobody wrote.") == "A sentence that nobody wrote."
    assert text._("") == ""


def test_the_language_changes_at_run_time() -> None:
    no_amount = "No amount is given; write one like 1299.00."
    assert text._(no_amount) == no_amount
    text.use(text.CHINESE)
    assert text._(no_amount) == "还没有写金额；写成 1299.00 这样。"
    assert text.language() == "zh"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        ({"WHITESLIP_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"WHITESLIP_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, "zh"),
        ({"WHITESLIP_LANG": "fr", "LANG": "zh_CN.UTF-8"}, "zh"),
    ],
)
def test_who_has_a_chinese_terminal_is_spoken_to_in_chinese(environment: dict[str, str], language: str) -> None:
    assert text.language_around(environment) == language


def test_another_language_is_refused_and_nothing_changes() -> None:
    with pytest.raises(ValueError, match="'fr'"):
        text.use("fr")
    assert text.language() == "en"


@pytest.mark.parametrize(
    ("language", "year", "weekday", "written"),
    [
        ("en", True, True, "Wed 5 Mar 2025"),
        ("en", False, True, "Wed 5 Mar"),
        ("en", False, False, "5 Mar"),
        ("zh", True, True, "2025年3月5日 周三"),
        ("zh", True, False, "2025年3月5日"),
        ("zh", False, False, "3月5日"),
    ],
)
def test_a_date_is_written_as_its_language_does(
    language: str, year: bool, weekday: bool, written: str
) -> None:
    text.use(language)
    assert text.date_text(datetime.date(2025, 3, 5), year=year, weekday=weekday) == written


def test_the_ground_floor_imports_nothing_heavy() -> None:
    modules = "calendar, codes, files, money, random, registry, row, text"
    asked = (
        f"from simulator import {modules}; text.use('zh'); money.money(1); files.fixture(); import sys;"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'numpy', 'numba', 'pydantic', 'babel',"
        " 'textual', 'rich', 'sqlite3', 'sqlite_utils', 'platformdirs', 'faker', 'typer'}))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout == "[]\n"


def test_one_day_is_one() -> None:
    assert text.one_day("1 days late; 10 allowed.") == "1 day late; 10 allowed."
    assert text.one_day("1 orders on your record; 2 needed.") == "1 order on your record; 2 needed."
    assert text.one_day("no pay for 1 months.") == "no pay for 1 month."
    for many in ("21 days late", "0 days", "1,001 days", "2.1 days"):
        assert text.one_day(many) == many


@pytest.mark.parametrize(
    ("ppm", "told"),
    [(271_666, "27.2 %"), (500_000, "50 %"), (299_960, "29.99 %"), (300_040, "30.0 %"), (1_205_429, "120.5 %"), (0, "0 %"), (500, "0.05 %")],
)
def test_a_share_has_one_decimal_and_never_seems_to_reach_a_whole_one(ppm: int, told: str) -> None:
    assert text.share_text(ppm) == told
    assert text.rate_text(101_630) == "10.16 %"


def test_the_percent_sign_stands_off_in_english_alone() -> None:
    assert (text.in_percent("27.2"), text.share_text(271_666), text.rate_text(101_630)) == ("27.2 %", "27.2 %", "10.16 %")
    text.use(text.CHINESE)
    assert (text.in_percent("27.2"), text.share_text(271_666), text.rate_text(101_630)) == ("27.2%", "27.2%", "10.16%")
    assert not [message.id for _area, message in translations() if re.search(r"[\d}] %", str(message.string))]

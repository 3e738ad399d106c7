"""Loading: differences over a base, and every fault at once with file, line, field and remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.policy.faults import PolicyError
from simulator.policy.load import load_policy, policy_files, set_field
from simulator.policy.tomlfile import LARGEST_BYTES

STANDARD = load_policy("standard")


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    """A policy file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def faults(path: Path | str, strict: bool = False) -> list[str]:
    """What is wrong with a policy, without the folder that it stands in."""
    with pytest.raises(PolicyError) as caught:
        load_policy(path, strict)
    folder = f"{Path(path).parent}/"
    return [fault.replace(folder, "") for fault in caught.value.faults]


def changes(policy: Any) -> dict[str, Any]:
    """What differs from the standard policy."""
    standard = STANDARD.flat()
    return {name: value for name, value in policy.flat().items() if value != standard[name]}


def test_a_file_gives_what_differs_from_its_base(tmp_path: Path) -> None:
    path = write(tmp_path, 'from = "standard"\n[fees]\nlate_fee_ppm = 300\nfee_rate_ppm.12.C = 8_000\n')
    policy = load_policy(path)
    fees = STANDARD.flat()["fee_rate_ppm"]
    fees["12"]["C"] = 8_000
    assert changes(policy) == {"late_fee_ppm": 300, "fee_rate_ppm": fees}
    assert (policy.name, policy.title.en, policy.warnings) == ("mine", "mine", [])


def test_a_field_may_stand_at_the_top_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, 'from = "standard"\nlate_fee_ppm = 300\n[fee_rate_ppm.12]\nC = 8_000\n')
    assert set(changes(load_policy(path))) == {"late_fee_ppm", "fee_rate_ppm"}


def test_a_list_is_replaced_whole(tmp_path: Path) -> None:
    path = write(tmp_path, 'from = "standard"\n[[season]]\nday = "12-12"\nbefore = 3\nafter = 0\n')
    assert changes(load_policy(path)) == {"season": [{"day": "12-12", "before": 3, "after": 0}]}


def test_a_chain_of_bases_is_followed_by_name_and_by_path(tmp_path: Path) -> None:
    write(tmp_path / "home" / "data" / "policies", 'from = "standard"\nrefund_days = 3\n', "quick.toml")
    write(tmp_path, 'from = "quick"\noffer_days = 9\nlate_fee_ppm = 400\n', "middle.toml")
    path = write(tmp_path, 'from = "middle.toml"\nlate_fee_ppm = 300\n')
    assert changes(load_policy(path)) == {"refund_days": 3, "offer_days": 9, "late_fee_ppm": 300}
    assert "quick" in policy_files()


def test_title_and_summary_are_the_file_s_own(tmp_path: Path) -> None:
    path = write(tmp_path, 'from = "standard"\ntitle = "Mine"\nsummary = {en = "a", zh = "b"}\n')
    policy = load_policy(path)
    assert policy.head() == {"title": {"en": "Mine", "zh": "Mine"}, "summary": {"en": "a", "zh": "b"}}


def test_all_faults_are_told_at_once_with_file_line_field_given_and_allowed(tmp_path: Path) -> None:
    lines = [
        'from = "standard"',
        "late_fee_ppm = 5.0",
        "[applications]",
        "counter_offer = 1",
        "grade_cutoffs = {A = true, B = 1_001}",
        "[reviews]",
        'increase_grade = "F"',
        "[limits]",
        "x = 1",
    ]
    assert faults(write(tmp_path, "\n".join(lines))) == [
        "mine.toml, line 2: late_fee_ppm is 5.0; allowed is a whole number from 0 to 1_000_000 (ppm a day).",
        "mine.toml, line 4: counter_offer is 1; allowed is true or false, without quotes.",
        "mine.toml, line 5: grade_cutoffs.A is true; allowed is a whole number from 0 to 1000 (points).",
        "mine.toml, line 5: grade_cutoffs.B is 1001; allowed is a whole number from 0 to 1000 (points).",
        'mine.toml, line 7: increase_grade is "F"; allowed is one of A, B, C, D, E, in quotes.',
        "mine.toml, line 8: There is no limits, given as {x = 1}; "
        "`whiteslip policy show standard` lists what is allowed.",
    ]


WRONG = {
    "late_fee_ppm = true": "late_fee_ppm is true; allowed is a whole number from 0 to 1_000_000 (ppm a day).",
    'late_fee_ppm = "5"': 'late_fee_ppm is "5"; allowed is a whole number from 0 to 1_000_000 (ppm a day).',
    "late_fee_ppm = -1": "late_fee_ppm is -1; allowed is a whole number from 0 to 1_000_000 (ppm a day).",
    "charge_off_dpd = 181": "charge_off_dpd is 181; allowed is a whole number from 0 to 180 (days).",
    "due_offset_days = 28": "due_offset_days is 28; allowed is a whole number from 1 to 27 (days).",
    "late_fee = 3": "There is no late_fee, given as 3; did you mean late_fee_ppm, late_fee_cap_ppm?",
    "fee_rate_ppm.9.A = 3": "There is no fee_rate_ppm.9, given as {A = 3}; allowed: 3, 6, 12, 24.",
    "fee_rate_ppm.12 = 3": "fee_rate_ppm.12 is 3; allowed is a table with A, B, C, D, E.",
    "provision_ppm.M7 = 3": "There is no provision_ppm.M7, given as 3; allowed: M0, M1, M2, M3, M4, M5, M6.",
    "season = [{before = 1, after = 2}]":
        'season.0.day is missing; allowed is a month and day in quotes, such as "06-18".',
    'season = [{day = "02-29", before = 1, after = 2}]':
        'season.0.day is "02-29"; allowed is a month and day in quotes, such as "06-18".',
    "season = 3": "season is 3; allowed is a list of 0 to 6 tables with day, before, after.",
    "early_settlement = 1":
        "early_settlement is 1; allowed is one of none, all_remaining, reprice_daily, in quotes.",
    "title = 5": "title is 5; allowed is a text in quotes, or a table with en and zh.",
    "name = 'x'": "There is no name, given as \"x\"; `whiteslip policy show standard` lists what is allowed.",
    "fees = 5": "fees is 5; allowed is a table with revolving_fee_ppm, late_fee_ppm, late_fee_cap_ppm, "
        "fee_rate_ppm, min_plan_fen, early_settlement, settle_daily_ppm, rate_cap_ppm.",
    "fees = {offer_days = 5}":
        "offer_days stands in [fees]; allowed is [applications], or the top of the file.",
    "offer_days = 5\napplications.offer_days = 5": "offer_days is given twice; allowed is once.",
    "min_limit_fen = 6_000_000":
        "min_limit_fen is 6_000_000 and max_limit_fen is 5_000_000; "
        "min_limit_fen may not be above max_limit_fen.",
    "hold_score = 91": "hold_score is 91 and suspend_score is 90; hold_score may not be above suspend_score.",
    "suspend_dpd = 91": "suspend_dpd is 91 and close_dpd is 91; suspend_dpd has to be below close_dpd.",
    "soft_block_dpd = 31":
        "soft_block_dpd is 31 and suspend_dpd is 31; soft_block_dpd has to be below suspend_dpd.",
    "close_dpd = 180":
        "close_dpd is 180 and charge_off_dpd is 180; close_dpd has to be below charge_off_dpd.",
    "grade_cutoffs.E = 591": "grade_cutoffs rises from 590 for D to 591 for E; it may not rise from A to E.",
}  # fmt: skip


@pytest.mark.parametrize(("text", "fault"), WRONG.items())
def test_a_fault_is_one_plain_sentence(tmp_path: Path, text: str, fault: str) -> None:
    path = write(tmp_path, f'from = "standard"\n{text}\n')
    line = 2 + text.count("\n")
    assert faults(path) == [f"mine.toml, line {line}: {fault}"]


@pytest.mark.parametrize("text", ["hold_score = 90", "min_limit_fen = 5_000_000", "grade_cutoffs.E = 590"])
def test_what_is_checked_together_may_touch(tmp_path: Path, text: str) -> None:
    load_policy(write(tmp_path, f'from = "standard"\n{text}\n'))


def test_a_clash_is_told_beside_other_faults(tmp_path: Path) -> None:
    path = write(tmp_path, 'from = "standard"\nhold_score = 95\nlate_fee_ppm = "x"\n')
    assert [fault.split(":")[0] for fault in faults(path)] == ["mine.toml, line 2", "mine.toml, line 3"]


def test_a_clash_with_a_faulty_field_is_not_guessed_at(tmp_path: Path) -> None:
    assert len(faults(write(tmp_path, "hold_score = 9_999\n"))) == 1


BROKEN = {
    b"late_fee_ppm = \n": "line 1: This is not valid TOML (Invalid value).",
    b"a = 1\na = 2": "line 2: This is not valid TOML (Cannot overwrite a value).",
    b"title = '\xff'": ": The file is not text in UTF-8.",
    b"a = " + b"[" * 5_000: ": This is not valid TOML",
    b"a = " + b"1" * 5_000: ": This is not valid TOML",
    b"# " + b"1" * LARGEST_BYTES: ": The file is too large for a policy, which has at most 1 MB.",
    b"": ": The file sets no value; write what differs from `standard`",
    b"# late_fee_ppm = 1\n": ": The file sets no value",
}


@pytest.mark.parametrize(("content", "fault"), BROKEN.items(), ids=range(len(BROKEN)))
def test_what_is_not_toml_is_said_plainly(tmp_path: Path, content: bytes, fault: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    assert len(faults(path)) == 1
    assert fault in faults(path)[0]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a file without end")
def test_a_file_without_end_is_not_read_to_it() -> None:
    assert faults(Path("/dev/zero")) == ["zero: The file is too large for a policy, which has at most 1 MB."]


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b'\xef\xbb\xbffrom = "standard"\r\nrefund_days = 3\r\n')
    assert changes(load_policy(path)) == {"refund_days": 3}


def test_an_absent_file_and_an_unknown_name_are_told(tmp_path: Path) -> None:
    assert faults(tmp_path / "none.toml") == [
        "none.toml: The file cannot be read (No such file or directory)."
    ]
    assert faults(tmp_path) == [f"{tmp_path.name}: The file cannot be read (Is a directory)."]
    assert faults("cautios") == ['There is no policy "cautios"; did you mean cautious?']
    assert "standard" in faults("no such thing")[0]
    assert len(faults("x" * 5_000)) == len(faults("a\0.toml")) == 1


def test_a_wrong_base_is_told_beside_other_faults(tmp_path: Path) -> None:
    path = write(tmp_path, 'from = "standart"\nlate_fee_ppm = -1\n')
    assert [fault.split(":")[0] for fault in faults(path)] == ["mine.toml, line 1", "mine.toml, line 2"]
    assert faults(write(tmp_path, "from = 3\n")) == [
        "mine.toml, line 1: from is 3; allowed is a text in quotes."
    ]


def test_faults_of_a_base_are_told_with_its_own_file(tmp_path: Path) -> None:
    write(tmp_path, "late_fee_ppm = -1\n", "base.toml")
    path = write(tmp_path, 'from = "base.toml"\nhold_score = -1\n')
    assert [fault.split(":")[0] for fault in faults(path)] == ["base.toml, line 1", "mine.toml, line 2"]


def test_a_circle_of_bases_is_refused(tmp_path: Path) -> None:
    write(tmp_path, 'from = "mine.toml"\n', "other.toml")
    path = write(tmp_path, 'from = "other.toml"\n')
    assert faults(path) == ["other.toml, line 1: from goes round in a circle: mine -> other -> mine."]


def test_over_the_cap_is_a_warning_and_a_fault_where_strict(tmp_path: Path) -> None:
    path = write(tmp_path, 'from = "standard"\n[fees]\nlate_fee_ppm = 658\nfee_rate_ppm.24.E = 11_300\n')
    late = ("late_fee_ppm is 658 ppm a day, 24.017 % a year; allowed is at most 657 ppm a day, "
            "so that a year stays within 24 % (rate_cap_ppm).")  # fmt: skip
    plan = "fee_rate_ppm.24 is up to 11_300 ppm a term, 24.1914 % a year, in grade E;"
    warnings = load_policy(path).warnings
    assert warnings[0] == late and warnings[1].startswith(plan) and len(warnings) == 2
    strictly = faults(path, strict=True)
    assert strictly[0] == f"mine.toml, line 3: {late}"
    assert strictly[1].startswith(f"mine.toml, line 4: {plan}")


def test_a_policy_that_approves_nobody_is_warned_of_and_a_fault_where_strict(tmp_path: Path) -> None:
    path = write(tmp_path, 'from = "standard"\n[applications]\nage_min = 30\nage_max = 29\n')
    told = "age_max is 29 and age_min is 30; nobody can be approved."
    assert load_policy(path).warnings == [told]
    assert faults(path, strict=True) == [f"mine.toml, line 4: {told}"]


def test_one_field_is_set_by_its_dotted_name() -> None:
    assert set_field(STANDARD, "fee_rate_ppm.12.C", 8_000).flat()["fee_rate_ppm"]["12"]["C"] == 8_000
    assert set_field(STANDARD, "season.1.before", 3).season[1].before == 3
    assert set_field(STANDARD, "season", []).season == []
    assert set_field(STANDARD, "counter_offer", False).title == STANDARD.title
    assert load_policy("standard") == STANDARD


NOT_SET: dict[tuple[str, Any], str] = {
    ("late_fee", 3): "There is no late_fee, given as 3; did you mean late_fee_ppm, late_fee_cap_ppm?",
    ("fee_rate_ppm.13.C", 3): "There is no fee_rate_ppm.13, given as 3; allowed: 3, 6, 12, 24.",
    (
        "title",
        "x",
    ): 'There is no title, given as "x"; `whiteslip policy show standard` lists what is allowed.',
    ("season.2.before", 3): "season.2.before is not there; the list has 2, counted from 0.",
    (
        "hold_score",
        91,
    ): "hold_score is 91 and suspend_score is 90; hold_score may not be above suspend_score.",
    ("hold_score", 5.0): "hold_score is 5.0; allowed is a whole number from 0 to 1000 (points).",
}


@pytest.mark.parametrize(("step", "fault"), NOT_SET.items())
def test_a_field_that_cannot_be_set_is_told(step: tuple[str, Any], fault: str) -> None:
    with pytest.raises(PolicyError) as caught:
        set_field(STANDARD, *step)
    assert caught.value.faults == [fault]

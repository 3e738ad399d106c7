"""Values of fields as people read them: each with the unit of its field, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from simulator import text
from simulator.policy.fields import policy_fields, policy_leaves
from simulator.policy.load import load_policy
from simulator.policy.lookup import field_value
from simulator.policy.written import setting_text

STANDARD = load_policy("standard")


@pytest.mark.parametrize(
    ("path", "in_english", "in_chinese"),
    [
        ("min_limit_fen", "500.00", "500.00"),
        ("minimum_ppm", "10 %", "10%"),
        ("revolving_fee_ppm", "0.05 % a day", "每天 0.05%"),
        ("fund_yield_ppm", "1.5 % a year", "每年 1.5%"),
        ("fee_rate_ppm.12.C", "0.75 % a term", "每期 0.75%"),
        ("fee_rate_ppm.12", "A 0.5 %, B 0.6 %, C 0.75 %, D 0.9 %, E 1 % a term",
         "每期 A 0.5%、B 0.6%、C 0.75%、D 0.9%、E 1%"),
        ("fee_rate_ppm", "3 terms, 6 terms, 12 terms, 24 terms: A 0.5 %, B 0.6 %, C 0.75 %, D 0.9 %, E 1 % a term",
         "3 期、6 期、12 期、24 期：每期 A 0.5%、B 0.6%、C 0.75%、D 0.9%、E 1%"),
        ("fund_days", "1 day", "1 天"),
        ("offer_days", "7 days", "7 天"),
        ("review_months", "6 months", "6 个月"),
        ("age_min", "18 years", "18 岁"),
        ("request_days", "30 days", "30 天"),
        ("increase_streak", "6", "6"),
        ("counter_offer", "on", "开"),
        ("increase_ppm", "A 30 %, B 25 %, C 20 %, D 0 %, E 0 %", "A 30%、B 25%、C 20%、D 0%、E 0%"),
        ("increase_utilisation_ppm", "at least 30 %, at most 90 %", "不低于 30%、不高于 90%"),
        ("season.0.before", "25 days", "25 天"),
        ("season", "06-18 (25 days before to 4 days after), 11-11 (25 days before to 4 days after)",
         "06-18（前 25 天至后 4 天）、11-11（前 25 天至后 4 天）"),
    ],
)  # fmt: skip
def test_a_value_has_the_unit_of_its_field(path: str, in_english: str, in_chinese: str) -> None:
    value: Any = field_value(STANDARD, path)
    assert setting_text(path, value) == in_english
    text.use("zh")
    assert setting_text(path, value) == in_chinese


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_field_and_every_part_of_one_can_be_told(language: str) -> None:
    text.use(language)
    for path in [*policy_fields(), *policy_leaves()]:
        told = setting_text(path, field_value(STANDARD, path))
        assert told and "{" not in told and "_ppm" not in told and "ppm" not in told, path

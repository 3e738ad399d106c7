"""Scorecards: sound data, believable scores, and faults in plain sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.files import fixture
from simulator.policy.faults import PolicyError
from simulator.policy.scorecards import CHARACTERISTICS, load_scorecard, scorecards

DESIGNER = {
    "store_orders": 2, "store_spend_fen": 25_000, "store_months": 1, "return_share_ppm": 0,
    "income_fen": 840_000, "debt_service_ppm": 73_809, "fund_fen": 0, "elsewhere_dpd": 0, "enquiries": 2,
    "loans_elsewhere": 1, "bureau_months": 30, "job_months": 10, "address_months": 40, "age": 27,
    "profile_items": 3, "trusted_contacts": 2, "own_worst_dpd": 0,
}  # fmt: skip
COURIER = {
    "store_orders": 7, "store_spend_fen": 120_000, "store_months": 6, "return_share_ppm": 100_000,
    "income_fen": 530_000, "debt_service_ppm": 150_000, "fund_fen": 0, "elsewhere_dpd": 0, "enquiries": 3,
    "loans_elsewhere": 2, "bureau_months": 8, "job_months": 5, "address_months": 8, "age": 22,
    "profile_items": 2, "trusted_contacts": 1, "own_worst_dpd": 0,
}  # fmt: skip
REGULAR = {
    "store_orders": 15, "store_spend_fen": 500_000, "store_months": 30, "return_share_ppm": 80_000,
    "income_fen": 700_000, "debt_service_ppm": 50_000, "fund_fen": 200_000, "elsewhere_dpd": 0,
    "enquiries": 1, "loans_elsewhere": 1, "bureau_months": 40, "job_months": 30,
    "address_months": 30, "age": 33, "profile_items": 4, "trusted_contacts": 3, "own_worst_dpd": 0,
}  # fmt: skip
NEW_LINE = {
    "utilisation_ppm": 300_000, "pay_ratio_ppm": 1_000_000, "months_since_late": 99, "on_time_streak": 3,
    "active_months": 3, "fund_fen": 0, "tenure_months": 3,
}  # fmt: skip
PURCHASE = {
    "orders_today": 1, "amount_today_ppm": 900_000, "resale_share_ppm": 0, "emptied_ppm": 0, "night": 0,
    "same_merchant": 1, "round_amount": 0, "refund_loops": 0, "unknown_device": 0,
}  # fmt: skip


def score(card: str, values: dict[str, int], **changed: int) -> int:
    """The points of a card's values."""
    values = values | changed
    characteristics = scorecards()[card].characteristics
    return sum(each.bins[each.bin_of(values[each.name])].points for each in characteristics)


def test_characteristics_are_those_of_the_rules_in_their_order() -> None:
    from simulator.rules import monitoring, scoring

    assert CHARACTERISTICS["application"] == scoring.APPLICATION_CHARACTERISTICS
    assert CHARACTERISTICS["behaviour"] == scoring.BEHAVIOUR_CHARACTERISTICS
    assert CHARACTERISTICS["monitor"] == monitoring.MONITOR_CHARACTERISTICS
    for name, card in scorecards().items():
        assert tuple(each.name for each in card.characteristics) == CHARACTERISTICS[name]


def test_families_of_the_application_card_have_their_weights() -> None:
    best: dict[str, int] = {}
    for each in scorecards()["application"].characteristics:
        assert each.family
        best[each.family] = best.get(each.family, 0) + each.best_points
    assert best == {"history": 230, "means": 220, "elsewhere": 260, "stability": 170, "trust": 120}


def test_the_worst_application_scores_next_to_nothing() -> None:
    worst = sum(min(one.points for one in each.bins) for each in scorecards()["application"].characteristics)
    assert worst <= 20


def test_a_steady_newcomer_is_grade_c() -> None:
    assert 640 <= score("application", DESIGNER) < 670


def test_a_thin_file_is_just_too_low_or_just_enough() -> None:
    assert 540 <= score("application", COURIER) <= 560


def test_a_good_customer_of_long_standing_is_grade_a() -> None:
    assert score("application", REGULAR) >= 720


def test_delay_elsewhere_or_here_before_costs_most() -> None:
    assert score("application", DESIGNER, elsewhere_dpd=45) <= score("application", DESIGNER) - 90
    assert score("application", DESIGNER, own_worst_dpd=45) <= score("application", DESIGNER) - 40


def test_three_bills_paid_in_full_keep_a_newcomer_in_grade() -> None:
    assert 660 <= score("behaviour", NEW_LINE) <= 700


def test_forty_days_late_falls_below_the_last_cutoff() -> None:
    late = {"pay_ratio_ppm": 333_333, "months_since_late": 0, "on_time_streak": 0}
    assert score("behaviour", NEW_LINE, **late, utilisation_ppm=600_000) < 550
    assert (
        score("behaviour", NEW_LINE, **late, utilisation_ppm=700_000, active_months=9, tenure_months=30) < 550
    )


def test_the_minimum_alone_scores_less_than_the_whole_bill() -> None:
    paid = [score("behaviour", NEW_LINE, pay_ratio_ppm=ratio) for ratio in (0, 120_000, 500_000, 1_000_000)]
    assert paid == sorted(paid) and len(set(paid)) == 4


def test_a_long_clean_record_is_grade_a() -> None:
    assert score("behaviour", NEW_LINE, on_time_streak=14, active_months=11, tenure_months=14) >= 720


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"amount_today_ppm": 1_400_000, "resale_share_ppm": 1_000_000},
        {"orders_today": 2, "same_merchant": 2},
    ],
)
def test_an_ordinary_purchase_by_day_raises_no_alert(changed: dict[str, int]) -> None:
    assert score("monitor", PURCHASE, **changed) <= 25


def test_a_large_first_purchase_by_day_is_not_held() -> None:
    phone = {"amount_today_ppm": 2_000_000, "resale_share_ppm": 1_000_000, "emptied_ppm": 600_000}
    assert score("monitor", PURCHASE, **phone) < 60


def test_a_large_purchase_at_night_from_a_new_device_is_held() -> None:
    assert 60 <= score("monitor", PURCHASE, amount_today_ppm=2_000_000, night=1, unknown_device=1) < 90


def test_five_phones_at_night_at_one_merchant_suspend_a_new_line() -> None:
    phones = {
        "orders_today": 5, "amount_today_ppm": 3_300_000, "resale_share_ppm": 1_000_000,
        "emptied_ppm": 950_000, "night": 1, "same_merchant": 5,
    }  # fmt: skip
    assert score("monitor", PURCHASE, **phones) >= 90
    assert score("monitor", PURCHASE, **{**phones, "orders_today": 3, "same_merchant": 3}) >= 60


def test_no_part_of_the_alert_suspends_alone() -> None:
    assert all(each.best_points <= 40 for each in scorecards()["monitor"].characteristics)


def spoilt(folder: Path, old: str, new: str, name: str = "application") -> list[str]:
    """The faults of a scorecard with one passage changed."""
    path = folder / f"{name}.toml"
    path.write_text(fixture("scorecards", f"{name}.toml").read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(PolicyError) as caught:
        load_scorecard(name, path, path.name)
    return caught.value.faults


def test_a_fault_names_file_line_field_given_and_allowed(tmp_path: Path) -> None:
    assert spoilt(tmp_path, "to = 2, points = 8", "to = 2, points = 8.0") == [
        "application.toml, line 10: characteristics.0.bins.1.points is 8.0; "
        "allowed is a whole number from 0 to 1000 (points)."
    ]
    assert spoilt(tmp_path, "to = 2, points", "too = 2, points") == [
        "application.toml, line 10: There is no characteristics.0.bins.1.too, given as 2; "
        "allowed: to, points, label."
    ]


def test_bounds_that_do_not_rise_are_told(tmp_path: Path) -> None:
    faults = spoilt(tmp_path, "{to = 2, points = 8", "{to = 0, points = 8")
    assert faults == [
        "application.toml, line 8: The bounds of store_orders are 0, 0, 5, 10, 20, 40, -; "
        "allowed are rising ones, and none for the last bin."
    ]


def test_points_that_do_not_add_up_and_a_wrong_name_are_told_together(tmp_path: Path) -> None:
    faults = spoilt(tmp_path, 'family = "history"', "", "application")
    assert faults == [
        "application.toml, line 3: store_orders has no family; "
        "allowed is one of history, means, elsewhere, stability, trust."
    ]
    faults = spoilt(tmp_path, "points = 120", "points = 121", "behaviour")
    assert faults == ["behaviour.toml, line 3: The best bins add up to 1001; allowed is 1000."]
    assert "in this order" in spoilt(tmp_path, '"night"', '"evening"', "monitor")[0]

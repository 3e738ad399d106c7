"""The numeric record: every field of the schema is in it by name, and nothing else."""

from __future__ import annotations

import itertools

from simulator.files import fixture
from simulator.policy.load import load_policy, set_field
from simulator.policy.numeric import following, to_record
from simulator.policy.record import NO_BOUND, NO_VALUE, SEASONS, PolicyRecord, Season
from simulator.policy.schema import SECTION_OF, Policy
from simulator.policy.scorecards import CHARACTERISTICS, scorecards
from simulator.rules.scoring import bin_of

MADE_AT_LOADING = {"season_count", "season_months", "earlier_fees", "earlier_fee_count", "plan_simple_rate_ppm", *CHARACTERISTICS}
STANDARD = load_policy("standard")


def test_schema_and_record_hold_the_same_names() -> None:
    names = {name for name, _, _ in PolicyRecord.layout}
    assert names == SECTION_OF.keys() | MADE_AT_LOADING
    assert not SECTION_OF.keys() & MADE_AT_LOADING


def test_plain_numbers_stay_as_they_are() -> None:
    record, values = to_record(STANDARD), STANDARD.flat()
    for name, value in values.items():
        if isinstance(value, int):
            assert getattr(record, name) == int(value), name


def test_a_policy_that_follows_another_knows_what_merchants_were_charged_before() -> None:
    """Nothing is noted where those fees stay; nine changes leave the latest eight."""
    dearer = to_record(set_field(STANDARD, "merchant_fee_ppm", 12_000))
    assert following(to_record(set_field(STANDARD, "refund_days", 3)), to_record(STANDARD), 5).earlier_fee_count == 0
    record = to_record(STANDARD)
    for day in range(9):
        record = following(dearer if day % 2 == 0 else to_record(STANDARD), record, 10 * day)
    assert [fees.until_day for fees in record.earlier_fees] == [10, 20, 30, 40, 50, 60, 70, 80]
    assert [fees.merchant_fee_ppm for fees in record.earlier_fees[:2]] == [12_000, 9_000]
    assert record.earlier_fees[0].funded_fee_ppm == [7_500] * 4


def test_switches_grades_and_choices_become_numbers() -> None:
    record = to_record(STANDARD)
    assert (record.counter_offer, record.increase_grade, record.early_settlement) == (1, 2, 2)
    changed = STANDARD
    for path, value in (("counter_offer", False), ("increase_grade", "A"), ("early_settlement", "none")):
        changed = set_field(changed, path, value)
    record = to_record(changed)
    assert (record.counter_offer, record.increase_grade, record.early_settlement) == (0, 0, 0)
    assert to_record(set_field(STANDARD, "early_settlement", "all_remaining")).early_settlement == 1


def test_tables_become_lists_by_terms_and_grade() -> None:
    record = to_record(set_field(STANDARD, "fee_rate_ppm.12.D", 9_100))
    assert record.fee_rate_ppm[0] == [5_000, 6_000, 7_500, 9_000, 10_000]
    assert record.fee_rate_ppm[2] == [5_000, 6_000, 7_500, 9_100, 10_000]
    assert record.grade_cutoffs == [720, 670, 630, 590, 550]
    assert record.provision_ppm == [10_000, 100_000, 350_000, 600_000, 800_000, 900_000, 950_000]
    assert (record.increase_utilisation_ppm.low, record.increase_utilisation_ppm.high) == (300_000, 900_000)
    assert record.decrease_ppm.warning == 750_000


def test_festivals_become_slots_with_a_count() -> None:
    record = to_record(STANDARD)
    assert record.season_count == 2 and len(record.season) == SEASONS
    assert record.season[0] == Season(month=6, dom=18, before=25, after=4, first_months=0b10000)
    assert record.season[2] == Season()
    assert to_record(set_field(STANDARD, "season", [])).season_count == 0


def test_simple_rates_are_those_of_the_rulebook() -> None:
    """RULES §14: percent for terms 3, 6, 12, 24, and E below 21.6."""
    rates = to_record(STANDARD).plan_simple_rate_ppm
    percents = [[round(rates[term][grade] / 10_000, 2) for term in range(4)] for grade in range(5)]
    assert percents[:4] == [
        [8.98, 10.21, 10.90, 11.13],
        [10.77, 12.24, 13.03, 13.27],
        [13.45, 15.27, 16.22, 16.43],
        [16.13, 18.28, 19.37, 19.53],
    ]
    assert max(percents[4]) < 21.6


def test_scorecards_become_slots_with_bounds_and_points() -> None:
    record, cards = to_record(STANDARD), scorecards()
    for name, card in cards.items():
        slots = getattr(record, name)
        assert sum(slot.bins > 0 for slot in slots.characteristics) == len(card.characteristics)
        for slot, characteristic in zip(slots.characteristics, card.characteristics, strict=False):
            assert slot.bins == len(characteristic.bins)
            bounds = [each.to for each in characteristic.bins[:-1]]
            assert slot.bounds[: slot.bins - 1] == bounds
            assert set(slot.bounds[slot.bins - 1 :]) == {NO_BOUND}
            assert slot.points[: slot.bins] == [each.points for each in characteristic.bins]
            pointless = sum(1 for _each in itertools.takewhile(lambda each: each.points == 0, characteristic.bins))
            assert slot.pointless == (slot.bounds[pointless - 1] if pointless else NO_VALUE)


def test_a_value_at_a_bound_and_past_it_falls_into_the_bins_of_the_card() -> None:
    record, cards = to_record(STANDARD), scorecards()
    for name, card in cards.items():
        for slot, characteristic in zip(getattr(record, name).characteristics, card.characteristics, strict=False):
            bounds = [each.to for each in characteristic.bins if each.to is not None]
            for value in [value + step for value in bounds for step in (-1, 0, 1)] + [-(2**40), 2**62]:
                assert bin_of(slot, value) == characteristic.bin_of(value)


def test_every_policy_fits_the_record_s_widths() -> None:
    import numpy as np

    array = np.zeros(1, PolicyRecord.dtype())
    for path in fixture("policies").glob("*.toml"):
        record = to_record(load_policy(path))
        record.store(array[0])
        assert PolicyRecord.load(array[0]) == record


def test_the_highest_values_fit_the_record_s_widths() -> None:
    import numpy as np

    policy = Policy()
    for path, value in (
        ("max_limit_fen", 100_000_000), ("income_multiple_ppm", 10_000_000), ("refund_days", 3_650),
        ("fee_rate_ppm.24.E", 1_000_000), ("fee_rate_ppm.3.E", 1_000_000), ("suspend_score", 1_000),
    ):  # fmt: skip
        policy = set_field(policy, path, value)
    to_record(policy).store(np.zeros(1, PolicyRecord.dtype())[0])


def test_the_months_that_may_hold_a_seasons_first_day() -> None:
    """9 days before 10 March is the first of March, 10 the last of February, 38 the first of February or, where
    that has 28 days, the last of January.
    """
    season = {"day": "03-10", "before": 9, "after": 1}
    assert to_record(set_field(STANDARD, "season", [season])).season_months == 0b100
    assert to_record(set_field(STANDARD, "season", [{**season, "before": 10}])).season_months == 0b010
    assert to_record(set_field(STANDARD, "season", [{**season, "before": 38}])).season_months == 0b011
    assert to_record(set_field(STANDARD, "season", [])).season_months == 0
    both = to_record(set_field(STANDARD, "season", [season, {"day": "06-18", "before": 3, "after": 1}]))
    assert [each.first_months for each in both.season[:3]] == [0b100, 0b100000, 0]
    assert both.season_months == 0b100100

"""Twin worlds: the same people and luck under two policies, differences that can be trusted."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

import numpy as np
import pytest

from simulator.engine import watch
from simulator.engine.personal import COLUMN
from simulator.lab.answer import Answer, Brought, Timeline
from simulator.lab.compare import Comparison, compare
from simulator.lab.estimator import MarketEstimator
from simulator.lab.measures import over_titles, sum_of
from simulator.lab.sample import Sample
from simulator.lab.setting import Setting, really_before
from simulator.lab.trial import Trial
from simulator.lab.unmet import NEVER_MET, unmet_text
from simulator.lone import lone_life
from simulator.market.simulation import simulate
from simulator.policy.faults import PolicyError
from simulator.policy.fields import Kind, policy_leaves
from simulator.policy.load import load_policy, set_field, set_fields
from simulator.policy.numeric import to_record
from simulator.policy.schema import Policy
from simulator.population.months import town_of

pytestmark = pytest.mark.slow
STANDARD, GENEROUS = load_policy("standard"), load_policy("generous")
START = datetime.date(2025, 1, 1)
SMALL: dict[str, Any] = {"days": 181, "warm_up_days": 300, "start": START}


def small(challenger: Policy, shoppers: int = 600, timeline: Timeline = "as_if_always", **setting: Any) -> Comparison:
    """A small comparison with the standard policy."""
    return compare(STANDARD, challenger, shoppers=shoppers, timeline=timeline, **{**SMALL, **setting})


@pytest.mark.parametrize("timeline", ["as_if_always", "from_today"])
def test_a_policy_against_itself_differs_by_exactly_nothing(timeline: Timeline) -> None:
    found = small(STANDARD, timeline=timeline)
    assert all(each.difference == 0 and each.standard_error == 0.0 and each.verdict == "same" for each in found.metrics.values())
    assert any(each.champion for each in found.metrics.values())
    assert found.as_dict()["swap"] == {"approved_only_by_champion": 0, "approved_only_by_challenger": 0, "shoppers": []}


def test_a_generous_policy_has_more_volume_and_more_losses() -> None:
    found = small(GENEROUS, 4_000, days=365)
    for name in ("gmv_fen", "exposure_fen", "charged_off_fen", "over_indebted"):
        assert found.metrics[name].verdict == "up", name
        assert found.metrics[name].standard_error > 0
    assert found.metrics["gmv_fen"].worth > 1


@pytest.mark.parametrize(
    ("start", "days", "warm_up_days"), [(START, 181, 300), (datetime.date(2025, 3, 14), 60, 45), (datetime.date(2025, 3, 14), 9, 0)]
)
def test_both_sides_are_to_the_fen_what_simulate_says(start: datetime.date, days: int, warm_up_days: int) -> None:
    found = compare(STANDARD, GENEROUS, shoppers=700, start=start, days=days, warm_up_days=warm_up_days, seed=5)
    for policy, side in ((STANDARD, "champion"), (GENEROUS, "challenger")):
        alone = simulate(policy, shoppers=700, days=days, seed=5, start=start, warm_up_days=warm_up_days).totals()
        assert {name: getattr(found.metrics[name], side) for name in alone} == alone


def test_limits_and_declines_are_told_by_cause_as_simulate_and_lone_lives_tell_them() -> None:
    people: dict[str, Any] = {"shoppers": 60, "days": 181, "seed": 3, "start": START, "warm_up_days": 300}
    found = compare(STANDARD, GENEROUS, **people).metrics
    for policy, side in ((STANDARD, "champion"), (GENEROUS, "challenger")):
        told = {name: int(getattr(each, side)) for name, each in found.items()}
        causes = simulate(policy, **people).as_dict()["limit_changes"]
        moved = {cause: count for cause, count in causes.items() if cause not in ("opening", "closure")}
        assert {cause: told[f"limits_{cause}"] for cause in moved} == moved
        assert told["limits_raised"] + told["limits_season"] == told["limit_increases"]
        assert told["limits_cut"] + told["limits_expiry"] == told["limit_decreases"]
        assert told["limits_raised"] == causes["review"] + causes["request"]
        refused: Counter[str] = Counter()
        for number in range(1, 61):
            life = lone_life(to_record(policy), number, Setting(policy).calendar, 180, town_of(3, 300))
            decided = [each for each in life.events if each["event"] == "application_decided" and each["day"] >= 0]
            for each in decided:
                refused[each["decision"]] += 1
                if each["decision"] == "declined":
                    refused.update(reason["code"] for reason in each["reasons"])
        for name, count in told.items():
            if name.startswith("declined_"):
                assert count == refused[name.removeprefix("declined_")], name
        assert (told["declined"], told["counter_offers"]) == (refused["declined"], refused["counter_offer"])
        assert sum(refused.values()) > 10


@pytest.mark.parametrize("timeline", ["as_if_always", "from_today"])
def test_who_is_approved_by_one_policy_alone_is_shown_with_the_score_of_that_decision(timeline: Timeline) -> None:
    strict = set_field(STANDARD, "grade_cutoffs.E", 590)
    setting: dict[str, Any] = {"seed": 2, "timeline": timeline, **SMALL}
    people = small(strict, 6_000, **setting).answer.swap.shoppers
    only = [each for each in people if each.kind == "only_champion"]
    assert only and all(550 <= each.score < 590 and each.has_lines == (True, False) for each in only)
    for each in only:
        events = lone_life(to_record(STANDARD), each.shopper, Setting(STANDARD).calendar, 180, town_of(2, 300)).events
        scores = [event["score"] for event in events if event["event"] == "application_decided" and event["decision"] == "approved"]
        assert scores == [each.score]


def test_from_today_both_begin_with_what_was_before() -> None:
    found = small(GENEROUS, timeline="from_today")
    alone = simulate(STANDARD, shoppers=600, **SMALL).totals()
    assert {name: found.metrics[name].champion for name in alone} == alone
    always = small(GENEROUS)
    assert found.metrics["exposure_fen"].difference < always.metrics["exposure_fen"].difference


def test_people_come_to_the_trials_day_under_the_policies_that_really_held() -> None:
    changed = small(GENEROUS, timeline="from_today", today=40)
    since = really_before(Setting(GENEROUS, today=75), [(-300, STANDARD), (40, GENEROUS)])
    days: dict[str, Any] = {"days": 146, "warm_up_days": 300, "start": START, "today": 75, "timeline": "from_today"}
    later = [compare(GENEROUS, STANDARD, shoppers=600, before=before, **days).metrics for before in (since, ())]
    stocks = ("exposure_fen", "limit_total_fen", "m1_fen", "provision_fen")
    assert {name: later[0][name].champion for name in stocks} == {name: changed.metrics[name].challenger for name in stocks}
    assert later[0]["exposure_fen"].champion != later[1]["exposure_fen"].champion


def test_a_cost_that_nobody_lives_by_differs_for_all_without_living_anybody_again() -> None:
    found = small(set_field(STANDARD, "funding_rate_ppm", 90_000), timeline="from_today")
    funding, profit = found.metrics["funding_cost_fen"], found.metrics["profit_fen"]
    assert found.lived_again == 0
    assert funding.difference == -profit.difference > 0
    assert funding.standard_error > 0
    assert abs(funding.difference - funding.champion) <= 1


def moved(kind: Kind, value: Any) -> Any:
    """Another value of a field, near the one that it has."""
    if kind.choices:
        return next(choice for choice in kind.choices if choice != value)
    if isinstance(value, bool):
        return not value
    if not isinstance(value, int) or kind.high is None:
        return None
    return min(kind.high, value + max(1, value // 10)) if value < kind.high else value - 1


def test_whoever_a_change_does_not_touch_lives_the_same_life_whatever_is_changed() -> None:
    """Every single value of the policy in turn: all are lived again, and those put aside must be the same."""
    setting = Setting(STANDARD, seed=9, start=START, days=181, warm_up_days=300)
    sample = Sample(setting, 1)
    sample.ensure(400, lambda: False)
    block = sample.blocks[0]
    assert block.lived is not None
    everybody, spared = np.arange(block.count), 0
    for path, kind in policy_leaves().items():
        value = moved(kind, value_at(STANDARD.flat(), path))
        try:
            changed = set_fields(STANDARD, {path: value}) if value is not None else None
        except PolicyError:
            continue
        if changed is None:
            continue
        trial = Trial(sample, changed)
        touched = watch.touched(block.lived.rows.noted, trial.changes)
        rows = trial.live(block, everybody).rows
        same = (rows.own == block.lived.rows.own).all(axis=1) & (rows.gmv == block.lived.rows.gmv).all(axis=1)
        assert same[~touched].all(), path
        spared += int((~touched).sum())
    assert spared > 10_000
    sample.close()


def value_at(values: Any, path: str) -> Any:
    """A value by its dotted path."""
    for part in path.split("."):
        values = values[part]
    return values


def test_a_threshold_touches_only_those_who_came_between() -> None:
    sample = Sample(Setting(STANDARD, seed=9, start=START, days=181, warm_up_days=300), 1)
    sample.ensure(1_000, lambda: False)
    near = sum(len(each.places) for each in Trial(sample, set_field(STANDARD, "grade_cutoffs.E", 549)).go_on(1_000, lambda: False))
    far = sum(len(each.places) for each in Trial(sample, set_field(STANDARD, "grade_cutoffs.E", 450)).go_on(1_000, lambda: False))
    sample.close()
    assert near < far < 500


@pytest.mark.parametrize("timeline", ["as_if_always", "from_today"])
def test_the_lives_of_the_swap_set_are_those_of_shoppers_alone(timeline: Timeline) -> None:
    setting = Setting(STANDARD, seed=2, timeline=timeline, **SMALL)
    estimator = MarketEstimator(setting, 1_024)
    told: list[Answer] = []
    estimator.estimate(GENEROUS, told.append, lambda: False)
    estimator.close()
    people = told[-1].swap.shoppers
    assert {each.kind for each in people} >= {"only_challenger", "limit", "life"}
    town, calendar, last = town_of(2, 300), setting.calendar, setting.trial.last
    for each in people:
        twin = estimator.lives(GENEROUS, each.shopper)
        champion = lone_life(to_record(STANDARD), each.shopper, calendar, last, town)
        assert twin.champion == champion.events
        assert champion.account.limit_fen == each.champion_limit_fen
        begins = [(-300, to_record(STANDARD)), (0, to_record(GENEROUS))] if timeline == "from_today" else to_record(GENEROUS)
        challenger = lone_life(begins, each.shopper, calendar, last, town)
        assert twin.challenger == challenger.events
        assert challenger.account.limit_fen == each.challenger_limit_fen
        assert twin.parting() is not None


def test_answers_sharpen_until_they_are_what_compare_says() -> None:
    setting = Setting(STANDARD, seed=4, **SMALL)
    told: list[Answer] = []
    estimator = MarketEstimator(setting, 3_000, threads=2)
    days = setting.warm_up_days
    assert estimator.brought == Brought(0, 3_000, START, days)
    there: list[Brought | None] = []

    def hear(found: Answer) -> None:
        told.append(found)
        there.append(estimator.brought)

    estimator.estimate(GENEROUS, hear, lambda: False)
    estimator.close()
    assert there == [Brought(1_024, 3_000, START, days), None]
    assert [each.shoppers for each in told] == [1_024, 3_000]
    assert [each.done_ppm for each in told] == [341_333, 1_000_000]
    assert {each.since for each in told} == {START}
    whole = small(GENEROUS, 3_000, "from_today", seed=4, threads=1)
    assert told[-1] == whole.answer
    assert told[-1].metrics["gmv_fen"].worth > told[0].metrics["gmv_fen"].worth // 4
    first, last = (each.metrics["utilisation_ppm"].standard_error for each in told)
    assert last < first


def test_a_cancelled_question_ends_and_the_next_one_is_answered() -> None:
    estimator = MarketEstimator(Setting(STANDARD, seed=4, **SMALL), 3_000)
    told: list[Answer] = []
    estimator.estimate(GENEROUS, told.append, lambda: bool(told))
    assert [each.shoppers for each in told] == [1_024]
    estimator.estimate(GENEROUS, told.append, lambda: False)
    assert told[-1].shoppers == 3_000
    estimator.close()


def test_ratios_tell_what_they_are_of_for_everybody_each_group_roll_and_vintage() -> None:
    answer = small(GENEROUS, 1_500).answer
    told = [*answer.metrics.items(), *(("roll_ppm", each.share) for each in answer.rolls)]
    told += [pair for group in answer.groups for pair in group.metrics.items()]
    told += [("vintage_90_ppm", each.ever_90) for each in answer.vintages]
    assert answer.rolls and answer.groups and answer.vintages
    for name, each in told:
        assert (over_titles(name) is None) == (each.over is None), name
        if each.over is not None:
            scale = 1 if name.endswith("_fen") else 1_000_000
            for (above, below), value in zip(each.over, (each.champion, each.challenger), strict=True):
                assert value == (above * scale // below if below else 0) or (name == "loss_ppm" and abs(value * below - above * scale) <= scale)
    for name in ("profit_fen", "fee_income_fen", "limits_raised", "limits_cut", "limit_increases", "limit_decreases"):
        parts = sum_of(name)
        assert sum(sign * answer.metrics[part].challenger for part, sign in parts.items()) == answer.metrics[name].challenger


@pytest.mark.parametrize("path", NEVER_MET)
def test_a_value_that_is_said_to_be_never_met_moves_no_measure(path: str) -> None:
    kind = policy_leaves()[path]
    assert unmet_text(path) and kind.low is not None and kind.high is not None
    for value in {kind.low, kind.high} - {value_at(STANDARD.flat(), path)}:
        found = small(set_field(STANDARD, path, value), 2_000, days=365)
        assert all(each.verdict == "same" for each in found.metrics.values())


def test_more_days_to_return_and_more_terms_of_relief_than_anybody_asks_for_change_nothing() -> None:
    found = small(set_fields(STANDARD, {"return_days": 60, "hardship_terms": 60}), 2_000, days=365)
    assert all(each.verdict == "same" for each in found.metrics.values())


def test_who_was_written_off_before_the_trial_is_not_over_90_days_late_in_it() -> None:
    setting = Setting(STANDARD, start=START, days=181, timeline="from_today")
    sample = Sample(setting, 1)
    sample.ensure(1_500, lambda: False)
    sample.close()
    told: Counter[tuple[bool, int, int]] = Counter()
    for block in sample.blocks:
        assert block.people is not None and block.lived is not None
        own = {name: block.lived.rows.own[:, COLUMN[name]] for name in ("has_line", "had_line", "ever_90")}
        for place in np.flatnonzero((block.people.accounts["worst_dpd"] > 90) | (own["ever_90"] > 0)):
            over, gone = over_90_by_events(block.first_number + int(place), setting)
            assert (own["has_line"][place], own["ever_90"][place]) == (1, over), place
            told[gone, own["had_line"][place], own["ever_90"][place]] += 1
        assert (own["ever_90"] <= own["had_line"]).all() and (own["had_line"] <= own["has_line"]).all()
    assert told[True, 0, 0] > 5 and told[False, 1, 1] > 5
    assert not any(had for gone, had, _over in told if gone)


def over_90_by_events(number: int, setting: Setting) -> tuple[bool, bool]:
    """Whether a shopper was over 90 days late on a day of the trial, and whether all debt was written off before it, by the
    events of a life lived alone.
    """
    late = over = gone = False
    town = town_of(setting.seed, setting.warm_up_days)
    for event in lone_life(to_record(STANDARD), number, setting.calendar, setting.trial.last, town).events:
        before = late
        if event["event"] == "bucket_changed":
            late = event["dpd"] > 90
        elif event["event"] == "charged_off":
            late = False
            gone |= event["day"] < setting.trial.first
        over |= event["day"] >= setting.trial.first and (before or late)
    return over or late, gone


def test_groups_add_up_to_everybody_and_gaps_are_the_most_less_the_least() -> None:
    answer = small(GENEROUS).answer
    for by in ("city_tier", "income_fifth", "owner"):
        groups = answer.group(by)
        assert sum(group.shoppers for group in groups) == 600
        assert sum(group.metrics["charged_off_fen"].challenger for group in groups) == answer.metrics["charged_off_fen"].challenger
        for gap in (gap for gap in answer.gaps if gap.by == by):
            values = [group.metrics[gap.metric].challenger for group in groups if group.shoppers]
            assert gap.gap.challenger == max(values) - min(values)


SEEDS, FEW, MANY = 20, 10_240, 20_480
TRIED = ("gmv_fen", "profit_fen", "exposure_fen", "limit_total_fen", "utilisation_ppm", "fee_burden_ppm")


def test_over_twenty_seeds_the_intervals_hold_what_the_whole_population_shows() -> None:
    """What an early answer says of the whole is what the whole then shows."""
    held = dict.fromkeys(TRIED, 0)
    for seed in range(1, SEEDS + 1):
        told: list[Answer] = []
        estimator = MarketEstimator(Setting(STANDARD, seed=seed, **SMALL), MANY)
        estimator.estimate(GENEROUS, told.append, lambda: False)
        estimator.close()
        early, whole = (next(each for each in told if each.shoppers == size).metrics for size in (FEW, MANY))
        for name in TRIED:
            expected = whole[name].difference * (1.0 if name.endswith("_ppm") else FEW / MANY)
            held[name] += early[name].low <= expected <= early[name].high
    assert min(held.values()) >= 17, held

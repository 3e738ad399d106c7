"""People, streams, names and the catalogue."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import text
from simulator.bits import how_many, lowest_place, places_of
from simulator.codes import MERCHANT_OFFLINE, MERCHANT_ONLINE
from simulator.population import catalogue
from simulator.population.names import given_names, name_of, surname_weights
from simulator.population.people import (
    STORY_KEYS,
    Person,
    PersonError,
    begin_records,
    complete,
    draw_person,
    start_people,
)
from simulator.random import MASK, below, between, chance, draw, mixed, quantile, weighted

keys = st.tuples(
    st.integers(0, 2**63 - 1),
    st.integers(0, 10**6),
    st.integers(-800, 4000),
    st.integers(0, 40),
    st.integers(0, 99),
)


@given(keys)
def test_a_draw_is_a_word_and_stays_the_same(key: tuple[int, int, int, int, int]) -> None:
    assert 0 <= draw(*key) <= MASK
    assert draw(*key) == draw(*key)


@given(keys, st.integers(1, 10**6))
def test_draws_stay_within_their_bounds(key: tuple[int, int, int, int, int], count: int) -> None:
    drawn = draw(*key)
    assert 0 <= below(drawn, count) < count
    assert 5 <= between(drawn, 5, 9) <= 9
    assert 0 <= quantile(drawn, (0, 10, 100)) <= 100
    assert weighted(drawn, (0, 3, 0)) == 1
    assert chance(drawn, 1_000_000) and not chance(drawn, 0)


@pytest.mark.parametrize("place", range(32))
def test_the_place_of_the_lowest_bit(place: int) -> None:
    assert {lowest_place(higher << place + 1 | 1 << place) for higher in range(64)} == {place}


def test_bits_are_counted_and_places_are_a_set() -> None:
    assert [how_many(bits) for bits in (0, 1, 6, 255, 1 << 31)] == [0, 1, 2, 8, 1]
    assert places_of(7, [7, 1, 7, 0]) == 0b101
    assert places_of(0, [7, 1, 7, 0]) == 0b1000
    assert places_of(2, [7, 1, 7, 0]) == 0


def test_neighbouring_keys_share_nothing() -> None:
    """Each of the 32 bits is set in about half of 4,000 draws, and flips half the time between neighbours."""
    words = [draw(1, shopper, 0, 1, 0) for shopper in range(4_000)]
    for bit in range(32):
        ones = sum(word >> bit & 1 for word in words)
        flips = sum((a ^ b) >> bit & 1 for a, b in itertools.pairwise(words))
        assert 1_800 < ones < 2_200
        assert 1_800 < flips < 2_200


def test_the_mixer_never_leaves_63_bits() -> None:
    assert MASK * 0x735A2D97 < 2**63
    assert mixed(MASK) <= MASK


def test_a_person_is_the_same_whoever_else_there_is() -> None:
    assert draw_person(7, 123) == draw_person(7, 123)
    assert draw_person(7, 123) != draw_person(7, 124)
    assert draw_person(7, 123) != draw_person(8, 123)


def test_people_are_believable_on_the_whole() -> None:
    people = [draw_person(1, number) for number in range(1, 2_001)]
    incomes = sorted(person.income_fen for person in people)
    assert 350_000 < incomes[1_000] < 650_000
    assert incomes[1_800] > 2 * incomes[200]
    assert 0.05 < sum(person.owner for person in people) / len(people) < 0.13
    assert all(18 <= person.age <= 65 and person.expenses_fen <= person.income_fen for person in people)
    first = [person.income_fen for person in people if person.city_tier == 1]
    last = [person.income_fen for person in people if person.city_tier == 5]
    assert sum(first) / len(first) > 1.5 * sum(last) / len(last)


def test_what_is_given_stays_and_the_rest_is_drawn() -> None:
    person = complete({"name": "Wu Fang", "age": 33, "income_fen": 900_000}, 5)
    assert (person.name, person.age, person.income_fen) == ("Wu Fang", 33, 900_000)
    assert set(person.keys()) == set(STORY_KEYS)
    assert Person.from_dict(person.as_dict()) == person
    account, shopper = begin_records(person)
    assert (account.income_fen, shopper.cash_fen) == (900_000, person.cash_fen)


@pytest.mark.parametrize(
    "wrong",
    [
        {"age": "old"},
        {"age": True},
        {"city_tier": 6},
        {"colour": 1},
        {"name": ""},
        {"student": 1},
        {"pay_day": 0},
    ],
)
def test_wrong_traits_are_refused_in_sentences(wrong: dict[str, object]) -> None:
    with pytest.raises(PersonError) as caught:
        complete(wrong, 1)
    assert all(fault.endswith(".") for fault in caught.value.faults)


def test_every_wrong_trait_is_told_at_once() -> None:
    with pytest.raises(PersonError) as caught:
        complete({"age": -1, "city_tier": 9, "x": 1}, 1)
    assert len(caught.value.faults) == 3


def test_the_people_to_choose_from_are_newcomers_in_both_languages() -> None:
    english = [person.name for person in start_people()]
    text.use("zh")
    chinese = [person.name for person in start_people()]
    assert english == ["Lin Mei", "Chen Hao", "Zhao Lei"]
    assert chinese == ["林梅", "陈浩", "赵磊"]
    assert all(person.person.orders_180d < 2 for person in start_people())


def test_a_name_is_the_same_person_in_both_languages() -> None:
    assert len(surname_weights()) == 100
    assert len(given_names()) > 100
    assert name_of(0, 0, "en").startswith("Wang ")
    assert name_of(0, 0, "zh").startswith("王")


def test_the_catalogue_can_be_searched_in_both_languages() -> None:
    assert {item.key for item in catalogue.search("headphones")} == {"headphones"}
    assert {item.key for item in catalogue.search("手机")} >= {"phone_basic", "phone_mid", "phone_top"}
    assert catalogue.search("zzz") == ()
    assert all(item.price_fen > 0 and item.category in catalogue.categories() for item in catalogue.items())
    assert catalogue.merchant_kind("noodles") == MERCHANT_OFFLINE
    assert catalogue.merchant_kind("greenleaf") == MERCHANT_ONLINE
    assert catalogue.is_resold("gold") and not catalogue.is_resold("food")
    with pytest.raises(catalogue.NoSuchItem):
        catalogue.item("unicorn")

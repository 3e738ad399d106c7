"""Life events: how long somebody is out of work, by draw and by person."""

from __future__ import annotations

from simulator.account import Account
from simulator.population.life_events import months_out_of_work
from simulator.population.shopper import Shopper
from simulator.population.traits import long_wait_percent
from simulator.random import MASK


def waits(*, contacts: int, discipline_ppm: int, income_fen: int) -> list[int]:
    """Months out of work of one person by a hundred draws spread evenly."""
    account = Account(trusted_contacts=contacts)
    shopper = Shopper(discipline_ppm=discipline_ppm, income_fen=income_fen)
    return [months_out_of_work(account, shopper, MASK * place // 99) for place in range(100)]


def test_a_long_wait_is_as_much_likelier_as_the_percent_says() -> None:
    assert long_wait_percent(500_000, 3, 600_000) == 120 * 85 // 100
    months = waits(contacts=3, discipline_ppm=500_000, income_fen=600_000)
    assert months == sorted(months) and months[0] == 1 and months[-1] == 12
    assert sum(each > 1 for each in months) == 17, "a fifth wait at all, of whom the first are back within two months"


def test_few_contacts_little_discipline_and_low_pay_make_for_long_waits() -> None:
    usual = waits(contacts=3, discipline_ppm=500_000, income_fen=600_000)
    alone = waits(contacts=0, discipline_ppm=500_000, income_fen=600_000)
    careless = waits(contacts=3, discipline_ppm=100_000, income_fen=600_000)
    poor = waits(contacts=3, discipline_ppm=500_000, income_fen=300_000)
    for worse in (alone, careless, poor):
        assert sum(worse) > sum(usual) and all(1 <= each <= 12 for each in worse)
    keen = waits(contacts=5, discipline_ppm=1_000_000, income_fen=2_000_000)
    assert sum(each > 1 for each in keen) <= 1

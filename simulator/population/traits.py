"""Traits: who a shopper is, drawn from the streams as whole numbers.

Traits hang together: income with age, city tier and job; what is put by with income and discipline;
store history with income and age; the bureau's file with age. Shopper k of a seed is the same person
however many others there are.
"""

from __future__ import annotations

from simulator import purposes
from simulator.account import BUREAU_MONTHS, Account
from simulator.population.shopper import BUSTING_OUT, CASHING_OUT, HONEST, TAKEN_OVER, Shopper
from simulator.random import MASK, below, between, chance, leaf, quantile, stem, weighted
from simulator.registry import rule
from simulator.row import I1, I2, I4, I8, Row

STUDENT_JOB, OWNER_JOB, FREELANCER = 14, 11, 13
COURIER, DRIVER = 0, 4

TIER_INCOME_FEN = (900_000, 700_000, 600_000, 500_000, 400_000)
"""Median monthly take-home by city tier. FACTS §5 [M-lo]."""
_TIER_WEIGHTS = (12, 20, 22, 26, 20)
_JOB_FACTOR = (85, 80, 70, 80, 95, 100, 110, 100, 130, 165, 190, 110, 55, 95, 25)
_JOB_WEIGHTS = (8, 14, 10, 6, 8, 5, 6, 12, 6, 8, 5, 6, 4, 6, 0)
_SPREAD = (420, 620, 740, 840, 920, 1000, 1090, 1200, 1360, 1640, 2500)
"""Deciles of income around its median, per mille: a spread of about 0.43 in logs. FACTS §5 [S113]."""
_AGE = (18, 22, 25, 28, 31, 34, 38, 42, 47, 54, 65)
_DISCIPLINE = (0, 250_000, 420_000, 560_000, 690_000, 850_000, 1_000_000)
"""Quantiles of discipline; ours to calibrate."""
_MONTHS_PUT_BY = (0, 10, 25, 45, 70, 110, 170, 260, 420, 700, 1_500)
"""Hundredths of a month's income put by at the start; ours to calibrate by `charge_off_year`."""
_ORDERS = (0, 0, 1, 2, 4, 6, 9, 13, 19, 29, 60)
_SPEND = (300, 600, 850, 1_200, 1_900, 4_000)
_LOANS = (38, 30, 17, 9, 4, 2)
_DAYS_LATE = (1, 2, 4, 8, 15, 31, 75)
_STORE_AGE = (1, 5, 11, 20, 32, 50, 96)
_RETURNS = (0, 30_000, 80_000, 140_000, 230_000, 520_000)
_ENQUIRIES = (30, 26, 18, 11, 7, 4, 2, 1, 1)
_JOB_AGE = (1, 6, 14, 26, 44, 80, 240)
_ADDRESS_AGE = (1, 6, 14, 28, 50, 90, 300)
_PROFILE = (3, 10, 22, 30, 23, 12)
_CONTACTS = (8, 20, 30, 22, 12, 8)
_ATTENTION = (50_000, 500_000, 780_000, 880_000, 940_000, 980_000, 1_000_000)
"""Most attend to nearly every bill, a sixth to few. Targets, `late_fee_users`."""
_INSTALMENTS = (0, 0, 0, 0, 0, 60_000, 700_000, 950_000, 1_000_000)
"""Taste for instalments: most have none, some pay for everything that way. Targets, `stacking`."""
YOUNG, OLDER_TASTE_PERCENT = 35, 22
"""From 36 on the taste is less. Targets, `young_share`."""
LEAST_KEPT_PPM, KEPT_SPREAD_PPM = 0, 90_000
"""What is left of income after living: at least so much, and up to so much more; ours to calibrate."""
_PRICE_SENSE = (0, 200_000, 400_000, 550_000, 700_000, 850_000, 1_000_000)
_PAY_DAYS = (0, 4, 1, 1, 1, 12, 1, 1, 6, 1, 30, 1, 1, 1, 1, 30, 1, 1, 1, 1, 12, 1, 1, 1, 1, 12, 1, 1, 8)
USUAL_PAY_DAY = 10


class Traits(Row):
    """A person at the start, as whole numbers: what the form and the store tell, and what nobody sees."""

    age: I2
    student: I1
    city_tier: I1
    job: I1
    owner: I1
    income_fen: I4
    pay_day: I1
    expenses_fen: I4
    cash_fen: I8
    fund_fen: I8
    orders_180d: I4
    spend_180d_fen: I4
    instalments_elsewhere_fen: I4
    bureau_dpd: I2
    identity_age_days: I4
    statement_day: I1
    store_months: I2
    return_share_ppm: I4
    enquiries: I2
    loans_elsewhere: I2
    bureau_months: I2
    job_months: I2
    address_months: I2
    profile_items: I1
    trusted_contacts: I1
    discipline_ppm: I4
    attention_ppm: I4
    instalment_taste_ppm: I4
    price_sense_ppm: I4


@rule
def draw_traits(traits: Traits, seed: int, shopper: int) -> None:
    """Write the traits of a shopper of a seed."""
    word = stem(seed, shopper, 0)
    age = quantile(leaf(word, purposes.AGE, 0), _AGE)
    student = age <= 23 and chance(leaf(word, purposes.STUDENT, 0), 250_000)
    tier = 1 + weighted(leaf(word, purposes.TIER, 0), _TIER_WEIGHTS)
    owner = not student and age >= 24 and chance(leaf(word, purposes.OWNER, 0), 100_000)
    job = weighted(leaf(word, purposes.JOB, 0), _JOB_WEIGHTS)
    if owner:
        job = OWNER_JOB
    if student:
        job = STUDENT_JOB
    by_age = 1_050
    if age < 45:
        by_age = min(1_100, 620 + 22 * (age - 18))
    income = TIER_INCOME_FEN[tier - 1] * _JOB_FACTOR[job] // 100 * by_age // 1_000
    income = income * quantile(leaf(word, purposes.INCOME, 0), _SPREAD) // 1_000 // 1_000 * 1_000
    discipline = quantile(_settled(word), _DISCIPLINE)
    kept_ppm = LEAST_KEPT_PPM + discipline // 8 + below(leaf(word, purposes.EXPENSES, 0), KEPT_SPREAD_PPM)
    expenses = income * (1_000_000 - kept_ppm) // 1_000_000
    months_put_by = quantile(leaf(word, purposes.SAVINGS, 0), _MONTHS_PUT_BY)
    savings = income * months_put_by // 100 * (200_000 + discipline * 14 // 10) // 1_000_000
    fund = 0
    if chance(leaf(word, purposes.FUND, 0), discipline * 21 // 20):
        fund = savings * 6 // 10
    orders = quantile(leaf(word, purposes.STORE_ORDERS, 0), _ORDERS)
    basket = 4_000 + income // 100
    file_months = max(0, between(leaf(word, purposes.BUREAU_AGE, 0), -24, 12 * max(1, age - 20)))
    loans = 0
    if file_months > 0:
        loans = weighted(leaf(word, purposes.LOANS, 0), _LOANS)
    late = file_months > 0 and chance(leaf(word, purposes.BUREAU, 0), 160_000 - discipline // 8)
    traits.age = age
    traits.student = int(student)
    traits.city_tier = tier
    traits.job = job
    traits.owner = int(owner)
    traits.income_fen = income
    traits.pay_day = weighted(leaf(word, purposes.PAY_DAY, 0), _PAY_DAYS)
    if traits.pay_day == 0:
        traits.pay_day = USUAL_PAY_DAY
    traits.expenses_fen = expenses // 1_000 * 1_000
    traits.cash_fen = savings - fund + income // 5
    traits.fund_fen = fund
    traits.orders_180d = orders
    traits.spend_180d_fen = orders * basket * quantile(leaf(word, purposes.STORE_SPEND, 0), _SPEND) // 1_000
    elsewhere = income * loans * between(leaf(word, purposes.LOANS, 1), 2, 11) // 100
    traits.instalments_elsewhere_fen = elsewhere // 100 * 100
    traits.bureau_dpd = 0
    if late:
        traits.bureau_dpd = quantile(leaf(word, purposes.BUREAU, 1), _DAYS_LATE)
    traits.identity_age_days = between(leaf(word, purposes.IDENTITY_AGE, 0), 0, 120)
    traits.statement_day = 0
    traits.store_months = 0
    if orders > 0:
        traits.store_months = quantile(leaf(word, purposes.STORE_AGE, 0), _STORE_AGE)
    traits.return_share_ppm = quantile(leaf(word, purposes.RETURNS, 0), _RETURNS)
    traits.enquiries = weighted(leaf(word, purposes.ENQUIRIES, 0), _ENQUIRIES)
    traits.loans_elsewhere = loans
    traits.bureau_months = file_months
    traits.job_months = 0
    if not student:
        traits.job_months = min(12 * (age - 17), quantile(leaf(word, purposes.JOB_AGE, 0), _JOB_AGE))
    traits.address_months = min(12 * age, quantile(leaf(word, purposes.ADDRESS_AGE, 0), _ADDRESS_AGE))
    traits.profile_items = weighted(leaf(word, purposes.PROFILE, 0), _PROFILE)
    traits.trusted_contacts = weighted(leaf(word, purposes.CONTACTS, 0), _CONTACTS)
    traits.discipline_ppm = discipline
    traits.attention_ppm = quantile(leaf(word, purposes.ATTENTION, 0), _ATTENTION)
    traits.instalment_taste_ppm = quantile(leaf(word, purposes.INSTALMENT_TASTE, 0), _INSTALMENTS)
    if age > YOUNG:
        traits.instalment_taste_ppm = traits.instalment_taste_ppm * OLDER_TASTE_PERCENT // 100
    traits.price_sense_ppm = quantile(leaf(word, purposes.PRICE_SENSE, 0), _PRICE_SENSE)


@rule
def _settled(word: int) -> int:
    """A draw for discipline that leans on how settled a life looks.

    Home, job, profile and contacts, few enquiries, and how long the store is known: what a shop sees tells about as
    much as a bureau (Berg and others, as cited in `score_auc`).
    """
    looks = leaf(word, purposes.ADDRESS_AGE, 0) + leaf(word, purposes.JOB_AGE, 0) + leaf(word, purposes.PROFILE, 0)
    looks += leaf(word, purposes.CONTACTS, 0) + MASK - leaf(word, purposes.ENQUIRIES, 0)
    looks += leaf(word, purposes.STORE_AGE, 0)
    stretched = max(0, min(MASK, (looks // 6 - MASK // 2) * 11 // 5 + MASK // 2))
    return (leaf(word, purposes.DISCIPLINE, 0) + stretched * 4) // 5


@rule
def job_loss_ppm(traits: Traits) -> int:
    """The chance a month to lose the job: more by far where work and home are new and nobody vouches.

    The young, the old and the careless go first; so do those who were late elsewhere or asked for credit everywhere.
    """
    if traits.student:
        return 0
    likelihood = JOB_LOSS_PPM * _BY_CONTACTS[traits.trusted_contacts] // 100 * _BY_PROFILE[traits.profile_items] // 100
    likelihood = likelihood * stepped(traits.job_months, _JOB_STEPS, _BY_JOB) // 100
    likelihood = likelihood * stepped(traits.address_months, _ADDRESS_STEPS, _BY_ADDRESS) // 100
    likelihood = likelihood * stepped(traits.income_fen, _INCOME_STEPS, _BY_INCOME) // 100
    likelihood = likelihood * (70 + 32 * traits.enquiries) // 100
    likelihood = likelihood * careless_percent(traits.discipline_ppm) // 100
    if traits.bureau_dpd > 0:
        likelihood = likelihood * 2
    return min(MOST_JOB_LOSS_PPM, likelihood * age_percent(traits.age) // 100)


@rule
def new_job_loss_ppm(account: Account, shopper: Shopper) -> int:
    """The chance a month to lose a job that has just begun."""
    likelihood = JOB_LOSS_PPM * _BY_JOB[0] // 100 * _BY_CONTACTS[account.trusted_contacts] // 100
    likelihood = likelihood * stepped(shopper.income_fen, _INCOME_STEPS, _BY_INCOME) // 100
    return min(MOST_JOB_LOSS_PPM, by_person(likelihood, account, shopper))


@rule
def settled_job_loss_ppm(account: Account, shopper: Shopper) -> int:
    """The chance a month of one who is long settled."""
    return by_person(SETTLED_JOB_LOSS_PPM, account, shopper)


@rule
def by_person(likelihood_ppm: int, account: Account, shopper: Shopper) -> int:
    """The usual person's chance to lose a job, for one of such age and discipline; a student has none."""
    if account.student:
        return 0
    return likelihood_ppm * age_percent(account.age) // 100 * careless_percent(shopper.discipline_ppm) // 100


@rule
def age_percent(age: int) -> int:
    """How much more easily than others the young and the old lose a job."""
    return 120 if age < YOUNG_AT_WORK else 190 if age >= OLD_AT_WORK else 100


@rule
def careless_percent(discipline_ppm: int) -> int:
    """How much more or less easily than the usual person one of such discipline loses a job or long finds none."""
    return max(15, 250 - discipline_ppm * 260 // 1_000_000)


@rule
def long_wait_percent(discipline_ppm: int, contacts: int, income_fen: int) -> int:
    """How much likelier than the usual person one is to be long out of work.

    Jobs are found through people, by those who go after them; the low paid are the more easily replaced.
    """
    percent = careless_percent(discipline_ppm) * _BY_CONTACTS[contacts] // 100
    return percent * stepped(income_fen, _INCOME_STEPS, _BY_INCOME) // 100


@rule
def stepped(value: int, steps: tuple[int, ...], percents: tuple[int, ...]) -> int:
    """The percent of the first step that a value does not pass, else the last."""
    for i in range(len(steps)):
        if value <= steps[i]:
            return percents[i]
    return percents[len(steps)]


JOB_LOSS_PPM, MOST_JOB_LOSS_PPM = 9_000, 200_000
"""The chance a month of the usual person, and the most. Ours to calibrate: `charge_off_year`, `score_odds`."""
SETTLED_JOB_LOSS_PPM = 1_500
"""The chance a month of the usual person who is long settled. Ours: a book of old customers goes on losing some."""
YOUNG_AT_WORK, OLD_AT_WORK = 25, 58
"""From and to which age jobs are safest. Targets, `age_u`."""
_BY_CONTACTS = (170, 135, 105, 85, 70, 60)
_BY_PROFILE = (190, 150, 120, 95, 75, 60)
_JOB_STEPS, _BY_JOB = (2, 6, 12, 24, 60), (230, 180, 140, 110, 80, 60)
_ADDRESS_STEPS, _BY_ADDRESS = (3, 12, 24, 60), (160, 130, 110, 90, 70)
_INCOME_STEPS, _BY_INCOME = (350_000, 500_000, 700_000, 1_000_000), (170, 130, 100, 75, 50)
"""How much likelier, in percent: what a scorecard would find if people were like this. Ours to calibrate by
`score_auc` and `score_odds`; that the newly hired and the low paid go first is common knowledge of labour markets."""


@rule
def settle_in(account: Account, shopper: Shopper, traits: Traits, day: int) -> None:
    """Write the traits into the records with which a life begins on a day."""
    account.age = traits.age
    account.student = traits.student
    account.job = traits.job
    account.city_tier = traits.city_tier
    account.owner = traits.owner
    account.income_fen = traits.income_fen
    account.fund_fen = traits.fund_fen
    account.instalments_elsewhere_fen = traits.instalments_elsewhere_fen
    account.loans_elsewhere = traits.loans_elsewhere
    account.enquiries = traits.enquiries
    account.bureau_months = traits.bureau_months
    account.store_months = traits.store_months
    account.return_share_ppm = traits.return_share_ppm
    account.job_months = traits.job_months
    account.address_months = traits.address_months
    account.profile_items = traits.profile_items
    account.trusted_contacts = traits.trusted_contacts
    account.record_orders = traits.orders_180d
    account.record_spend_fen = traits.spend_180d_fen
    account.record_day = day
    account.identity_day = day - traits.identity_age_days
    account.statement_day = traits.statement_day
    account.elsewhere_dpd[0] = traits.bureau_dpd
    account.clean_elsewhere = BUREAU_MONTHS - int(traits.bureau_dpd > 0)
    shopper.income_fen = traits.income_fen
    shopper.pay_day = traits.pay_day
    shopper.expenses_fen = traits.expenses_fen
    shopper.cash_fen = traits.cash_fen
    shopper.fund_fen = traits.fund_fen
    shopper.discipline_ppm = traits.discipline_ppm
    shopper.attention_ppm = traits.attention_ppm
    shopper.instalment_taste_ppm = traits.instalment_taste_ppm
    shopper.price_sense_ppm = traits.price_sense_ppm


@rule
def draw_habits(shopper: Shopper, traits: Traits, seed: int, number: int) -> None:
    """Write what only a synthetic life needs: how the shopper earns, buys, saves and means it."""
    word = stem(seed, number, 0)
    shopper.number = number
    steady = traits.job not in (COURIER, DRIVER, OWNER_JOB, FREELANCER)
    shopper.income_spread_ppm = 30_000 if steady else 300_000
    shopper.job_loss_ppm = job_loss_ppm(traits)
    shopper.income_trend_ppm = between(leaf(word, purposes.TREND, 0), -10_000, 90_000)
    taste = quantile(leaf(word, purposes.CREDIT_TASTE, 0), _CREDIT_TASTE)
    taste = max(taste, traits.instalment_taste_ppm)
    by_means = taste * stepped(traits.income_fen, _MEANS_STEPS, _BY_MEANS) // 100
    shopper.credit_taste_ppm = min(1_000_000, by_means)
    shopper.temper_ppm = quantile(leaf(word, purposes.TEMPER, 0), _TEMPER)
    shopper.spread_ppm = quantile(leaf(word, purposes.SPREAD, 0), _LIMIT_SPREAD)
    shopper.buffer_ppm = quantile(leaf(word, purposes.BUFFER, 0), _BUFFER) * (500_000 + traits.discipline_ppm) // 1_000_000
    by_history = traits.orders_180d * 10_000_000 // 43
    shopper.orders_ppm = (BASE_ORDERS_PPM + by_history) * quantile(leaf(word, purposes.ORDERS, 0), _ORDERS_NOISE) // 1_000
    shopper.basket_fen = (10_900 + traits.income_fen // 550) * quantile(leaf(word, purposes.BASKET, 0), _BASKET_NOISE) // 1_000
    afforded_fen = traits.income_fen * MOST_SPENT_PERCENT // BASKET_MEAN_PERCENT
    shopper.orders_ppm = min(shopper.orders_ppm, afforded_fen * 1_000_000 // shopper.basket_fen)
    usual_fen = shopper.orders_ppm * shopper.basket_fen // 1_000_000 * BASKET_MEAN_PERCENT // 100
    shopper.expenses_fen -= min(usual_fen * INSTEAD_PERCENT // 100, shopper.expenses_fen * MOST_INSTEAD_PERCENT // 100)
    shopper.intent = HONEST
    drawn = below(leaf(word, purposes.INTENT, 0), 1_000_000)
    if drawn < BUST_OUT_PPM:
        shopper.intent = BUSTING_OUT
    elif drawn < BUST_OUT_PPM + CASH_OUT_PPM:
        shopper.intent = CASHING_OUT
    elif drawn < BUST_OUT_PPM + CASH_OUT_PPM + TAKEN_OVER_PPM:
        shopper.intent = TAKEN_OVER


_CREDIT_TASTE = (0, 0, 20_000, 220_000, 750_000, 920_000, 960_000, 980_000, 1_000_000)
"""A quarter hold a line for the day on which cash does not reach. Targets, `activity_mix`."""
_TEMPER = (0, 20_000, 60_000, 120_000, 250_000, 600_000)
"""How readily a complaint is made; ours to calibrate."""
_LIMIT_SPREAD = (0, 60_000, 140_000, 250_000, 410_000, 680_000)
"""How much a free limit adds to a basket. Targets, `mpc_cli`, `spend_lift`. FACTS §5 [S100, S101]."""
_BUFFER = (50_000, 150_000, 300_000, 500_000, 800_000, 1_400_000, 3_000_000)
"""Cash kept at hand, of a month's expenses. Targets, `day1_late`."""
_MEANS_STEPS, _BY_MEANS = (600_000, 900_000, 1_300_000), (220, 95, 45, 20)
"""Who has means likes the line less, who has little more. Targets, `util_by_limit`."""
_ORDERS_NOISE = (400, 700, 900, 1_100, 1_400, 2_000)
"""How people of one history differ in occasions, per mille; ours to calibrate."""
_BASKET_NOISE = (400, 650, 850, 1_050, 1_350, 1_900, 3_200)
"""How people of one income differ in baskets, per mille; ours to calibrate."""
BASE_ORDERS_PPM = 260_000
"""Occasions a month of one without a history, in millionths. Targets, `stacking`, `util_shape`."""
INSTEAD_PERCENT, MOST_INSTEAD_PERCENT = 85, 50
"""What is bought at this store is to so much bought instead of elsewhere, and at most so much of living."""
MOST_SPENT_PERCENT = 45
"""Nobody means to spend more of income at one store; ours to calibrate."""
BASKET_MEAN_PERCENT = 160
"""The mean order against the usual basket: dear categories and long tails of size."""
BUST_OUT_PPM, CASH_OUT_PPM, TAKEN_OVER_PPM = 700, 1_500, 3_000
"""Shares of people with a dishonest intent, and of accounts that others will take over. FACTS §5 [M-lo]."""

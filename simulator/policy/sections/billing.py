"""Billing: statements, the minimum, fees and instalment plans (RULES §1, §4, §5, §7, §8)."""

from __future__ import annotations

from typing import Annotated

from simulator.policy.sources import OURS, Source
from simulator.policy.values import (
    ByGrade,
    ByTerms,
    DailyRate,
    DayOfMonth,
    DueOffset,
    Fen,
    Meaning,
    Settlement,
    Share,
    Strict,
    Switch,
    TermRate,
    YearlyRate,
    grades,
    terms,
)


class Statements(Strict):
    """When a bill is made, when it is due, and the least that it asks."""

    default_statement_day: Annotated[
        DayOfMonth,
        Meaning(
            "Day on which the bill is made, unless the shopper chose another.",
            "账单日（用户未自选时）。",
            Source("terms", "FACTS §1.1 [S1], §10", "the 1st in their example", "例子里是 1 日"),
        ),
    ] = 1
    due_offset_days: Annotated[
        DueOffset,
        Meaning(
            "Days from the bill to its due day.",
            "账单日到还款日的天数。",
            Source("terms", "FACTS §1.1 [S1]", "9 days", "9 天"),
        ),
    ] = 9
    minimum_ppm: Annotated[
        Share,
        Meaning(
            "Share of what is not on plans that the minimum asks.",
            "最低还款额占非分期欠款的比例。",
            Source("terms", "FACTS §1.3 [S11]", "10 %", "10%"),
        ),
    ] = 100_000
    small_balance_fen: Annotated[
        Fen,
        Meaning(
            "Where less than this would be left, the minimum is the whole bill.",
            "剩余不足此数时，最低还款额为整张账单。",
            Source("terms", "FACTS §1.3 [S11]", "300 yuan", "300 元"),
        ),
    ] = 30_000
    tolerance_fen: Annotated[
        Fen,
        Meaning("A bill that is short by at most this counts as met.", "少还不超过此数，视为已还够。", OURS),
    ] = 1_000
    reminders: Annotated[
        Switch,
        Meaning("Whether reminders go out around the due day.", "还款日前后是否发提醒。", OURS),
    ] = True


class Fees(Strict):
    """What the time of money costs the shopper, and the legal cap on it."""

    revolving_fee_ppm: Annotated[
        DailyRate,
        Meaning(
            "Daily fee on principal whose due day has passed and that is not past due itself, the minimum met or not.",
            "过了还款日、本身不算逾期的本金每天的费率，不论是否还够最低。",
            Source("terms", "FACTS §1.3 [S11]", "from 0.05 % a day", "每天 0.05% 起"),
        ),
    ] = 500
    late_fee_ppm: Annotated[
        DailyRate,
        Meaning(
            "Daily fee on what is past due.",
            "逾期部分每天的违约金费率。",
            Source(
                "terms",
                "FACTS §1.4",
                "0.03 to 0.07 % a day; 0.065 % stays under 24 % a year",
                "每天 0.03 到 0.07%；0.065% 一年不到 24%",
            ),
        ),
    ] = 650
    late_fee_cap_ppm: Annotated[
        Share,
        Meaning(
            "Late fees of one arrears stop at this share of the most that was past due.",
            "一次逾期的违约金上限，占逾期最高本金的比例。",
            Source("ours", "FACTS §2", "a lender abroad stops at 25 %", "国外有机构到 25% 为止"),
        ),
    ] = 100_000
    fee_rate_ppm: Annotated[
        ByTerms[ByGrade[TermRate]],
        Meaning(
            "Fee of each term of a plan, on its first principal, by terms and grade.",
            "每期费率（按初始本金），依期数和等级。",
            Source(
                "terms",
                "FACTS §1.2 [S9], §10",
                "0.5 to 1.2 % a month; the steps between grades are ours",
                "每月 0.5 到 1.2%；各等级的差别自定",
            ),
        ),
    ] = terms(grades(5_000, 6_000, 7_500, 9_000, 10_000))
    min_plan_fen: Annotated[
        Fen,
        Meaning("Least purchase that can be paid in terms.", "可分期的最低金额。", OURS),
    ] = 10_000
    early_settlement: Annotated[
        Settlement,
        Meaning(
            "What settling a plan early costs beside its principal.",
            "提前结清除本金外要付什么。",
            Source("terms", "FACTS §1.5 [S6]", "priced anew by the day", "按日重新计价"),
        ),
    ] = "reprice_daily"
    settle_daily_ppm: Annotated[
        DailyRate,
        Meaning(
            "Daily rate at which a plan settled early is priced anew.",
            "提前结清时重新计价的日费率。",
            Source("terms", "FACTS §1.5 [S6]", "0.065 % a day", "每天 0.065%"),
        ),
    ] = 650
    rate_cap_ppm: Annotated[
        YearlyRate,
        Meaning(
            "Highest yearly rate that the law allows; dearer plans are not offered.",
            "法定年利率上限；更贵的分期不提供。",
            Source(
                "law",
                "FACTS §3 [S60, S62]",
                "China 2025, all costs together at most 24 % a year",
                "中国 2025 年，综合成本每年不超过 24%",
            ),
        ),
    ] = 240_000

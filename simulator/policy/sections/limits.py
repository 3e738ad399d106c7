"""Limits: reviews, increases, decreases and temporary limits (RULES §10)."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from simulator.policy.record import SEASONS
from simulator.policy.sources import OURS, Source
from simulator.policy.values import (
    Band,
    ByGrade,
    Count,
    Days,
    Decreases,
    Grade,
    Meaning,
    Months,
    Score,
    Season,
    Share,
    Strict,
    grades,
)

_FESTIVALS: Any = [
    {"day": "06-18", "before": 25, "after": 4},
    {"day": "11-11", "before": 25, "after": 4},
]


class Reviews(Strict):
    """What earns a higher limit, and what lowers it."""

    review_months: Annotated[
        Months,
        Meaning(
            "Bills from one review of the limit to the next.",
            "每隔几期账单复核一次额度。",
            Source("terms", "FACTS §1.7 [S18]", "about every six months", "约每六个月"),
        ),
    ] = 6
    request_days: Annotated[
        Days,
        Meaning("Days between two requests for a higher limit.", "两次申请提额的最短间隔天数。", OURS),
    ] = 30
    increase_streak: Annotated[
        Count,
        Meaning(
            "Bills on time in a row that an increase asks.",
            "提额要求连续按时还款的期数。",
            Source("ours", "FACTS §10"),
        ),
    ] = 6
    increase_grade: Annotated[
        Grade,
        Meaning("Lowest grade that earns an increase.", "可提额的最低等级。", OURS),
    ] = "C"
    increase_utilisation_ppm: Annotated[
        Band,
        Meaning(
            "Share of the limit in use that an increase asks.",
            "提额要求的额度使用率范围。",
            Source("ours", "FACTS §10"),
        ),
    ] = Band(low=300_000, high=900_000)
    increase_ppm: Annotated[
        ByGrade[Share],
        Meaning(
            "How much an increase adds, by grade.",
            "提额幅度，依等级。",
            Source("ours", "FACTS §10", "we think 10 to 50 % likely", "估计 10 到 50%"),
        ),
    ] = grades(300_000, 250_000, 200_000, 0, 0)
    decrease_dpd: Annotated[
        Days,
        Meaning("Days past due above which a limit is cut.", "逾期超过几天降额。", OURS),
    ] = 10
    decrease_score_drop: Annotated[
        Score,
        Meaning("Fall of the score above which a limit is cut.", "评分下降超过多少降额。", OURS),
    ] = 60
    decrease_utilisation_ppm: Annotated[
        Share,
        Meaning(
            "Share in use above which minimum payments alone lead to a cut.",
            "使用率高于此且只还最低会降额。",
            OURS,
        ),
    ] = 900_000
    decrease_months: Annotated[
        Months,
        Meaning(
            "Bills in a row of high use and minimum payments that lead to a cut.",
            "连续几期高使用率且只还最低后降额。",
            OURS,
        ),
    ] = 4
    dormant_months: Annotated[
        Months,
        Meaning(
            "Bills without a purchase after which a limit is cut.",
            "连续几期不用后降额。",
            Source("trade", "FACTS §4", "6 to 12 months", "6 到 12 个月"),
        ),
    ] = 12
    warning_score: Annotated[
        Score,
        Meaning(
            "Does nothing: there is no early-warning model yet. 0 is off.",
            "暂无作用：尚无预警模型。0 为关闭。",
            OURS,
        ),
    ] = 0
    decrease_gap_months: Annotated[
        Months,
        Meaning(
            "Bills between two cuts, save for late payment.",
            "两次降额的最短间隔期数（逾期除外）。",
            OURS,
        ),
    ] = 3
    decrease_ppm: Annotated[
        Decreases,
        Meaning(
            "How much of the limit is cut, by cause; warning does nothing yet, for want of a model.",
            "降额幅度，依原因；预警一项暂无作用，因为尚无预警模型。",
            Source(
                "study",
                "FACTS §10, §5 [S107]",
                "by a regulator in the United States, 75 % at the median; the causes are ours",
                "美国监管机构，中位数 75%；各原因自定",
            ),
        ),
    ] = Decreases(late=500_000, score=250_000, utilisation=200_000, dormant=300_000, warning=750_000)


class TemporaryLimits(Strict):
    """Extra limit in festival seasons."""

    temporary_limit_ppm: Annotated[
        Share,
        Meaning(
            "Extra limit in a season, as a share of the permanent one.",
            "大促临时额度占固定额度的比例。",
            Source(
                "ours",
                "FACTS §1.7 [S18]",
                "the terms have such limits, but no size",
                "条款里有临时额度，没有大小",
            ),
        ),
    ] = 300_000
    season: Annotated[
        list[Season],
        Field(max_length=SEASONS),
        Meaning(
            "Festivals: the day, and the days before and after it.",
            "大促：当天及其前后天数。",
            Source(
                "terms",
                "FACTS §1.7 [S18], §10",
                "around 18 June and 11 November; the days around them are ours",
                "6 月 18 日和 11 月 11 日前后；前后天数自定",
            ),
        ),
    ] = _FESTIVALS

"""Opening: who may apply, which score earns which grade, and the first limit (RULES §2)."""

from __future__ import annotations

from typing import Annotated

from simulator.policy.sources import OURS, Source
from simulator.policy.values import (
    ByGrade,
    Count,
    Days,
    Fen,
    Meaning,
    Months,
    Multiple,
    Score,
    Share,
    Strict,
    Switch,
    Years,
    grades,
)


class Applications(Strict):
    """Conditions of an application and what its score decides."""

    product_open: Annotated[
        Switch,
        Meaning("Whether the product exists; off closes it for good.", "产品是否开放；关闭即停办。", OURS),
    ] = True
    age_min: Annotated[
        Years,
        Meaning(
            "Lowest age of an applicant.",
            "申请人最低年龄。",
            Source("terms", "FACTS §1.9 [S30]", "18", "18 岁"),
        ),
    ] = 18
    age_max: Annotated[Years, Meaning("Highest age of an applicant.", "申请人最高年龄。", OURS)] = 65
    min_orders: Annotated[
        Count,
        Meaning(
            "Orders that the purchase record must show.",
            "购物记录要求的最少订单数。",
            Source("ours", "FACTS §1.9", "the terms ask some activity", "条款要求有一些购物"),
        ),
    ] = 2
    min_spend_fen: Annotated[
        Fen,
        Meaning(
            "Spending that the purchase record must show.",
            "购物记录要求的最少消费额。",
            Source("ours", "FACTS §1.9", "the terms ask some activity", "条款要求有一些购物"),
        ),
    ] = 20_000
    record_days: Annotated[
        Days,
        Meaning("Days back to which the purchase record counts.", "购物记录回看的天数。", OURS),
    ] = 180
    bureau_dpd_max: Annotated[
        Days,
        Meaning("Most days past due that others may have reported.", "其他机构上报的逾期天数上限。", OURS),
    ] = 30
    recent_months: Annotated[
        Months,
        Meaning(
            "Whole months of the credit report that an application looks at, beside the running one; 0 is none.",
            "申请时回看征信的整月数，当月另算；0 为不看。",
            OURS,
        ),
    ] = 12
    grade_cutoffs: Annotated[
        ByGrade[Score],
        Meaning(
            "Lowest score of each grade; below the last, no ordinary line.",
            "各等级的最低评分；低于最后一档不予常规开通。",
            Source("ours", "FACTS §1.13", "bonds on such debt know four grades", "此类债权的证券分四个等级"),
        ),
    ] = grades(720, 670, 630, 590, 550)
    counter_offer: Annotated[
        Switch,
        Meaning(
            "Whether a score just too low is offered a small line.",
            "评分略低时是否批起步额度。",
            Source(
                "study", "FACTS §9, §5 [S93]", "of instalment lenders in the United States", "美国分期机构"
            ),
        ),
    ] = True
    counter_cutoff: Annotated[
        Score,
        Meaning("Lowest score for the small line.", "起步额度的最低评分。", OURS),
    ] = 520
    starter_limit_fen: Annotated[
        Fen,
        Meaning(
            "Limit of the small line.",
            "起步额度的金额。",
            Source("terms", "FACTS §1.7 [S21]", "500 to 2,000 yuan", "500 到 2,000 元"),
        ),
    ] = 50_000
    offer_days: Annotated[
        Days,
        Meaning("Days that an offer stands.", "起步额度方案的有效天数。", OURS),
    ] = 7
    decline_cooling_days: Annotated[
        Days,
        Meaning("Days to wait after a decline.", "被拒后再申请要等的天数。", OURS),
    ] = 30


class FirstLimits(Strict):
    """How large a limit may be, from income and debt."""

    income_multiple_ppm: Annotated[
        Multiple,
        Meaning(
            "First limit as a share of monthly income, before the grade's factor.",
            "首次额度占月收入的比例（未乘等级系数）。",
            Source(
                "ours",
                "FACTS §10",
                "so that half of the first limits are under about 3,000 yuan",
                "使一半首次额度不到约 3,000 元",
            ),
        ),
    ] = 600_000
    grade_factor_ppm: Annotated[
        ByGrade[Multiple],
        Meaning("Factor on the first limit, by grade.", "首次额度的等级系数。", OURS),
    ] = grades(1_500_000, 1_200_000, 1_000_000, 700_000, 400_000)
    min_limit_fen: Annotated[
        Fen,
        Meaning(
            "Lowest limit.", "最低额度。", Source("terms", "FACTS §1.7, §10", "from 500 yuan", "500 元起")
        ),
    ] = 50_000
    max_limit_fen: Annotated[
        Fen,
        Meaning(
            "Highest limit.",
            "最高额度。",
            Source("terms", "FACTS §1.7 [S19]", "up to 50,000 yuan", "最高 50,000 元"),
        ),
    ] = 5_000_000
    line_payment_ppm: Annotated[
        Share,
        Meaning("Share of a limit taken as its monthly payment.", "按额度折算月供的比例。", OURS),
    ] = 100_000
    max_debt_service_ppm: Annotated[
        Share,
        Meaning("Most of income that all monthly payments may take.", "月供合计占收入的上限。", OURS),
    ] = 400_000
    max_line_income_ppm: Annotated[
        Multiple,
        Meaning(
            "Highest limit after increases, as a share of monthly income.",
            "提额后的最高额度，占月收入的比例。",
            OURS,
        ),
    ] = 2_000_000

"""Business: refunds and returns, the fund, and the lender's books (RULES §3, §9, §12)."""

from __future__ import annotations

from typing import Annotated

from simulator.policy.sources import OURS, Source
from simulator.policy.values import (
    ByBucket,
    Days,
    Fen,
    Meaning,
    Share,
    Strict,
    YearlyRate,
)

_PROVISIONS = ByBucket[Share](
    M0=10_000, M1=100_000, M2=350_000, M3=600_000, M4=800_000, M5=900_000, M6=950_000
)


class Store(Strict):
    """Refunds, returns and the money-market fund."""

    refund_days: Annotated[
        Days,
        Meaning(
            "Days until refunded money is back.",
            "退款到账的天数。",
            Source("ours", "FACTS §1.6 [S17]", "the terms allow 15 working days", "条款允许 15 个工作日"),
        ),
    ] = 7
    return_days: Annotated[
        Days,
        Meaning(
            "Days after a purchase in which it can be sent back.",
            "购买后可退货的天数。",
            Source(
                "law", "FACTS §1.6", "China, 7 days for what is bought online", "中国，网购 7 天无理由退货"
            ),
        ),
    ] = 7
    return_pause_days: Annotated[
        Days,
        Meaning(
            "Days that a return pauses its plan's bills.",
            "退货期间暂停出账的天数。",
            Source("terms", "FACTS §2 [S48-S50]", "28 days at a lender abroad", "国外一家机构为 28 天"),
        ),
    ] = 28
    fund_days: Annotated[
        Days,
        Meaning("Days until money taken out of the fund arrives.", "基金转出到账的天数。", OURS),
    ] = 1
    fund_yield_ppm: Annotated[
        YearlyRate,
        Meaning("Yearly yield of the fund.", "基金年收益率。", OURS),
    ] = 15_000


class Books(Strict):
    """What the lender earns, pays and sets aside."""

    merchant_fee_ppm: Annotated[
        Share,
        Meaning(
            "Share of a purchase that the merchant pays the lender.",
            "商户支付给放贷方的费率。",
            Source("trade", "FACTS §10 [M-lo]", "0.6 to 1.2 %", "0.6 到 1.2%"),
        ),
    ] = 9_000
    funding_rate_ppm: Annotated[
        YearlyRate,
        Meaning(
            "Yearly cost of the money that is lent.",
            "资金成本年利率。",
            Source(
                "ours",
                "FACTS §1.13, §10 [S45]",
                "bonds on such debt paid 5.1 to 7.3 % a year in 2015; we think 4 to 6 % likely now",
                "此类债权的证券 2015 年每年 5.1 到 7.3%；估计现在 4 到 6%",
            ),
        ),
    ] = 45_000
    provision_ppm: Annotated[
        ByBucket[Share],
        Meaning("Share of what is owed set aside for losses, by bucket.", "拨备比例，依逾期档。", OURS),
    ] = _PROVISIONS
    store_margin_ppm: Annotated[
        Share,
        Meaning(
            "The store's margin on purchases; beside profit, never in it.",
            "商城毛利率；只作参照，不计入利润。",
            Source("trade", "FACTS §10 [M-lo]", "2 to 4 %", "2 到 4%"),
        ),
    ] = 30_000
    operating_fen: Annotated[
        Fen,
        Meaning(
            "Cost of running an active account for a month.",
            "每个活跃账户每月的运营成本。",
            Source("trade", "FACTS §10 [S45, M-lo]", "20 to 40 yuan a year", "每年 20 到 40 元"),
        ),
    ] = 250
    acquisition_fen: Annotated[
        Fen,
        Meaning("Cost of winning a new account.", "每个新账户的获客成本。", OURS),
    ] = 3_000
    collection_fen: Annotated[
        Fen,
        Meaning("Cost of collecting from a late account for a month.", "每个逾期账户每月的催收成本。", OURS),
    ] = 1_500

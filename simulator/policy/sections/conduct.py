"""Conduct: monitoring, arrears, hardship, closing and coming back (RULES §7, §11)."""

from __future__ import annotations

from typing import Annotated

from simulator.policy.sources import OURS, Source
from simulator.policy.values import (
    ChargeOffDays,
    Count,
    Days,
    Meaning,
    Months,
    Score,
    Share,
    Strict,
)

_LADDER = Source(
    "terms",
    "FACTS §1.11 [S37], §10",
    "what users tell of each length of delay; the days are ours",
    "用户讲述的各段逾期后果；天数自定",
)


class Monitoring(Strict):
    """What happens when purchases look wrong, or the terms are broken."""

    hold_score: Annotated[
        Score,
        Meaning("Alert score from which a purchase waits for a check.", "警报分达到此数，支付待核实。", OURS),
    ] = 60
    suspend_score: Annotated[
        Score,
        Meaning("Alert score from which the line is suspended.", "警报分达到此数，停用。", OURS),
    ] = 90
    verify_days: Annotated[
        Days,
        Meaning("Days to show that a held purchase is yours.", "待核实支付的验证期限天数。", OURS),
    ] = 3
    appeal_days: Annotated[
        Days,
        Meaning("Days from an appeal to its decision.", "申诉到出结果的天数。", OURS),
    ] = 2
    appeal_window_days: Annotated[
        Days,
        Meaning("Days in which a suspension for fraud can be appealed.", "因欺诈停用后可申诉的天数。", OURS),
    ] = 30
    breach_cure_days: Annotated[
        Days,
        Meaning("Days to put a small breach of the terms right.", "轻微违约的补正天数。", OURS),
    ] = 15


class Arrears(Strict):
    """What each length of delay brings, and the way back."""

    soft_block_dpd: Annotated[
        Days,
        Meaning("Days past due from which new purchases are blocked.", "逾期几天起不能新买。", _LADDER),
    ] = 1
    suspend_dpd: Annotated[
        Days,
        Meaning("Days past due from which the line is suspended.", "逾期几天起停用。", _LADDER),
    ] = 31
    close_dpd: Annotated[
        Days,
        Meaning("Days past due from which the line is closed.", "逾期几天起关闭。", _LADDER),
    ] = 91
    charge_off_dpd: Annotated[
        ChargeOffDays,
        Meaning(
            "Days past due on which the debt is written off.",
            "逾期几天核销。",
            Source("trade", "FACTS §4, §10 [M-lo]", "180 days", "180 天"),
        ),
    ] = 180
    reinstate_days: Annotated[
        Days,
        Meaning(
            "Days from a request to reopening, after 31 to 90 days late.",
            "逾期 31 至 90 天还清后，申请到恢复的天数。",
            Source(
                "ours", "FACTS §1.11 [S37]",
                "after such delays one must settle and ask, no time is given; after short ones 1 to 3 working days",
                "这样的逾期要还清再申请，没写多久；短期逾期为 1 到 3 个工作日",
            ),
        ),
    ] = 3
    bureau_grace_days: Annotated[
        Days,
        Meaning(
            "Days past due that are reported as none.",
            "上报征信的宽限天数。",
            Source("trade", "FACTS §1.4, §10", "no terms name any; people say 1, 3 or 15 days", "条款都没有写；有人说 1 天、3 天或 15 天"),
        ),
    ] = 3


class Hardship(Strict):
    """Relief for a shopper who cannot pay."""

    hardship_terms: Annotated[
        Count,
        Meaning(
            "Most terms of a hardship plan.",
            "困难减免的最多期数。",
            Source(
                "ours",
                "FACTS §3",
                "a rule for credit cards in China allows 60 months",
                "中国信用卡规定最长 60 个月",
            ),
        ),
    ] = 24
    hardship_dpd: Annotated[
        Days,
        Meaning("Most days past due at which relief can be asked.", "可申请困难减免的最长逾期天数。", OURS),
    ] = 90
    hardship_service_ppm: Annotated[
        Share,
        Meaning(
            "Share of income for debts above which relief is given without a shock.",
            "月供占收入超过此比例，无需变故也可减免。",
            Source(
                "ours",
                "RULES §13",
                "as in the measure of debts over 50 % of income",
                "与“月供超 50%”的指标一致",
            ),
        ),
    ] = 500_000


class Closing(Strict):
    """Closing a line and coming back."""

    closure_review_days: Annotated[
        Days,
        Meaning(
            "Days from a request to close to the end of its review.",
            "关闭申请的审核天数。",
            Source("ours", "FACTS §1.10", "no page gives a time", "没有页面写明时间"),
        ),
    ] = 2
    reopen_days: Annotated[
        Days,
        Meaning(
            "Days from closing to a new application.",
            "关闭后再申请要等的天数。",
            Source("ours", "FACTS §10 [B]", "no page gives a time", "没有页面写明时间"),
        ),
    ] = 90
    reopen_overdue_days: Annotated[
        Days,
        Meaning(
            "Days from paying the debt, where it was closed for delay.",
            "因逾期关闭，还清后要等的天数。",
            Source("terms", "FACTS §1.11 [S37]", "about 6 months", "约 6 个月"),
        ),
    ] = 180
    reopen_clean_months: Annotated[
        Months,
        Meaning(
            "Whole months without long delays elsewhere, beside the running one; 0 is none.",
            "其他机构无严重逾期的整月数，当月另算；0 为不看。",
            OURS,
        ),
    ] = 12
    identity_days: Annotated[
        Days,
        Meaning("Days for which an identity check counts as fresh.", "身份核验的有效天数。", OURS),
    ] = 30

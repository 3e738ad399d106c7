"""Words: the vocabulary of the filter, English and Chinese, each with what it may stand for.

A word has a kind (what place it can take in a filter) and a value; the first spelling in each language is
the one that is offered. One spelling may be several words: "late" is a property and a cause.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from simulator.engine.measures import NO_MOVES
from simulator.population.jobs import JOB_NAMES
from simulator.text import CHINESE, language


class Word(NamedTuple):
    """A word: its kind, what it stands for, and how it is written."""

    kind: str
    value: str | int
    english: tuple[str, ...]
    chinese: tuple[str, ...]

    def shown(self, chinese: bool | None = None) -> str:
        """The spelling that is offered, in the reader's language unless told."""
        if chinese is None:
            chinese = language() == CHINESE
        return (self.chinese if chinese else self.english)[0]


# Kinds, in the order in which they are offered.
FLAG, CHANGE, FIELD, STATUS, JOB, NAME, OF_STATUS, OF_JOB = (
    "flag", "change", "field", "status", "job", "name", "of_status", "of_job",
)  # fmt: skip
NOT, AND, OR, OPEN, CLOSE = "not", "and", "or", "open", "close"
COMPARE, TO, LEAST, MOST, BETWEEN = "compare", "to", "least", "most", "between"
PERIOD, LAST, DAYS, BY, CAUSE, CLOSED_BY, SUSPENDED_BY = (
    "period", "last", "days", "by", "cause", "closed_by", "suspended_by",
)  # fmt: skip

UNITS = {
    "number": "count", "limit": "fen", "temporary": "fen", "owed": "fen", "used": "ppm", "dpd": "count", "bucket": "bucket",
    "score": "count", "grade": "grade", "streak": "count", "age": "count", "tier": "count", "income": "fen",
    "opened": "day", "changed": "day",
}  # fmt: skip
"""What the values of each field are."""

_FIELDS: dict[str, tuple[str, str]] = {
    "limit": ("limit", "额度"),
    "owed": ("owed|owes|owing|debt|principal|exposure", "欠款|欠|应还|本金"),
    "used": ("used|utilisation|utilization", "使用率|已用"),
    "bucket": ("bucket", "逾期档|账龄"),
    "dpd": ("days late|dpd", "逾期天数"),
    "score": ("score", "评分|分数|信用分"),
    "grade": ("grade", "等级"),
    "age": ("age|aged", "年龄"),
    "tier": ("tier|city tier|city", "城市级别|城市"),
    "income": ("income|stated income|stated pay|pay", "月收入|收入|申报收入|申报月收入"),
    "streak": ("bills on time|on time|streak", "连续按时|按时"),
    "number": ("number|no.|no|id", "编号|号码"),
    "temporary": ("temporary limit|temporary", "临时额度"),
    "opened": ("opened", "开通于|开通"),
    "changed": ("limit changed|changed", "额度变化|额度变动"),
}
_FLAGS: dict[str, tuple[str, str]] = {
    "owner": (
        "owner|owners|shop owner|shop owners|small business|small-business|small business owner|small business owners"
        "|small-business owner|small-business owners",
        "店主|小店主|小微|小微店主|小微企业主|小微经营",
    ),
    "student": ("student|students", "学生"),
    "late": ("late|overdue", "逾期"),
    "line": ("has a line|line", "有额度"),
    "unused": ("unused", "未使用|没用过"),
    "over": ("over limit", "超额|超出额度"),
    "locked": ("locked", "已锁"),
    "hardship": ("hardship", "困难减免|困难减免方案|困难方案"),
    "festival": ("festival|festival extra|temporary extra", "大促额度|大促|节日额度|节日"),
    "any": ("everyone|all", "所有人|全部"),
}
_CHANGES: dict[str, tuple[str, str]] = {
    "cut": ("limit cut|limit was cut|limit down|cut", "额度下调|降额|额度降"),
    "raised": ("limit up|limit raised|limit was raised|raised", "额度上调|提额|额度升"),
}
_STATUSES = (
    ("no line", "未开通|无额度"), ("applied|offer waits", "有方案待答|申请中"), ("declined", "未通过|被拒"),
    ("active|open", "正常"), ("blocked|soft-blocked", "冻结"), ("suspended", "停用"),
    ("closing|closure-review", "关闭中"), ("paying off|run-off", "清偿中"), ("closed", "已关闭|关闭"),
    ("written off|charged off|charged-off", "已核销|核销"),
)  # fmt: skip
_CAUSES = (
    ("opening|line opened", "开户|开通"), ("review|review went well", "定期复核|定期复核通过|复核|审查"), ("request|asked for", "申请|本人申请"),
    ("late|overdue|late payment", "逾期"), ("score|score fell", "评分|评分下降"),
    ("utilisation|utilization|use|used up, minimum only|long near the limit", "使用率|用满且只还最低|长期用满"),
    ("dormant|not used|not used for long", "不动户|久未使用|没用"), ("warning|warning signs|early warning", "预警|预警信号"),
    ("festival|season|temporary|festival begins", "大促|节日|季节|临时|大促临时提额"),
    ("festival over|season over|expiry", "大促结束|节日结束|到期|节日已过|临时额度到期"), ("closure|closing|line ended", "关闭|关闭中|额度终止"),
)
"""Causes of a change of a limit; as the screens call them too."""
OF_FESTIVAL = (8, 9)
"""Causes that move what a festival adds for a while, and not the limit itself."""
_CLOSED_BY = (
    ("", ""), ("shopper|themselves", "本人|本人申请"), ("overdue|late", "逾期"), ("fraud", "欺诈"),
    ("no answer|alert not answered|fraud not answered", "警报未答|警报逾期未回应|预警未答"), ("breach", "违约"), ("product end|product ended", "产品终止"),
)  # fmt: skip
_SUSPENDED_BY = (("overdue|late", "逾期"), ("fraud", "欺诈|警报|预警"), ("breach", "违约"))
_COMPARISONS: dict[str, tuple[str, str]] = {
    ">=": (">=|≥|at least", ">=|≥|大于等于|不小于|不低于|至少"),
    "<=": ("<=|≤|at most|up to", "<=|≤|小于等于|不大于|不高于|至多|最多"),
    ">": (">|＞|over|above|more than", ">|＞|大于|高于|超过|多于"),
    "<": ("<|＜|under|below|less than", "<|＜|小于|低于|少于"),
    "!=": ("!=|≠|not equal to", "!=|≠|不等于"),
    "=": ("=|==|＝|is|equals", "=|==|＝|等于|是|为"),
}
_PERIODS: dict[str, tuple[str, str]] = {
    "month": ("this month", "本月|这个月"), "today": ("today", "今天|今日"), "week": ("this week", "本周|这周"),
    "year": ("this year", "今年"), "yesterday": ("yesterday", "昨天|昨日"), "last_month": ("last month", "上月|上个月"),
    "last_week": ("last week", "上周"), "last_year": ("last year", "去年"),
}  # fmt: skip
_PARTICLES: tuple[tuple[str, str, str], ...] = (
    (NOT, "not|!", "不是|非|没有|不|!|！"),
    (AND, "and|&|,|with|in|whose", "且|并且|而且|和|，|、|&|,"),
    (OR, "or||", "或者|或||"),
    (OPEN, "(", "(|（"),
    (CLOSE, ")", ")|）"),
    (TO, "to|-|–|and", "到|至|-|–|～"),
    (LEAST, "or more|or better|or later|or older", "以上|或以上|起"),
    (MOST, "or less|or worse|or earlier|or younger", "以下|或以下"),
    (BETWEEN, "between|from", "在|从"),
    (LAST, "last|past|in the last", "最近|近|过去"),
    (DAYS, "days|day", "天内|天|日"),
    (BY, "by|because|for|due to", "因|由|因为"),
    (OF_STATUS, "status", "状态"),
    (OF_JOB, "job|works as", "职业"),
    (NAME, "name|named|called", "姓名|名字|叫"),
)


def _spelled(text: str) -> tuple[str, ...]:
    """Spellings apart by "|"; one that is itself "|" stands last, after "||"."""
    if text.endswith("||"):
        return (*_spelled(text[:-2]), "|")
    return tuple(text.split("|"))


@functools.cache
def vocabulary() -> tuple[Word, ...]:
    """Every word, in the order in which they are offered."""
    found: list[Word] = []

    def add(kind: str, value: str | int, english: str, chinese: str) -> None:
        found.append(Word(kind, value, _spelled(english), _spelled(chinese)))

    for kind, table in ((FLAG, _FLAGS), (CHANGE, _CHANGES), (FIELD, _FIELDS)):
        for value, (english, chinese) in table.items():
            add(kind, value, english, chinese)
    for number, (english, chinese) in enumerate(_STATUSES):
        add(STATUS, number, english, chinese)
    for number, (english, chinese) in enumerate(JOB_NAMES):
        add(JOB, number, english, chinese)
    for kind, english, chinese in _PARTICLES:
        add(kind, kind, english, chinese)
    for kind, table in ((COMPARE, _COMPARISONS), (PERIOD, _PERIODS)):
        for value, (english, chinese) in table.items():
            add(kind, value, english, chinese)
    for number, (english, chinese) in enumerate(_CAUSES):
        if number not in NO_MOVES:
            add(CAUSE, number, english, chinese)
    for number, (english, chinese) in enumerate(_CLOSED_BY[1:], 1):
        add(CLOSED_BY, number, english, chinese)
    for number, (english, chinese) in enumerate(_SUSPENDED_BY):
        add(SUSPENDED_BY, number, english, chinese)
    return tuple(found)


@functools.cache
def by_spelling() -> dict[str, tuple[Word, ...]]:
    """The words of each spelling."""
    found: dict[str, list[Word]] = {}
    for word in vocabulary():
        for spelling in dict.fromkeys((*word.english, *word.chinese)):
            found.setdefault(spelling, []).append(word)
    return {spelling: tuple(words) for spelling, words in found.items()}


def examples() -> tuple[str, ...]:
    """Filters to show as examples, in the reader's language."""
    if language() == CHINESE:
        return (
            "本月降额",
            "逾期档 >= M2",
            "店主 且 城市级别 1",
            "额度大于5000且不是学生",
            "姓名 陈",
            "年龄 18-25",
        )
    return ("limit cut this month", "bucket >= M2", "owner and tier 1", "limit > 5000 and not student", "name Chen",
            "age 18-25")  # fmt: skip

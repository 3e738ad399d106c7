"""Jobs: what each job of a shopper is called, by number, in both languages."""

from __future__ import annotations

JOB_NAMES = (
    ("courier", "快递员"), ("factory worker", "工人"), ("shop assistant", "店员"), ("cook", "厨师"), ("driver", "司机"),
    ("nurse", "护士"), ("teacher", "教师"), ("clerk", "文员"), ("designer", "设计师"), ("engineer", "工程师"),
    ("manager", "经理"), ("shop owner", "店主"), ("farmer", "农民"), ("freelancer", "自由职业"), ("student", "学生"),
)  # fmt: skip
"""English and Chinese, in the order of `people.JOBS`."""


def job_name(job: int, language: str) -> str:
    """A job as it is called in a language."""
    return JOB_NAMES[job][1 if language == "zh" else 0]

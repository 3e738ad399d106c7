"""What the program says: sentences for events, reasons and remedies, notices, names of codes."""

from simulator.messages.brief import Brief, brief
from simulator.messages.lessons import Lesson, first_lessons
from simulator.messages.names import (
    autopay_text,
    breach_text,
    cause_text,
    closure_text,
    life_text,
    news_text,
    status_mark,
    status_text,
    suspension_text,
)
from simulator.messages.news import news_reason_text
from simulator.messages.notices import Notice, notice, taught
from simulator.messages.reasons import (
    characteristic_name,
    met_text,
    names_bound,
    reason_text,
    reason_title,
    remedy_text,
)
from simulator.messages.sentences import (
    is_routine,
    is_told_beside,
    sentence,
    short_date,
    what_was_bought,
)

__all__ = [
    "Brief",
    "Lesson",
    "Notice",
    "autopay_text",
    "breach_text",
    "brief",
    "cause_text",
    "characteristic_name",
    "closure_text",
    "first_lessons",
    "is_routine",
    "is_told_beside",
    "life_text",
    "met_text",
    "names_bound",
    "news_reason_text",
    "news_text",
    "notice",
    "reason_text",
    "reason_title",
    "remedy_text",
    "sentence",
    "short_date",
    "status_mark",
    "status_text",
    "suspension_text",
    "taught",
    "what_was_bought",
]

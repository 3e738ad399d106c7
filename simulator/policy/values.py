"""The values that a policy field may hold: their units, bounds and shapes (RULES §14).

A *kind* of value is an integer with a unit and bounds, a switch, a choice, or a table of such.
Types are strict: `true` and `5.0` are no integers, and an unknown key is an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from simulator.policy.sources import Source
from simulator.text import CHINESE, ENGLISH, language

T = TypeVar("T")


@dataclass(frozen=True)
class Unit:
    """The unit in which a value is written."""

    name: str

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Carry the unit into the JSON Schema."""
        return {**handler(core), "unit": self.name}


class Spoken:
    """A text that is there in both languages."""

    en: str
    zh: str

    def spoken(self) -> str:
        """The text in the language in use."""
        return self.zh if language() == CHINESE else self.en


@dataclass(frozen=True)
class Meaning(Spoken):
    """One line of what a field means, in both languages, and where its default comes from."""

    en: str
    zh: str
    source: Source

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Carry meaning and source into the JSON Schema."""
        sources = {"source": self.source.told(ENGLISH), "source_zh": self.source.told(CHINESE)}
        told = {"description": self.en, "description_zh": self.zh, **sources}
        return {**handler(core), **told}


def _day_of_each_year(text: str) -> str:
    """A month and day that every year has, such as 06-18."""
    try:
        date.fromisoformat(f"2025-{text}")
    except ValueError:
        raise PydanticCustomError("day_of_year", "not a day of each year") from None
    return text


Fen = Annotated[int, Field(ge=0, le=100_000_000), Unit("fen")]
Share = Annotated[int, Field(ge=0, le=1_000_000), Unit("ppm")]
DailyRate = Annotated[int, Field(ge=0, le=1_000_000), Unit("ppm a day")]
TermRate = Annotated[int, Field(ge=0, le=1_000_000), Unit("ppm a term")]
YearlyRate = Annotated[int, Field(ge=0, le=1_000_000), Unit("ppm a year")]
Multiple = Annotated[int, Field(ge=0, le=10_000_000), Unit("ppm")]
Days = Annotated[int, Field(ge=0, le=3_650), Unit("days")]
ChargeOffDays = Annotated[int, Field(ge=0, le=180), Unit("days")]
Months = Annotated[int, Field(ge=0, le=120), Unit("months")]
Years = Annotated[int, Field(ge=0, le=120), Unit("years")]
Count = Annotated[int, Field(ge=0, le=120), Unit("count")]
Score = Annotated[int, Field(ge=0, le=1_000), Unit("points")]
DayOfMonth = Annotated[int, Field(ge=1, le=28), Unit("day of the month")]
DueOffset = Annotated[int, Field(ge=1, le=27), Unit("days")]
DayOfYear = Annotated[
    str, Field(pattern=r"^[0-9]{2}-[0-9]{2}$"), AfterValidator(_day_of_each_year), Unit("day of the year")
]
Switch = Annotated[bool, Unit("switch")]
Grade = Annotated[Literal["A", "B", "C", "D", "E"], Unit("grade")]
Settlement = Annotated[Literal["none", "all_remaining", "reprice_daily"], Unit("choice")]


class Strict(BaseModel):
    """Base of all that is read from a file: exact types, no unknown keys, never changed in place."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, validate_default=True)


class Words(Strict, Spoken):
    """A text in both languages; one plain text stands for both."""

    en: str
    zh: str

    @model_validator(mode="before")
    @classmethod
    def _one_text_for_both(cls, given: Any) -> Any:
        return {"en": given, "zh": given} if isinstance(given, str) else given


class ByGrade(Strict, Generic[T]):
    """One value for each grade."""

    A: T
    B: T
    C: T
    D: T
    E: T


class ByTerms(Strict, Generic[T]):
    """One value for each number of terms."""

    three: T = Field(alias="3")
    six: T = Field(alias="6")
    twelve: T = Field(alias="12")
    twenty_four: T = Field(alias="24")


class ByBucket(Strict, Generic[T]):
    """One value for each bucket of days past due."""

    M0: T
    M1: T
    M2: T
    M3: T
    M4: T
    M5: T
    M6: T


class Band(Strict):
    """A band of shares, both ends included."""

    low: Share
    high: Share


class Decreases(Strict):
    """How much of a limit is cut, by cause."""

    late: Share
    score: Share
    utilisation: Share
    dormant: Share
    warning: Share


class Season(Strict):
    """A festival: temporary limits run from `before` days before its day to `after` days after it."""

    day: DayOfYear
    before: Days
    after: Days


def grades(a: int, b: int, c: int, d: int, e: int) -> Any:
    """A table by grade, as a field's default."""
    return {"A": a, "B": b, "C": c, "D": d, "E": e}


def terms(table: Any) -> Any:
    """The same table for every number of terms, as a field's default."""
    return {"3": table, "6": table, "12": table, "24": table}

"""The policy: every field of RULES §14, declared once, under flat names that sections group.

From these declarations come validation, the JSON Schema, the Lab's editor, the docs and the
numeric record that the rules read.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.policy.sections.billing import Fees, Statements
from simulator.policy.sections.business import Books, Store
from simulator.policy.sections.conduct import Arrears, Closing, Hardship, Monitoring
from simulator.policy.sections.limits import Reviews, TemporaryLimits
from simulator.policy.sections.opening import Applications, FirstLimits
from simulator.policy.together import clashes
from simulator.policy.values import Strict, Words

SECTIONS: dict[str, type[Strict]] = {
    "applications": Applications,
    "first_limits": FirstLimits,
    "statements": Statements,
    "fees": Fees,
    "reviews": Reviews,
    "temporary_limits": TemporaryLimits,
    "monitoring": Monitoring,
    "arrears": Arrears,
    "hardship": Hardship,
    "closing": Closing,
    "store": Store,
    "books": Books,
}
SECTION_OF: dict[str, str] = {
    field: section for section, model in SECTIONS.items() for field in model.model_fields
}
"""The section of each field; the order is that of files and docs."""

HEAD = ("title", "summary")
"""What a policy file says of itself, beside `from`."""


class Policy(
    Applications,
    FirstLimits,
    Statements,
    Fees,
    Reviews,
    TemporaryLimits,
    Monitoring,
    Arrears,
    Hardship,
    Closing,
    Store,
    Books,
):
    """What the lender may decide. A field is an attribute: `policy.late_fee_ppm`."""

    name: str = Field(default="", exclude=True)
    title: Words = Words(en="", zh="")
    summary: Words = Words(en="", zh="")

    @model_validator(mode="after")
    def _hold_together(self) -> Policy:
        """Refuse fields that each fit their bounds but not each other."""
        if clashes(self.flat()):
            raise PydanticCustomError("together", "fields do not fit each other")
        return self

    def flat(self) -> dict[str, Any]:
        """Every field by its flat name, tables as plain dictionaries, in the order of the docs."""
        plain = self.model_dump(by_alias=True, include=set(SECTION_OF))
        return {name: plain[name] for name in SECTION_OF}

    def head(self) -> dict[str, Any]:
        """Title and summary in both languages."""
        return self.model_dump(include=set(HEAD))

    @property
    def warnings(self) -> list[str]:
        """What this policy hardly means to hold, such as a rate above the cap, a sentence each in the language in use."""
        from simulator.policy.warned import warned

        return [each.sentence for each in warned(self)]

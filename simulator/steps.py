"""Steps: what a shopper, a story or a script can ask of a world, checked before it is done.

One model a step, as INTERFACE "Stories" lists them. `parse_step` gives a checked step or raises
`StepError` with one plain sentence a fault. Amounts come in yuan and leave as fen.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from simulator.bounds import date_written
from simulator.faulty import Faulty
from simulator.money import MoneyError, parse_yuan
from simulator.text import _

Target = Literal["statement", "due", "next_event"]
TARGETS: tuple[Target, ...] = get_args(Target)
"""What one can wait until."""


class StepError(Faulty):
    """A step that cannot be understood."""


def _fen(value: Any) -> int:
    if isinstance(value, (bool, float)):
        raise ValueError(_('an amount is text such as "400.00" or a whole number of yuan'))
    if isinstance(value, int):
        if value < 0:
            raise ValueError(_("an amount is not below 0"))
        return value * 100
    if isinstance(value, str):
        try:
            return parse_yuan(value)
        except MoneyError as error:
            raise ValueError(str(error)) from error
    raise ValueError(_('an amount is text such as "400.00" or a whole number of yuan'))


def _amount_or_word(value: Any) -> int | str:
    return value if value in ("full", "minimum") else _fen(value)


MOST_MONTHS = 120
MOST_FEN = 100_000_000_00
Yuan = Annotated[int, BeforeValidator(_fen), Field(ge=0, le=MOST_FEN)]
Paid = Annotated[int, BeforeValidator(_fen), Field(gt=0, le=MOST_FEN)]
PaidOrWord = Annotated[int | Literal["full", "minimum"], BeforeValidator(_amount_or_word)]
Terms = Literal[3, 6, 12, 24]


class Step(BaseModel):
    """What all steps share: strict types, no unknown keys."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Plain(Step):
    """Steps that need no more than their name."""

    do: Literal[
        "accept_offer", "verify_identity", "expire_identity", "settle_all", "request_limit", "lock", "unlock",
        "request_closure", "withdraw_closure", "request_reinstatement", "appeal", "end_product",
    ]  # fmt: skip


class Apply(Step):
    """Apply, with a statement day of one's choice."""

    do: Literal["apply"]
    statement_day: int | None = Field(default=None, ge=1, le=28)


class Buy(Step):
    """Buy: an amount or an item of the catalogue."""

    do: Literal["buy"]
    amount: Paid | None = None
    item: str | None = None
    terms: Literal[1, 3, 6, 12, 24] = 1
    channel: Literal["online", "flash", "bills"] | None = None
    merchant: str | None = None
    category: str | None = None
    hour: int = Field(default=12, ge=0, le=23)
    known_device: bool = True
    pay: Literal["line", "cash"] = "line"
    merchant_funded: bool = False

    @model_validator(mode="after")
    def _amount_or_item(self) -> Buy:
        if (self.amount is None) == (self.item is None):
            raise ValueError(_("give an amount or an item"))
        return self


class Wait(Step):
    """Let days pass."""

    do: Literal["wait"]
    days: int | None = Field(default=None, ge=1, le=3650)
    until: Target | None = None

    @model_validator(mode="after")
    def _days_or_until(self) -> Wait:
        if (self.days is None) == (self.until is None):
            raise ValueError(_("give days or until"))
        return self


class Repay(Step):
    """Pay billed amounts."""

    do: Literal["repay"]
    amount: PaidOrWord


class Prepay(Step):
    """Pay ahead."""

    do: Literal["prepay"]
    amount: Paid


class OfOrder(Step):
    """Steps about one order."""

    do: Literal["repay_plan", "return", "end_return"]
    order: int = Field(ge=1)


class ConvertBill(Step):
    """Put the bill on instalments."""

    do: Literal["convert_bill"]
    terms: Terms


class Refund(Step):
    """A refund by the merchant."""

    do: Literal["refund"]
    order: int = Field(ge=1)
    amount: Paid


class Autopay(Step):
    """Set autopay."""

    do: Literal["autopay"]
    mode: Literal["off", "minimum", "full"]


class Fund(Step):
    """Move money into or out of the fund."""

    do: Literal["fund"]
    direction: Literal["in", "out"]
    amount: Paid


class SetCap(Step):
    """Set one's own spend cap for a month; 0 takes it away."""

    do: Literal["set_cap"]
    amount: Yuan


class Breach(Step):
    """A breach of terms is found."""

    do: Literal["breach"]
    kind: Literal["false_identity", "selling_account", "cash_out", "expired_identity", "unreachable"]


class Bureau(Step):
    """Others report days past due."""

    do: Literal["bureau"]
    dpd: int = Field(ge=0, le=999)


class RequestReopening(Step):
    """Ask for the line back."""

    do: Literal["request_reopening"]
    identity: Literal["fresh", "stale"] = "stale"
    statement_day: int | None = Field(default=None, ge=1, le=28)


class RequestHardship(Step):
    """Ask for a hardship plan."""

    do: Literal["request_hardship"]
    terms: int = Field(default=12, ge=1, le=120)


class Complain(Step):
    """Complain to the lender or further to the regulator."""

    do: Literal["complain"]
    about: str = Field(min_length=1, max_length=200)
    to: Literal["lender", "regulator"] = "lender"


class Life(Step):
    """Something happens in life."""

    do: Literal["life"]
    event: Literal["job_loss", "illness", "disaster", "pay_rise", "windfall"]
    amount: Yuan | None = None
    figures: dict[str, int] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _figures_it_has(self) -> Life:
        allowed = {"months": (1, MOST_MONTHS)} if self.event == "job_loss" else {}
        for name, value in self.figures.items():
            if name not in allowed:
                raise ValueError(_("{event} has no figure “{name}”").format(event=self.event, name=name))
            low, high = allowed[name]
            if not low <= value <= high:
                text = _("{name} is {given}; allowed is a whole number from {low} to {high}")
                raise ValueError(text.format(name=name, given=value, low=low, high=high))
        return self


class ChangePolicy(Step):
    """The lender changes one policy field from tomorrow on."""

    do: Literal["policy"]
    field: str
    value: Any


class Caption(Step):
    """A line of a story's narrator."""

    do: Literal["caption"]
    text: str


_MODELS: dict[str, type[Step]] = {}
for _model_class in (
    Plain, Apply, Buy, Wait, Repay, Prepay, OfOrder, ConvertBill, Refund, Autopay, Fund, SetCap, Breach, Bureau,
    RequestReopening, RequestHardship, Complain, Life, ChangePolicy, Caption,
):  # fmt: skip
    for _step_name in get_args(_model_class.model_fields["do"].annotation):
        _MODELS[_step_name] = _model_class

STEP_NAMES = tuple(sorted((*_MODELS, "expect")))
"""What a story may do; `expect` is understood by stories alone."""


def parse_step(step: Mapping[str, Any]) -> Step:
    """A checked step. Raises StepError."""
    name = step.get("do")
    if not isinstance(name, str) or name not in _MODELS:
        raise StepError([_no_step(step)])
    try:
        return _MODELS[name].model_validate(dict(step))
    except ValidationError as error:
        raise StepError([_fault(name, item) for item in error.errors()]) from error


def _no_step(step: Mapping[str, Any]) -> str:
    """That a step has no name, or one that none has."""
    known = ", ".join(STEP_NAMES)
    if "do" not in step:
        return _("“do” is missing; the steps are {known}.").format(known=known)
    name = str(step["do"])
    if near := get_close_matches(name, sorted(set(STEP_NAMES) - {name})):
        return _("There is no step “{name}”; did you mean {near}?").format(name=name, near=", ".join(near))
    return _("There is no step “{name}”; the steps are {known}.").format(name=name, known=known)


def _fault(name: str, item: Any) -> str:
    where = ".".join(str(part) for part in item["loc"] if not str(part).startswith("function-"))
    kind, context = item["type"], item.get("ctx", {})
    if kind == "extra_forbidden":
        return _("{step}: there is no key “{key}”.").format(step=name, key=where)
    if kind == "missing":
        return _("{step}: “{key}” is missing.").format(step=name, key=where)
    if kind == "value_error":
        told = str(context.get("error", ""))
        if not where:
            return _("{step}: {told}.").format(step=name, told=told.rstrip("."))
        return _("{step}, {key}: {told}.").format(step=name, key=where, told=told.rstrip("."))
    allowed = allowed_text(kind, context)
    given = repr(item.get("input"))
    return _("{step}, {key}: {given} is not allowed; {allowed}.").format(
        step=name, key=where, given=given, allowed=allowed
    )


def allowed_text(kind: str, context: Mapping[str, Any]) -> str:
    """What a field allows, in plain words, from pydantic's kind of fault."""
    if kind in ("literal_error", "enum"):
        return _("allowed: {expected}").format(
            expected=str(context.get("expected", "")).replace(" or ", ", ")
        )
    if kind == "greater_than_equal":
        return _("at least {bound}").format(bound=context["ge"])
    if kind == "greater_than":
        return _("more than {bound}").format(bound=context["gt"])
    if kind == "less_than_equal":
        return _("at most {bound}").format(bound=context["le"])
    if kind.startswith("int"):
        return _("a whole number")
    if kind.startswith("bool"):
        return _("true or false")
    if kind.startswith("string"):
        return _("text")
    return _("another kind of value")


def date_of(value: Any) -> datetime.date:
    """A date from a TOML date or ISO text. Raises ValueError."""
    if isinstance(value, datetime.datetime):
        raise ValueError(_("a date without a time"))
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str):
        return date_written(value)
    raise ValueError(_("a date such as 2025-01-01"))

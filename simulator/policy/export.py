"""A policy written out: whole as TOML, flat as JSON, as the start of a new file; and its JSON Schema."""

from __future__ import annotations

import json
from typing import Any

from simulator.policy.schema import HEAD, SECTIONS, Policy
from simulator.policy.scorecards import scorecards
from simulator.policy.values import Words


def to_toml(policy: Policy) -> str:
    """The whole policy as a file that `policy check` accepts: every field, in its section."""
    values = policy.flat()
    lines = [f"{name} = {_value(words)}" for name, words in policy.head().items()]
    for section, model in SECTIONS.items():
        lines += ["", f"[{section}]"]
        for name in model.model_fields:
            lines += _pair(name, values[name])
    return "\n".join(lines) + "\n"


def new_toml(base: str, title: str) -> str:
    """The start of a policy file that differs from a base."""
    return f"from = {_value(base)}\ntitle = {_value(title)}\n"


def to_json(policy: Policy) -> dict[str, Any]:
    """Every field by its flat name, with the scorecards, for `policy show --json`."""
    cards = {name: card.model_dump(exclude_none=True) for name, card in scorecards().items()}
    return {"name": policy.name, **policy.head(), **policy.flat(), "scorecards": cards}


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a policy file: each field in its section or at the top."""
    made = Policy.model_json_schema(by_alias=True)
    known = _inlined(made["properties"], made["$defs"])
    fields = {name: known[name] for model in SECTIONS.values() for name in model.model_fields}
    sections = {
        section: _table({name: fields[name] for name in model.model_fields}, model.__doc__)
        for section, model in SECTIONS.items()
    }
    words = _table({"en": {"type": "string"}, "zh": {"type": "string"}}, Words.__doc__)
    head = {name: {"anyOf": [{"type": "string"}, words]} for name in HEAD}
    base = {"from": {"type": "string", "description": "The policy that this one differs from."}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_table({**base, **head, **sections, **fields}, Policy.__doc__),
    }


def _table(properties: dict[str, Any], meaning: str | None) -> dict[str, Any]:
    return {
        "type": "object",
        "description": meaning,
        "properties": properties,
        "additionalProperties": False,
    }


def _inlined(part: Any, definitions: dict[str, Any], in_list: bool = False) -> Any:
    """A part of a schema with its definitions put in place and without names.

    A table may lack what its base has; an item of a list is given whole.
    """
    if isinstance(part, list):
        return [_inlined(each, definitions, in_list) for each in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        part = definitions[part["$ref"].rpartition("/")[2]] | part
    left_out = {"$ref"} if in_list else {"$ref", "required"}
    return {
        key: _inlined(value, definitions, in_list or key == "items")
        for key, value in part.items()
        if key not in left_out and not (key == "title" and isinstance(value, str))
    }


def _pair(name: str, value: Any) -> list[str]:
    """A field as lines of TOML; a table of tables as one line for each of its keys."""
    if isinstance(value, dict) and all(isinstance(part, dict) for part in value.values()):
        return [f"{name}.{key} = {_value(part)}" for key, part in value.items()]
    if isinstance(value, list) and value:
        return [f"{name} = [", *(f"  {_value(part)}," for part in value), "]"]
    return [f"{name} = {_value(value)}"]


def _value(value: Any) -> str:
    """One value in TOML, on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return f"{value:_}"
        case dict():
            return "{" + ", ".join(f"{key} = {_value(part)}" for key, part in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_value, value)) + "]"
    # JSON's escapes are TOML's, once the one character that JSON leaves bare is escaped
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

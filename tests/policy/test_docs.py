"""The manual page and the messages keep up with the declarations."""

from __future__ import annotations

import re
from pathlib import Path

from simulator import text
from simulator.policy import docs
from simulator.policy.fields import policy_fields, policy_leaves
from simulator.policy.load import load_policy, set_field

PACKAGE = Path(docs.__file__).parent


def test_the_page_of_fields_is_up_to_date() -> None:
    assert docs.PAGE.read_text("utf-8") == docs.page()


def test_the_page_names_every_field() -> None:
    for name in policy_fields():
        assert f"| `{name}` |" in docs.page()


def messages() -> dict[str, str]:
    """The Chinese of every message of this area."""
    from babel.messages.pofile import read_po

    with (text.CATALOGUES / "policy.po").open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file) if each.id}


def test_every_sentence_has_its_chinese_with_the_same_figures() -> None:
    from babel.messages.extract import extract_from_dir

    known = messages()
    used = [str(found[2]) for found in extract_from_dir(PACKAGE, [("**.py", "python")], keywords={"_": None})]
    units = {kind.unit for kind in policy_leaves().values() if kind.low is not None and kind.item is None}
    assert set(known) == set(used) | units | {"value"}
    for english, chinese in known.items():
        assert chinese and figures(english) == figures(chinese), english


def figures(message: str) -> set[str]:
    """The placeholders of a message."""
    return set(re.findall(r"\{(\w+)\}", message))


def test_a_warning_is_told_in_the_language_in_use() -> None:
    policy = set_field(load_policy("standard"), "late_fee_ppm", 700)
    text.use("zh")
    try:
        assert policy.warnings == [
            "late_fee_ppm 是每天 700 ppm，合年利率 25.55%；"
            "最多每天 657 ppm，一年才不超过 24%（rate_cap_ppm）。"
        ]
    finally:
        text.use("en")

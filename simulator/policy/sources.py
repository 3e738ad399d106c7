"""Sources: what kind of source the default of a field has, and what it says, in words that need no other paper.

*Terms* are public pages on the terms of store credit and of products like it; none of them is official, and they
disagree with each other and over the years. *Trade* is what is commonly said in the trade and was not checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulator.text import CHINESE, language

SourceKind = Literal["terms", "law", "study", "figures", "trade", "ours"]
KINDS: dict[SourceKind, tuple[str, str]] = {
    "terms": ("public pages on such products' terms", "介绍同类产品条款的公开网页"),
    "law": ("a law or a regulator's rule", "法律或监管规定"),
    "study": ("a study", "研究"),
    "figures": ("published figures", "公开数据"),
    "trade": ("said in the trade, unchecked", "行业说法，未经核实"),
    "ours": ("ours to calibrate", "自定，待校准"),
}
"""What each kind is called, in English and in Chinese."""


@dataclass(frozen=True)
class Source:
    """Where a default comes from. `paper` is the place in the design papers, for maintainers alone."""

    kind: SourceKind
    paper: str = ""
    en: str = ""
    zh: str = ""

    def told(self, tongue: str) -> str:
        """The kind and what the source says, in a language."""
        chinese = tongue == CHINESE
        kind, note = KINDS[self.kind][chinese], self.zh if chinese else self.en
        around = "{}（{}）" if chinese else "{} ({})"
        return around.format(kind, note) if note else kind

    def spoken(self) -> str:
        """The same in the language in use."""
        return self.told(language())


OURS = Source("ours")
"""No page gives the figure."""

"""Keys: those that mean the same everywhere, and how any of them is called once a person has chosen others.

The footer, the help and sentences all ask here. A sentence names the usual key, as in `{key_p}`, and `keyed` puts the
one in that was chosen instead; `{key_help}` and `{key_leave}` are those without a name of letters.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType

SHOWN = {"question_mark": "?", "escape": "Esc", "tab": "Tab", "enter": "Enter", "backspace": "Backspace"}
NAMED = {"help": "?", "leave": "ctrl+q"}

_chosen: Mapping[str, str] = {}


def use(chosen: Mapping[str, str]) -> None:
    """From now on the keys of a person, by the ids of bindings."""
    global _chosen
    _chosen = dict(chosen)


def place_bindings() -> list[BindingType]:
    """A letter means one thing everywhere."""
    places = {
        "h": "home",
        "s": "shop",
        "b": "bills",
        "l": "limit",
        "a": "account",
        "i": "inbox",
        "m": "money",
        "k": "market",
        "x": "explorer",
        "v": "lab",
    }
    bindings: list[BindingType] = [
        Binding(key, f"app.go('{name}')", name, id=f"go.{name}", show=False) for key, name in places.items()
    ]
    return [
        *bindings,
        Binding("f2", "app.go('home')", "home", id="go.home_f2", show=False),
        Binding("n,f3", "app.next_day", "next day", id="time.next", show=False),
        Binding("t", "app.time_menu", "time", id="time.menu", show=False),
        Binding("w,f4", "why", "why", id="always.why", show=False),
        Binding("y", "copy", "copy", id="always.copy", show=False),
        Binding("j", "jump", "jump", id="always.jump", show=False),
        Binding("p", "do('p')", "pay", id="do.pay", show=False),
        Binding("r", "do('r')", "ask the lender", id="do.ask", show=False),
        Binding("u", "do('u')", "take back", id="do.undo", show=False),
        Binding("z", "do('z')", "lock", id="do.lock", show=False),
        Binding("d", "do('d')", "return", id="do.return", show=False),
        Binding("f,f7", "do('f')", "find", id="do.find", show=False),
        Binding("o", "do('o')", "sort", id="do.sort", show=False),
        Binding("g,f5", "do('g')", "run, pause", id="do.run", show=False),
        Binding("e", "do('e')", "menu", id="do.menu", show=False),
        Binding("question_mark,f1", "help", "help", id="always.help", show=False),
        Binding("escape", "back", "back", id="always.back", show=False),
        Binding("f6", "jump", "pane", id="always.pane", show=False),
    ]


APP_BINDINGS: list[BindingType] = [
    Binding("ctrl+q", "leave", "leave", id="app.leave", show=False, priority=True),
    Binding("f9", "switch_language", "language", id="app.language", show=False),
    Binding("f8", "picture", "picture", id="app.picture", show=False),
]


class Everywhere:
    """Where every key is that is no screen's own."""

    BINDINGS: ClassVar[list[BindingType]] = [*place_bindings(), *APP_BINDINGS]


@functools.cache
def _binding_of(where: type) -> dict[str, str]:
    """The binding's id by its usual key as it is shown; a screen's own go before those it has from others."""
    found: dict[str, str] = {}
    for each in (Everywhere, *reversed(where.__mro__)):
        for binding in vars(each).get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.id is not None:
                for key in binding.key.split(","):
                    found[_shown(key)] = binding.id
    return found


def _shown(key: str) -> str:
    """The toolkit's name of a key as people read it."""
    return SHOWN.get(key, key.upper() if key[1:].isdecimal() else key)


def key_as_set(key: str, where: type = Everywhere) -> str:
    """The key that a person has chosen instead of a usual one of a screen, the first of several."""
    own = _chosen.get(_binding_of(where).get(key, ""), "").split(",")[0]
    return _shown(own) if own else key


class _Named(dict[str, object]):
    """What a sentence names: the values given, and keys."""

    def __init__(self, values: Mapping[str, object], where: type) -> None:
        super().__init__(values)
        self.where = where

    def __missing__(self, name: str) -> str:
        mark, sep, key = name.partition("_")
        if (mark, sep) != ("key", "_"):
            raise KeyError(name)
        return key_as_set(NAMED.get(key, key), self.where)


def keyed(text: str, where: type = Everywhere, /, **values: object) -> str:
    """A sentence with its values, and with the keys that it names as the person has set them."""
    return text.format_map(_Named(values, where))

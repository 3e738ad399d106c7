"""The pages of docs name what there is: every command and option, every key, every picture."""

from __future__ import annotations

import importlib
import pkgutil
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from textual.binding import Binding

import tui
from simulator.cli import command_tree
from simulator.money import yuan
from simulator.population.catalogue import items
from simulator.population.people import JOBS, STORY_KEYS
from simulator.steps import _MODELS, STEP_NAMES
from simulator.story import run_story, story_titles
from tui.settings import _CHECKS, TEMPLATE

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def ways(command: Any, path: str) -> Iterator[tuple[str, set[str]]]:
    """Each command with its options."""
    parts = getattr(command, "commands", {})
    if not parts:
        yield path, {option for each in command.params for option in each.opts if option.startswith("--")}
    for name, part in parts.items():
        yield from ways(part, f"{path} {name}")


def test_every_command_is_told_with_its_options() -> None:
    importlib.import_module("tui.console")  # puts `play` and `demo` among the commands
    rows = [line for line in (DOCS / "commands.md").read_text("utf-8").splitlines() if line.startswith("| `")]
    told = {}
    for row in rows:
        usage = row.split("` |")[0].removeprefix("| `")
        words = usage.split()
        known = [word for word in words if re.fullmatch(r"[a-z]+", word)]
        told[" ".join(known[:3])] = set(re.findall(r"--[a-z-]+", usage))
    there = dict(ways(command_tree(), "whiteslip"))
    assert {name: options for name, options in told.items() if name != "whiteslip"} == there



def test_every_story_item_and_job_is_told() -> None:
    page = (DOCS / "stories.md").read_text("utf-8")
    listed = page.partition("## Those that come with Whiteslip")[2]
    assert dict(re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", listed, re.MULTILINE)) == story_titles()
    for each in items():
        assert f"| `{each.key}` | {each.en} | {yuan(each.price_fen)} | `{each.category}` | `{each.merchant}` |" in page
    assert f"Jobs: {', '.join(f'`{job}`' for job in JOBS)}." in page


def test_every_step_with_its_keys_and_every_trait_is_told() -> None:
    page = (DOCS / "stories.md").read_text("utf-8")
    rows = {name: row for row in page.splitlines() if row.startswith("| `") for name in re.findall(r"`(\w+)`", row.split(" | ")[0])}
    assert rows.keys() >= {*STEP_NAMES, *STORY_KEYS}
    for name, model in _MODELS.items():
        for key in model.model_fields:
            assert key == "do" or f"`{key}" in rows[name], (name, key)


def test_the_example_of_a_story_runs() -> None:
    example = re.search(r"```toml\n(.*?)```", (DOCS / "stories.md").read_text("utf-8"), re.DOTALL)
    assert example is not None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "example.toml"
        path.write_text(example[1], encoding="utf-8")
        assert run_story(path).failures == []


def bindings() -> Iterator[str]:
    """The name of every binding of ours, wherever in the screens it is."""
    for found in pkgutil.walk_packages(tui.__path__, "tui."):
        if found.name != "tui.__main__":
            module = importlib.import_module(found.name)
            for each in vars(module).values():
                if isinstance(each, type) and each.__module__ == found.name:
                    for binding in vars(each).get("BINDINGS", ()):
                        assert isinstance(binding, Binding) and binding.id, (each, binding)
                        yield binding.id


def test_every_key_has_a_name_and_is_told() -> None:
    named = re.findall(r"`([a-z]+\.[a-z_0-9]+)`", (DOCS / "keys.md").read_text("utf-8"))
    assert sorted(named) == sorted(set(bindings()) | {"settings.toml"})


def test_every_setting_is_told() -> None:
    page = (DOCS / "keys.md").read_text("utf-8")
    for name in _CHECKS:
        assert f"`{name}`" in page or f"`[{name}]`" in page
    for variable in re.findall(r"WHITESLIP_[A-Z]+", TEMPLATE):
        assert variable in page


def test_every_picture_and_page_that_is_named_is_there() -> None:
    for page in (ROOT / "README.md", *DOCS.glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), (page.name, target)


def test_every_picture_is_used() -> None:
    pages = "".join(page.read_text("utf-8") for page in (ROOT / "README.md", *DOCS.glob("*.md")))
    assert [path.name for path in (DOCS / "images").glob("*.svg") if path.name not in pages] == []

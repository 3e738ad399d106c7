"""Report: a comparison as one page that works by itself: charts, tables, the recipe, its limits.

The page asks no network. Its charts are drawn by Plotly, whose script is put into the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from html import escape
from itertools import repeat

from simulator.files import fixture
from simulator.lab.answer import SwapShopper
from simulator.lab.compare import Comparison
from simulator.lab.measures import measure
from simulator.lab.parts import PARTS, head, part_title, rounding_text, swap_text, timeline_text, warned_texts
from simulator.lab.report_data import data_of
from simulator.lab.shown import exact, exact_unit, shown
from simulator.lab.words import scale_of, scale_of_move, verdict_role, verdict_text
from simulator.money import money
from simulator.policy.edit import differences
from simulator.policy.export import to_toml
from simulator.policy.titles import leaf_title
from simulator.policy.written import value_text as field_text
from simulator.population.names import name_of
from simulator.text import CHINESE, _, language, sentences
from simulator.version import rulebook_version

CARDS = ("profit_fen", "exposure_fen", "approval_ppm", "charged_off_fen", "over_indebted", "fee_burden_ppm")


def report(found: Comparison, command: str, version: str) -> str:
    """The page as HTML, in the language in use; `command` and `version` tell how to make it again. "" is a page of
    the app's Lab, which no command makes.
    """
    from plotly.offline import get_plotlyjs

    title = f"{found.champion.name} / {found.challenger.name}"
    data = json.dumps(data_of(found), ensure_ascii=False).replace("</", "<\\/")
    tongue = "zh-CN" if language() == CHINESE else "en"
    return "\n".join(
        [
            f'<!doctype html>\n<html lang="{tongue}">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>Whiteslip - {escape(title)}</title>\n<style>{_asset('style.css')}</style>\n</head>\n<body>",
            *_body(found, command, version),
            f'<script type="application/json" id="data">{data}</script>',
            f"<script>{get_plotlyjs()}</script>\n<script>{_asset('charts.js')}</script>\n</body>\n</html>\n",
        ]
    )


def _asset(name: str) -> str:
    return fixture("report", name).read_text(encoding="utf-8")


def _body(found: Comparison, command: str, version: str) -> list[str]:
    """Everything that is read, from the shortest to the longest."""
    parts = [
        f"<h1>{escape(_title(found))}</h1>",
        _paragraph(head(found)),
        _paragraph(timeline_text(found), "muted"),
        *map(_paragraph, warned_texts(found)),
        _cards(found),
        _section(_("What is changed"), _changes(found)),
        _section(_("Differences, in percent of the first policy"), _chart("differences") + _differences_key()),
        _section(_("From the first profit to the second"), _chart("waterfall")),
        _section(_("Owed by days late, at the end"), _chart("buckets")),
    ]
    if found.answer.vintages:
        parts.append(_section(_("Ever over 90 days late, by months since opening"), _chart("vintages") + _mean_of()))
    parts += [
        _section(_("Groups of people"), _fair_choice(found) + _chart("fairness")),
        _section(_("Whom the policies part"), _paragraph(swap_text(found)) + _people(found, command)),
        *_tables(found),
        _section(_("What this page cannot say"), _limits(found)),
        _section(_("How to get the same page"), _recipe(found, command, version)),
    ]
    return parts


def _title(found: Comparison) -> str:
    text = _("What if the lender went by {second} instead of {first}?")
    return text.format(first=found.champion.name, second=found.challenger.name)


def _section(title: str, inside: str) -> str:
    return f"<section>\n<h2>{escape(title)}</h2>\n{inside}\n</section>"


def _paragraph(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def _chart(name: str) -> str:
    return f'<div class="chart" id="{name}"></div>'


def _cards(found: Comparison) -> str:
    """The few differences that matter most."""
    cards = []
    for name in CARDS:
        each = found.metrics[name]
        scale = scale_of_move(name, each)
        title = measure(name).title
        if name.endswith("_fen"):
            title = _("{title}, {unit}").format(title=title, unit=scale.name)
        told = shown(name, each, scale)
        role = verdict_role(measure(name).better, each)
        between = verdict_text(each) if each.verdict == "same" else _("{low} to {high}").format(low=told.low, high=told.high)
        cards.append(
            f'<div class="card"><div class="name">{escape(title)}</div>'
            f'<div class="difference {role}">{escape(told.difference)}</div><div class="between">{escape(between)}</div></div>'
        )
    return f'<div class="cards">{"".join(cards)}</div>' + _paragraph(
        _("Each figure is the second policy less the first; below it stands where that lies with 95 % certainty."), "muted"
    )


def _changes(found: Comparison) -> str:
    changed = differences(found.champion, found.challenger)
    if not changed:
        return _paragraph(_("Nothing; both policies are the same."))
    rows = [
        (leaf_title(each.path), field_text(each.kind, each.before), field_text(each.kind, each.after), each.path) for each in changed
    ]
    table = _rows((_("value"), found.champion.name, found.challenger.name, _("field")), rows)
    if len(rows) <= FEW:
        return table
    told = _("All {count} values").format(count=len(rows))
    return f"<details><summary>{escape(told)}</summary>{table}</details>"


FEW = 12


def _differences_key() -> str:
    told = _("A line is where a difference lies with 95 % certainty; an arrow at the edge is far beyond the others.")
    return _paragraph(told, "muted")


def _mean_of() -> str:
    told = _("Mean of the months of opening that have reached an age; only a few have reached the last ones.")
    return _paragraph(told, "muted")


def _fair_choice(found: Comparison) -> str:
    options = "".join(
        f'<option value="{name}">{escape(measure(name).title)}</option>' for name in data_of(found)["fairness"]
    )
    label = escape(_("Measure"))
    return f'<label class="choice">{label} <select id="fair">{options}</select></label>'


def _people(found: Comparison, command: str) -> str:
    """Some of them by name."""
    kinds = {
        "only_challenger": _("only the second approves"), "only_champion": _("only the first approves"),
        "limit": _("limit moved most"), "life": _("lives went apart most"),
    }  # fmt: skip
    rows = [
        (
            name_of(each.surname, each.given, language()), kinds[each.kind], f"{each.shopper:,}", str(each.age), str(each.score),
            *_of_line(each, money(each.champion_limit_fen), money(each.challenger_limit_fen)),
            *_of_line(each, str(each.champion_worst_dpd), str(each.challenger_worst_dpd)),
        )
        for each in found.answer.swap.shoppers
    ]  # fmt: skip
    if not rows:
        return ""
    heads = (
        _("name"), _("why"), _("no."), _("age"), _("score"), _("first limit"), _("second"), _("first, days late"), _("second"),
    )  # fmt: skip
    told = sentences(
        _("Every one of them is synthetic."),
        _("A score is that of the decision where one policy alone approves; elsewhere it is the first policy's at the end."),
        _whole_lives(found, command),
    )
    return _rows(heads, rows, words=(1,)) + _paragraph(told, "muted")


def _whole_lives(found: Comparison, command: str) -> str:
    """The way to their lives in full; in the app the trial may have no name that a command could take."""
    if not command:
        return _("In the Lab, Enter on a name shows both lives side by side.")
    if found.setting.timeline == "from_today":
        return _("`whiteslip shopper NUMBER --policy FIRST --from-today SECOND`, with the other options of the command below, tells the whole life under the second policy; without --from-today it is that under the first.")
    return _("`whiteslip shopper NUMBER --policy FIRST`, or SECOND, with the other options of the command below, tells the whole life under either policy.")


def _of_line(each: SwapShopper, first: str, second: str) -> tuple[str, str]:
    """What became of a line under each policy, where there is one."""
    had, has = each.has_lines
    return first if had else _("no line"), second if has else _("no line")


def _tables(found: Comparison) -> list[str]:
    """Every part of the figures, and how they are rounded."""
    told = sentences(rounding_text(), _("Each has its exact figure where one points at it, and in the files that --csv and --out write."))
    first, *more = (_section(part_title(part), _table(found, names)) for part, names in PARTS)
    return [first, _paragraph(told, "muted"), *more]


def _table(found: Comparison, names: Sequence[str]) -> str:
    """One part of the figures: the difference first."""
    measured = [(name, found.metrics[name]) for name in names]
    scale = scale_of(measured)
    heads = (
        scale.name if any(name.endswith("_fen") for name in names) else "", _("difference"), _("95 % low"), _("high"), "",
        found.champion.name, found.challenger.name,
    )  # fmt: skip
    lines = []
    for name, each in measured:
        role = verdict_role(measure(name).better, each)
        difference, low, high, first, second = map(_figure, shown(name, each, scale), exact(name, each), repeat(exact_unit(name)))
        cells = [
            f'<td title="{escape(measure(name).meaning)}">{escape(measure(name).title)}</td>',
            difference.replace("<td", f'<td class="difference {role}"', 1), low, high,
            f'<td class="words {role}">{escape(verdict_text(each))}</td>', first, second,
        ]  # fmt: skip
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f'<div class="scroll figures"><table><thead><tr>{_heads(heads, (4,))}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>'


def _figure(text: str, exactly: str, unit: str) -> str:
    """A cell with a figure, that tells it exactly where one points at it."""
    return f'<td title="{escape(exactly + unit)}">{escape(text)}</td>'


def _heads(heads: Sequence[str], words: Sequence[int]) -> str:
    return "".join(
        f"<th{' class=words' if place in words else ''}>{escape(text)}</th>" for place, text in enumerate(heads)
    )


def _rows(heads: Sequence[str], rows: Iterable[Sequence[str]], words: Sequence[int] = ()) -> str:
    lines = [
        "<tr>"
        + "".join(f"<td{' class=words' if place in words else ''}>{escape(cell)}</td>" for place, cell in enumerate(row))
        + "</tr>"
        for row in rows
    ]
    return f'<div class="scroll"><table><thead><tr>{_heads(heads, words)}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>'


def _recipe(found: Comparison, command: str, version: str) -> str:
    setting = found.setting
    told = (
        _("Whiteslip {version}, rulebook {rulebook}, seed {seed}. The same command gives the same figures on any machine.")
        if command
        else _("Whiteslip {version}, rulebook {rulebook}, seed {seed}. Made in the Lab of a life; both policies stand here in full.")
    )
    text = told.format(version=version, rulebook=rulebook_version(), seed=setting.seed)
    title = _("The policy {name} in full")
    policies = "".join(
        f"<details><summary>{escape(title.format(name=each.name))}</summary><pre>{escape(to_toml(each))}</pre></details>"
        for each in (found.champion, found.challenger)
    )
    first = f"<pre><code>{escape(command)}</code></pre>" if command else ""
    return f"{first}{_paragraph(text)}{policies}"


def _limits(found: Comparison) -> str:
    told = [
        _("Every shopper is synthetic; behaviour is calibrated to published facts where there are any, and ours where there are none."),
        _("The intervals say how much the luck of drawing these people matters. They do not say how far the model is from life."),
        _("Where few people are touched, or losses come from a few, a 95 % interval holds somewhat less often than that."),
        _("People cannot go to another lender, and nobody reacts to what happens to others."),
        _("Whiteslip is not a lender, and nothing here is financial advice."),
    ]
    if found.setting.timeline == "as_if_always":
        told.insert(2, _("As if always: the people, the debt and the losses had years to settle. A change made today takes time to get there."))
    return "<ul>" + "".join(f"<li>{escape(each)}</li>" for each in told) + "</ul>"

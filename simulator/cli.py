"""The command line: what each command takes. The work is in `simulator.commands`, imported when called.

Exit status: 0 done, 1 the program failed (or a story's `expect` did), 2 the input was wrong.
Values come as text and are read by the commands, so that every fault is said at once and in plain words.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer
import typer.core
import typer.main

from simulator import text
from simulator.commands.faults import FAILED, WRONG_INPUT, CommandFault, say, say_failure
from simulator.text import _

ORDER = (
    "play", "story", "demo", "quote", "why", "simulate", "shopper", "compare", "sweep", "validate", "policy", "save", "doctor",
)  # fmt: skip
"""Commands as `--help` lists them, what is used most first."""


class Commands(typer.core.TyperGroup):
    """All commands."""

    def list_commands(self, context: Any) -> list[str]:
        """The names of the commands, in our order."""
        return sorted(
            super().list_commands(context),
            key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER),
        )


_Formatter: Any = typer.Context.formatter_class


class Help(_Formatter):
    """The toolkit's own words of a help page, too, in the language in use."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how a command is written."""
        super().write_usage(prog, args, prefix or _("Usage:") + " ")

    def write_heading(self, heading: str) -> None:
        """The word above a list of arguments, options or commands."""
        super().write_heading(_(heading))

    def write_dl(self, rows: Any, *widths: Any, **spacing: Any) -> None:
        """What each of them is."""
        told = [(name, _(said).replace("[required]", _("[required]"))) for name, said in rows]
        super().write_dl(told, *widths, **spacing)


class HelpContext(typer.Context):
    """What a command is called with; its help is ours."""

    formatter_class = Help


app = typer.Typer(
    cls=Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Whiteslip, a flight simulator for shopping on credit. Not a lender: no real money, no real people.",
    epilog="Try: whiteslip quote 1299 --terms 12 --fee-rate-ppm 8000",
)
policies = typer.Typer(rich_markup_mode=None, help="List, show, check and make policies.")
saves = typer.Typer(rich_markup_mode=None, help="Check, list and export saves.")
app.add_typer(policies, name="policy")
app.add_typer(saves, name="save")

Json = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]
Story = Annotated[str, typer.Argument(metavar="NAME_OR_FILE", help="A story of ours (--list names them), or a file.")]
PolicyName = Annotated[str, typer.Argument(metavar="P", help="A policy's name or file.")]
ShopperCount = Annotated[
    str | None, typer.Option("--shoppers", metavar="N", help="How many shoppers; 100,000 if not given.")
]
Days = Annotated[str | None, typer.Option(metavar="D", help="Days from the start; 365 if not given.")]
Seed = Annotated[str | None, typer.Option(metavar="N", help="The seed of all luck; 1 if not given.")]
Start = Annotated[str | None, typer.Option(metavar="DATE", help="Day 0; 2025-01-01 if not given.")]
WarmUp = Annotated[
    str | None,
    typer.Option("--warm-up", metavar="DAYS", help="Days lived before day 0; 720, and 0 is a launch."),
]
OtherPolicy = Annotated[
    str | None, typer.Option("--policy", metavar="P", help="The lender's policy; standard if not given.")
]
Threads = Annotated[str | None, typer.Option(metavar="T", help="Threads; one a core if not given.")]
FromToday = Annotated[
    bool, typer.Option("--from-today", help="The challenger holds from day 0, not always.")
]
Database = Annotated[
    str | None, typer.Option(metavar="FILE.db", help="Keep the tables in a new database.")
]
CsvFolder = Annotated[
    str | None, typer.Option(metavar="DIR", help="Keep the tables as CSV files in a new folder.")
]
ParquetFolder = Annotated[
    str | None, typer.Option(metavar="DIR", help="Keep the tables as Parquet files in a new folder.")
]
SaveFile = Annotated[str, typer.Argument(metavar="FILE", help="A save's file or name.")]


def _list_stories(asked: bool) -> None:
    """Do so instead of running one."""
    if asked:
        from simulator.commands import story as command

        command.list_all()
        raise typer.Exit


@app.command()
def story(
    source: Story,
    as_json: Json = False,
    _list: Annotated[
        bool, typer.Option("--list", callback=_list_stories, is_eager=True, help="List our stories instead of running one.")
    ] = False,
    policy: Annotated[str | None, typer.Option(metavar="P", help="Another policy than the story's.")] = None,
    seed: Annotated[str | None, typer.Option(metavar="N", help="Another seed than the story's.")] = None,
    save: Annotated[str | None, typer.Option(metavar="FILE", help="Keep the life in a new save.")] = None,
) -> None:
    """Run a story without a screen."""
    from simulator.commands import story as command

    command.run(source, policy, seed, save, as_json)


@app.command()
def quote(
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help="The price in yuan, such as 1299.00.")],
    terms: Annotated[str | None, typer.Option(metavar="N", help="3, 6, 12 or 24; always needed.")] = None,
    fee_rate_ppm: Annotated[
        str | None, typer.Option(metavar="R", help="Fee a month, in millionths of the price.")
    ] = None,
    policy: Annotated[
        str | None, typer.Option(metavar="P", help="The policy to take the rate from; standard if not given.")
    ] = None,
    grade: Annotated[
        str | None, typer.Option(metavar="G", help="A..E, picks a policy's rate; C if not given.")
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of purchase; today if not given.")
    ] = None,
    statement_day: Annotated[
        str | None, typer.Option(metavar="N", help="1..28; the policy's if not given.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Schedule, total fee and annualised rates of a purchase on terms."""
    from simulator.commands import quote as command

    command.run(amount, terms, fee_rate_ppm, policy, grade, date, statement_day, as_json)


@app.command()
def why(
    save: Annotated[str, typer.Argument(metavar="SAVE", help="A save's file or name.")],
    figure: Annotated[
        str,
        typer.Argument(metavar="FIGURE", help="Such as minimum, limit, statement:31:minimum, decision:17."),
    ],
    day: Annotated[
        str | None, typer.Option(metavar="D", help="As of an earlier day, counted from 0.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Why a figure is what it is: sentence, formula, inputs, entries."""
    from simulator.commands import why as command

    command.run(save, figure, day, as_json)


@app.command()
def simulate(
    policy: OtherPolicy = None,
    shoppers: ShopperCount = None,
    days: Days = None,
    seed: Seed = None,
    start: Start = None,
    warm_up: WarmUp = None,
    threads: Threads = None,
    out: Database = None,
    csv: CsvFolder = None,
    parquet: ParquetFolder = None,
    as_json: Json = False,
) -> None:
    """Run a market of synthetic shoppers under one policy."""
    from simulator.commands import simulate as command

    command.run(
        policy, shoppers, days, seed, start, warm_up, threads, out, csv, parquet, as_json
    )


@app.command()
def compare(
    first: Annotated[str, typer.Argument(metavar="P1", help="The champion: a policy's name or file.")],
    second: Annotated[str, typer.Argument(metavar="P2", help="The challenger: a policy's name or file.")],
    shoppers: ShopperCount = None,
    days: Days = None,
    seed: Seed = None,
    start: Start = None,
    warm_up: WarmUp = None,
    threads: Threads = None,
    from_today: FromToday = False,
    report: Annotated[
        str | None, typer.Option(metavar="FILE.html", help="Keep all of it as one page with charts.")
    ] = None,
    out: Database = None,
    csv: CsvFolder = None,
    parquet: ParquetFolder = None,
    as_json: Json = False,
) -> None:
    """Two policies over the same people and luck: what differs."""
    from simulator.commands import compare as command

    command.run(
        first, second, shoppers, days, seed, start, warm_up, threads, from_today, report, out, csv, parquet, as_json
    )


@app.command()
def sweep(
    policy: Annotated[
        str, typer.Argument(metavar="P", help="A policy's name or file, or the .db of a sweep that goes on.")
    ],
    field: Annotated[
        list[str] | None,
        typer.Option("--field", metavar="NAME=FROM:TO:STEP", help="One value that is varied; give one or two."),
    ] = None,
    shoppers: Annotated[
        str | None, typer.Option("--shoppers", metavar="N", help="How many shoppers; 20,000 if not given.")
    ] = None,
    days: Days = None,
    seed: Seed = None,
    start: Start = None,
    warm_up: WarmUp = None,
    threads: Threads = None,
    from_today: FromToday = False,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Let a Dask cluster do the work.")
    ] = None,
    out: Annotated[
        str | None, typer.Option(metavar="FILE.db", help="Keep results as they come; the same file goes on.")
    ] = None,
    csv: CsvFolder = None,
    as_json: Json = False,
) -> None:
    """A grid of policies: one or two values of one varied."""
    from simulator.commands import sweep as command

    command.run(
        policy, field or [], shoppers, days, seed, start, warm_up, threads, from_today, scheduler, out, csv, as_json
    )


@app.command()
def shopper(
    number: Annotated[str, typer.Argument(metavar="ID", help="The shopper's number, from 1.")],
    policy: OtherPolicy = None,
    from_today: Annotated[str | None, typer.Option("--from-today", metavar="P", help="Another policy, from the first day on; the days before it are lived under --policy.")] = None,
    seed: Seed = None,
    start: Start = None,
    days: Days = None,
    shoppers: ShopperCount = None,
    warm_up: WarmUp = None,
    as_json: Json = False,
) -> None:
    """The whole life of one synthetic shopper, event by event."""
    from simulator.commands import shopper as command

    command.run(number, policy, from_today, seed, start, days, shoppers, warm_up, as_json)


@policies.command("list")
def policy_list() -> None:
    """Every policy that has a name."""
    from simulator.commands import policy as command

    command.list_all()


@policies.command("show")
def policy_show(name: PolicyName, as_json: Json = False) -> None:
    """A whole policy as TOML, or every field by its flat name as JSON."""
    from simulator.commands import policy as command

    command.show(name, as_json)


@policies.command("check")
def policy_check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A policy's file or name.")],
    strict: Annotated[bool, typer.Option("--strict", help="What is only warned of, such as a rate above a legal cap, is a fault too.")] = False,
) -> None:
    """Whether a policy is sound."""
    from simulator.commands import policy as command

    command.check(file, strict)


@policies.command("schema")
def policy_schema() -> None:
    """The JSON Schema of policies."""
    from simulator.commands import policy as command

    command.schema()


@policies.command("new")
def policy_new(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to make.")],
    base: Annotated[str, typer.Option("--from", metavar="P", help="The policy that it differs from.")],
) -> None:
    """Make a policy file that differs by nothing yet from another."""
    from simulator.commands import policy as command

    command.new(file, base)


@saves.command("check")
def save_check(file: SaveFile) -> None:
    """Integrity, balance of postings and replay of a save; only reads."""
    from simulator.commands import save as command

    command.check(file)


@saves.command("list")
def save_list() -> None:
    """The saves there are."""
    from simulator.commands import save as command

    command.list_all()


@saves.command("export")
def save_export(
    file: SaveFile, to: Annotated[str, typer.Option("--to", metavar="csv|json", help="The kind of files.")]
) -> None:
    """A save's tables as files, in a folder beside it."""
    from simulator.commands import save as command

    command.export(file, to)


@app.command()
def doctor() -> None:
    """Versions, folders, terminal, timings; what is wrong, the mend."""
    from simulator.commands import doctor as command

    command.run()


@app.command()
def validate(
    seeds: Annotated[str | None, typer.Option(metavar="N", help="How many seeds, from 1; 1 if not given.")] = None,
    as_json: Json = False,
    report: Annotated[str | None, typer.Option(metavar="FILE", help="Write a report in Markdown.")] = None,
) -> None:
    """The population against published facts."""
    from simulator.commands import validate as command

    command.run(seeds, as_json, report)


def run(arguments: list[str] | None = None) -> int:
    """Run a command line; the exit status. Faults are plain sentences on standard error."""
    text.use(text.language_around(os.environ))
    _stand_in_for_closed()
    _print_anything()
    try:
        status = command_tree().main(args=arguments, prog_name="whiteslip", standalone_mode=False)
        sys.stdout.flush()
    except CommandFault as fault:
        say(*fault.faults)
        return fault.status
    except typer.TyperException as error:
        from simulator.commands.usage import usage_sentence

        say(usage_sentence(error))
        return WRONG_INPUT
    except BrokenPipeError:
        _print_nowhere()
        return FAILED
    except (typer.Abort, KeyboardInterrupt):
        status = FAILED
    except Exception as error:
        say_failure(error)
        _print_what_can_be()
        return FAILED
    if not status:
        return 0
    say(_("Stopped."))
    return FAILED


def command_tree() -> Any:
    """All commands, their help in the language in use."""
    tree = typer.main.get_command(app)
    for command in _with_commands_below(tree):
        command.context_class = HelpContext
        for name in ("help", "short_help", "epilog"):
            if told := getattr(command, name, None):
                setattr(command, name, _(told))
        for parameter in command.params:
            if told := getattr(parameter, "help", None):
                parameter.help = _(told)
    return tree


def _with_commands_below(command: Any) -> Iterator[Any]:
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from _with_commands_below(below)


def _stand_in_for_closed() -> None:
    """Let streams that were closed before we began lead nowhere: no file of ours takes their place."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere > number and not _is_open(number):
                os.dup2(nowhere, number)
                os.close(nowhere)
                nowhere = number
            setattr(sys, name, open(nowhere, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115, it stays open to the end


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _print_anything() -> None:
    """Let no character stop an output that cannot show it; in JSON the escape is still right."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _print_what_can_be() -> None:
    """What was printed before a failure is still shown; where that is what failed, Python need not say so again."""
    try:
        sys.stdout.flush()
    except OSError:
        _print_nowhere()


def _print_nowhere() -> None:
    """Whoever read our output has gone; keep Python from saying so once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

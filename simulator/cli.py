"""The command line: what each command takes. The work is in `simulator.commands`, imported when called.

Exit status: 0 done, 1 the program failed (or a story's `expect` did), 2 the input was wrong.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from simulator import text
from simulator.commands.faults import FAILED, WRONG_INPUT, CommandFault, say
from simulator.text import _

app = typer.Typer(
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Whiteslip, a flight simulator for shopping on credit. Not a lender: no real money, no real people.",
    epilog="Try: whiteslip quote 1299 --terms 12 --fee-rate-ppm 8000",
)
policies = typer.Typer(rich_markup_mode=None, help="List, show, check and make policies.")
saves = typer.Typer(rich_markup_mode=None, help="Check, list and export saves.")
app.add_typer(policies, name="policy")
app.add_typer(saves, name="save")

Json = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]


@app.command()
def story(
    source: Annotated[str, typer.Argument(metavar="NAME_OR_FILE", help="A story of ours, or a file.")],
    as_json: Json = False,
    policy: Annotated[str | None, typer.Option(help="Another policy than the story's.")] = None,
    seed: Annotated[int | None, typer.Option(help="Another seed than the story's.")] = None,
    save: Annotated[str | None, typer.Option(help="Keep the life in a new save.")] = None,
) -> None:
    """Run a story without a screen."""
    from simulator.commands import story as command

    command.run(source, policy, seed, save, as_json)


@app.command()
def quote(
    amount: Annotated[str, typer.Argument(help="The price in yuan, such as 1299.00.")],
    terms: Annotated[int, typer.Option(help="3, 6, 12 or 24.")],
    fee_rate_ppm: Annotated[int | None, typer.Option(help="Fee a month in ppm of the price.")] = None,
    policy: Annotated[str | None, typer.Option(help="Take the rate from a policy.")] = None,
    grade: Annotated[str | None, typer.Option(help="A..E, with --policy; C if not given.")] = None,
    date: Annotated[str | None, typer.Option(help="Day of purchase; today if not given.")] = None,
    statement_day: Annotated[int | None, typer.Option(help="1..28; the policy's if not given.")] = None,
    as_json: Json = False,
) -> None:
    """Schedule, total fee and annualised rates of a purchase on terms."""
    from simulator.commands import quote as command

    command.run(amount, terms, fee_rate_ppm, policy, grade, date, statement_day, as_json)


@app.command()
def why(
    save: Annotated[str, typer.Argument(help="A save.")],
    figure: Annotated[str, typer.Argument(help="Such as minimum, limit, statement:31:minimum, decision:17.")],
    day: Annotated[int | None, typer.Option(help="As of an earlier day.")] = None,
    as_json: Json = False,
) -> None:
    """Why a figure is what it is: sentence, formula, inputs, entries."""
    from simulator.commands import why as command

    command.run(save, figure, day, as_json)


@policies.command("list")
def policy_list() -> None:
    """Every policy that has a name."""
    from simulator.commands import policy as command

    command.list_all()


@policies.command("show")
def policy_show(name: Annotated[str, typer.Argument(metavar="P")], as_json: Json = False) -> None:
    """A whole policy."""
    from simulator.commands import policy as command

    command.show(name, as_json)


@policies.command("check")
def policy_check(
    file: str, strict: Annotated[bool, typer.Option("--strict", help="Legal caps are faults too.")] = False
) -> None:
    """Whether a policy file is sound."""
    from simulator.commands import policy as command

    command.check(file, strict)


@policies.command("schema")
def policy_schema() -> None:
    """The JSON Schema of policies."""
    from simulator.commands import policy as command

    command.schema()


@policies.command("new")
def policy_new(file: str, base: Annotated[str, typer.Option("--from", metavar="P", help="What it differs from.")]) -> None:
    """A new policy file."""
    from simulator.commands import policy as command

    command.new(file, base)


@saves.command("check")
def save_check(file: str) -> None:
    """Integrity, balance of postings and replay of a save."""
    from simulator.commands import save as command

    command.check(file)


@saves.command("list")
def save_list() -> None:
    """The saves there are."""
    from simulator.commands import save as command

    command.list_all()


@saves.command("export")
def save_export(file: str, to: Annotated[str, typer.Option(help="csv or json.")]) -> None:
    """A save's tables as files."""
    from simulator.commands import save as command

    command.export(file, to)


@app.command()
def doctor() -> None:
    """Versions, folders, terminal, timings; what is wrong and the mend."""
    from simulator.commands import doctor as command

    command.run()


def run(arguments: list[str] | None = None) -> int:
    """Run a command line; the exit status. Faults are plain sentences on standard error."""
    language = os.environ.get("WHITESLIP_LANG", "")
    if language in text.LANGUAGES:
        text.use(language)
    try:
        app(args=arguments, standalone_mode=False, prog_name="whiteslip")
    except CommandFault as fault:
        say(*fault.faults)
        return fault.status
    except typer.Exit as ended:
        return ended.exit_code
    except typer.Abort:
        return FAILED
    except TyperException as error:
        say(usage_sentence(error))
        return WRONG_INPUT
    except BrokenPipeError:
        sys.stderr.close()
        return FAILED
    except Exception as error:
        say(_("Whiteslip failed: {error}.").format(error=f"{type(error).__name__}: {error}".rstrip(".")))
        return FAILED
    return 0


def usage_sentence(error: TyperException) -> str:
    """A fault of the command line in plain words."""
    kind = type(error).__name__
    parameter = getattr(error, "param", None)
    name = _parameter(parameter) if parameter is not None else ""
    if kind == "MissingParameter":
        return _("{name} is missing; see whiteslip --help.").format(name=name)
    if kind == "NoSuchOption":
        option = getattr(error, "option_name", "")
        return _("There is no option {name}; see whiteslip --help.").format(name=option)
    told = str(getattr(error, "message", error)).rstrip(".")
    if kind == "BadParameter":
        return _("{name}: {told}.").format(name=name, told=told)
    return _("{told}; see whiteslip --help.").format(told=told)


def _parameter(parameter: Any) -> str:
    """How a person knows an argument or option."""
    long = [option for option in parameter.opts if option.startswith("--")]
    return str(long[0] if long else parameter.metavar or parameter.name)

"""`whiteslip doctor`: versions, folders, compiled engine, terminal, timings; what is wrong and the mend."""

from __future__ import annotations

from simulator.commands.faults import FAILED, CommandFault
from simulator.commands.table import padded
from simulator.doctor import findings
from simulator.text import _

NAME_CELLS = 22


def run() -> None:
    """Print what there is, each mend under what is wrong. Raises CommandFault where nothing can run."""
    fatal, wrong, no_lives = [], False, False
    for finding in findings():
        mark = "[x]" if finding.fatal else "[!]" if finding.mend else "   "
        print(f"{mark} {padded(finding.name, NAME_CELLS)} {finding.found}", flush=True)
        if finding.mend:
            print(f"      {finding.mend}")
            wrong = True
        no_lives |= finding.no_lives
        if finding.fatal:
            fatal.append(f"{finding.name}: {finding.found}. {finding.mend}")
    if fatal:
        raise CommandFault(fatal, FAILED)
    print()
    if no_lives:
        print(_("Commands can run here, but no life can be begun in the app: what is played could not be kept. [!] marks the mend."))
    elif wrong:
        print(_("Whiteslip can run here; [!] marks what could be better."))
    else:
        print(_("Whiteslip can run here."))

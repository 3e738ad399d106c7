"""Query: the explorer's small filter language over the columns of a snapshot.

"limit cut this month", "bucket >= M2", "owner and tier 1", "额度大于5000且不是学生": a text becomes a
filter that says for every shopper whether it holds, or a sentence that names the word that does not fit.
"""

from simulator.market.query.complete import Completion, completions
from simulator.market.query.faults import QueryError
from simulator.market.query.filters import Columns, Flags, Today
from simulator.market.query.parser import Query, parse
from simulator.market.query.words import examples

__all__ = [
    "Columns", "Completion", "Flags", "Query", "QueryError", "Today", "completions", "examples", "parse",
]  # fmt: skip

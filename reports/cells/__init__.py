"""The counted grid: how many public reports are where, by kind and time, without looking at each (decision 0023).

Triggers append each change to a ledger, which is folded into sums now and then; every question here adds both, in one
statement. What no kept sum answers is answered by the reports themselves, so that every answer is exact.
"""

from reports.cells.answers import counts, fold, for_tile, forget_days, total, version
from reports.cells.asked import Asked, Facet, known
from reports.cells.recounting import Recounted, recount

__all__ = [
    "Asked",
    "Facet",
    "Recounted",
    "counts",
    "fold",
    "for_tile",
    "forget_days",
    "known",
    "recount",
    "total",
    "version",
]

"""The life of an imported report, told from the few dates its row has. Pure."""

from dataclasses import dataclass
from datetime import datetime

from reports.importing.drafts import Draft
from reports.workflow import CLOSING, NEXT, Status

S = Status


@dataclass(frozen=True, slots=True)
class Step:
    """One change of status and its moment; `before` is empty for the first."""

    at: datetime
    before: Status | None
    after: Status


def steps(draft: Draft) -> list[Step]:
    """From received to the row's status, each step one that the workflow allows.

    A step without a date of its own happens with the one before it, and none happens earlier than that.
    """
    told: list[Step] = []
    for after, wanted in _path(draft):
        before = told[-1].after if told else None
        if before is not None and after not in NEXT[before]:
            continue
        earliest = told[-1].at if told else draft.opened
        told.append(Step(max(wanted or earliest, earliest), before, after))
    return told


def _path(draft: Draft) -> list[tuple[Status, datetime | None]]:
    path: list[tuple[Status, datetime | None]] = [(S.RECEIVED, draft.opened)]
    if draft.status == S.RECEIVED:
        return path
    if draft.status == S.REJECTED:
        return [*path, (S.REJECTED, draft.closed)]
    path.append((S.PUBLISHED, draft.opened))
    if draft.status == S.PUBLISHED:
        return path
    if draft.started is not None:
        path.append((S.IN_PROGRESS, draft.started))
    if draft.reopened is not None or draft.status == S.REOPENED:
        path += [(S.RESOLVED, _first_end(draft)), (S.REOPENED, draft.reopened)]
    if draft.status == S.CONFIRMED:
        path.append((S.RESOLVED, draft.closed))
    return [*path, (draft.status, draft.closed if draft.status in CLOSING else None)]


def _first_end(draft: Draft) -> datetime | None:
    if draft.closed is None or draft.reopened is None:
        return draft.closed or draft.reopened
    return min(draft.closed, draft.reopened)

"""How much each report matters to the community: its weight on the heat map."""

from reports.models import Report

POINT = 100
"""Weights are kept in hundredths of a point."""


def priority_of_new(report: Report) -> int:
    """The weight of a report nobody else has spoken for yet: the severity of its service, in hundredths of a point."""
    return POINT * report.service.severity

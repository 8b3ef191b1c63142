"""The life of a problem, as it is kept."""

from reports.models.history import Note, StatusChange
from reports.models.letters import Letter
from reports.models.people import AbuseFlag, Comment, Follower, Objection, Support
from reports.models.photos import MOST_PHOTOS, Photo
from reports.models.report import TEXT_LIMIT, Report, ReportDistrict, ReportQuerySet, new_token

__all__ = [
    "MOST_PHOTOS",
    "TEXT_LIMIT",
    "AbuseFlag",
    "Comment",
    "Follower",
    "Letter",
    "Note",
    "Objection",
    "Photo",
    "Report",
    "ReportDistrict",
    "ReportQuerySet",
    "StatusChange",
    "Support",
    "new_token",
]

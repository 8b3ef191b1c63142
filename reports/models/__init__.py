"""The life of a problem, as it is kept."""

from reports.models.abuse import AttemptCount, BlockedSender, BlockedSenderQuerySet
from reports.models.announcements import Announcement, AnnouncementQuerySet
from reports.models.drafts import Draft, DraftPhoto, DraftQuerySet
from reports.models.history import Note, StatusChange
from reports.models.letters import Letter, LetterQuerySet
from reports.models.notes import AnswerLink, InternalNote
from reports.models.partners import CleanupGuest, HelpOffer, HelpOfferQuerySet, Partner, PartnerQuerySet
from reports.models.people import AbuseFlag, Comment, Follower, Objection, Support
from reports.models.photos import MOST_PHOTOS, Photo
from reports.models.places import Place, PlaceKind, PlacePhoto, PlaceQuerySet
from reports.models.report import (
    TEXT_LIMIT,
    WAITING_FIRST,
    Report,
    ReportDistrict,
    ReportQuerySet,
    new_token,
)
from reports.models.weighing import Pile, Weighing

__all__ = [
    "MOST_PHOTOS",
    "TEXT_LIMIT",
    "WAITING_FIRST",
    "AbuseFlag",
    "Announcement",
    "AnnouncementQuerySet",
    "AnswerLink",
    "AttemptCount",
    "BlockedSender",
    "BlockedSenderQuerySet",
    "CleanupGuest",
    "Comment",
    "Draft",
    "DraftPhoto",
    "DraftQuerySet",
    "Follower",
    "HelpOffer",
    "HelpOfferQuerySet",
    "InternalNote",
    "Letter",
    "LetterQuerySet",
    "Note",
    "Objection",
    "Partner",
    "PartnerQuerySet",
    "Photo",
    "Pile",
    "Place",
    "PlaceKind",
    "PlacePhoto",
    "PlaceQuerySet",
    "Report",
    "ReportDistrict",
    "ReportQuerySet",
    "StatusChange",
    "Support",
    "Weighing",
    "new_token",
]

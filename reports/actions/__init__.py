"""What may happen to a report: one verb, one function, one transaction. Nothing else writes."""

from reports.actions.answering import (
    ask,
    assign,
    decline,
    pass_on,
    plan,
    reroute,
    resolve,
    start,
    welcome_help,
)
from reports.actions.blocking import block, lift
from reports.actions.following import ask_to_follow, follow_by_mail
from reports.actions.helping import accept_help, decline_help, mark_helped, offer_help
from reports.actions.inviting import invite
from reports.actions.merging import merge, unmerge
from reports.actions.moderating import (
    claim,
    edit,
    keep_private,
    place,
    publish,
    recategorise,
    reject,
    release,
)
from reports.actions.photos import attach, hide, keep_photo, mask
from reports.actions.residents import (
    answer,
    comment,
    confirm,
    flag,
    follow,
    judge_comment,
    object_to,
    reopen,
    see_flag,
    support,
    unfollow,
    unfollow_all,
    withdraw_support,
)
from reports.actions.sharing import hand_link, note, take_link_back
from reports.actions.steps import is_claimed
from reports.actions.submitting import Submission, Submitted, confirm_address, submit

__all__ = [
    "Submission",
    "Submitted",
    "accept_help",
    "answer",
    "ask",
    "ask_to_follow",
    "assign",
    "attach",
    "block",
    "claim",
    "comment",
    "confirm",
    "confirm_address",
    "decline",
    "decline_help",
    "edit",
    "flag",
    "follow",
    "follow_by_mail",
    "hand_link",
    "hide",
    "invite",
    "is_claimed",
    "judge_comment",
    "keep_photo",
    "keep_private",
    "lift",
    "mark_helped",
    "mask",
    "merge",
    "note",
    "object_to",
    "offer_help",
    "pass_on",
    "place",
    "plan",
    "publish",
    "recategorise",
    "reject",
    "release",
    "reopen",
    "reroute",
    "resolve",
    "see_flag",
    "start",
    "submit",
    "support",
    "take_link_back",
    "unfollow",
    "unfollow_all",
    "unmerge",
    "welcome_help",
    "withdraw_support",
]

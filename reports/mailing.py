"""How a letter reads, and handing it to the mail server."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from districts.wording import reason
from reports.answer_links import answer_address
from reports.models import Letter


def send(letter: Letter) -> None:
    """Hand the letter to the mail server, as plain text and HTML, in its reader's language."""
    with override(letter.language), timezone.override(ZoneInfo(letter.city.time_zone)):
        _mail(letter, "letters/" + letter.audience, _said(letter))


def send_digest(letters: Sequence[Letter]) -> None:
    """The same for several letters to one address, as one."""
    first = letters[0]
    with override(first.language), timezone.override(ZoneInfo(first.city.time_zone)):
        _mail(first, "letters/digest", {**_said(first), "items": [_said(letter) for letter in letters]})


def _said(letter: Letter) -> dict[str, Any]:
    report = letter.report
    if report is None:
        return {
            "letter": letter,
            "membership": letter.membership,
            "sign_in": settings.PUBLIC_ORIGIN + reverse("account_login"),
            "stop": "",
        }
    return {
        "letter": letter,
        "report": report,
        "change": letter.change,
        "why": reason(report.decision, public=letter.audience != "department"),
        "page": _address(report.city.slug, "reports", report.pk),
        "tracking": _address(report.city.slug, "track", report.token),
        "answer": answer_address(report, letter.department) if letter.department else "",
        "stop": _stop(letter),
    }


def _address(*parts: object) -> str:
    return "/".join([settings.PUBLIC_ORIGIN, *map(str, parts)]) + "/"


def _stop(letter: Letter) -> str:
    return _address("stop", letter.follower.token) if letter.follower else ""


def _mail(letter: Letter, template: str, said: dict[str, Any]) -> None:
    subject = " ".join(render_to_string(f"{template}_subject.txt", said).split())
    headers = {"Message-ID": letter.message_id}
    if said["stop"]:
        # RFC 8058: one click in the mail program stops the letters.
        headers |= {
            "List-Unsubscribe": f"<{said['stop']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    message = EmailMultiAlternatives(
        subject, render_to_string(f"{template}.txt", said), None, [letter.address], headers=headers
    )
    message.attach_alternative(render_to_string(f"{template}.html", said), "text/html")
    message.send()

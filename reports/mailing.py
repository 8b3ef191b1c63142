"""How a letter reads, and handing it to the mail server."""

import smtplib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.mime.image import MIMEImage
from typing import Any
from zoneinfo import ZoneInfo

from anymail.exceptions import AnymailInvalidAddress, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from districts.wording import reason
from reports.answer_links import answer_address
from reports.follow_links import follow_address
from reports.letter_pictures import Picture, pictures_of
from reports.models import Letter
from reports.text import clean


class RefusedForGood(Exception):
    """The mail server will never take this letter; `why` is its answer, fit for the column that keeps it."""

    def __init__(self, said: object) -> None:
        self.why = " ".join(clean(str(said)).split())[:300] or "refused"
        super().__init__(self.why)


def send(letter: Letter) -> None:
    """Hand the letter to the mail server, as plain text and HTML, in its reader's language.

    Raises RefusedForGood where trying again is of no use; what an ill server raises is worth another try.
    """
    with override(letter.language), timezone.override(ZoneInfo(letter.city.time_zone)):
        _mail(letter, "letters/" + letter.audience, _said(letter))


def send_digest(letters: Sequence[Letter]) -> None:
    """The same for several letters to one address, as one letter."""
    first = letters[0]
    with override(first.language), timezone.override(ZoneInfo(first.city.time_zone)):
        said = {**_said(first), "items": [_said(letter) for letter in letters]}
        # One click stops all that this letter is made of, not only what happens to stand first.
        said["stop"] = f"{said['stop']}?all=1"
        _mail(first, "letters/digest", said)


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
        "offer": letter.offer,
        "why": reason(report.decision, public=letter.audience != "department"),
        "page": _address(report.city.slug, "reports", report.pk),
        "tracking": _address(report.city.slug, "track", report.token),
        "answer": answer_address(report, letter.department) if letter.department else "",
        "follow": follow_address(report, letter.address) if letter.audience == "follow_asked" else "",
        "stop": _stop(letter),
        "pictures": pictures_of(report) if letter.audience == "department" else [],
    }


def _address(*parts: object) -> str:
    return "/".join([settings.PUBLIC_ORIGIN, *map(str, parts)]) + "/"


def _stop(letter: Letter) -> str:
    return _address("stop", letter.follower.token) if letter.follower else ""


class _Illustrated(EmailMultiAlternatives):
    """A letter whose pictures belong to the HTML beside them (RFC 2387)."""

    mixed_subtype = "related"


def _mail(letter: Letter, template: str, said: dict[str, Any]) -> None:
    subject = " ".join(render_to_string(f"{template}_subject.txt", said).split())
    headers = {"Message-ID": letter.message_id}
    if said["stop"]:
        # RFC 8058: one click in the mail program stops the letters.
        headers |= {
            "List-Unsubscribe": f"<{said['stop']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    message = _Illustrated(
        subject, render_to_string(f"{template}.txt", said), None, [letter.address], headers=headers
    )
    message.attach_alternative(render_to_string(f"{template}.html", said), "text/html")
    for picture in said.get("pictures", []):
        message.attach(_inline(picture))
    with _refusals_known():
        message.send()


def _inline(picture: Picture) -> MIMEImage:
    part = MIMEImage(picture.data, picture.subtype)
    part["Content-ID"] = f"<{picture.cid}>"
    part.add_header("Content-Disposition", "inline", filename=f"{picture.cid[:8]}.{picture.subtype}")
    return part


@contextmanager
def _refusals_known() -> Iterator[None]:
    """Tell what is refused for good (RFC 5321, 4.2.1: 5yz) from what may go well later."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        answers = list(error.recipients.values())
        if not all(_is_permanent(code) for code, _ in answers):
            raise
        raise RefusedForGood("; ".join(_words(*answer) for answer in answers)) from error
    except smtplib.SMTPDataError as error:
        if not _is_permanent(error.smtp_code):
            raise
        raise RefusedForGood(_words(error.smtp_code, error.smtp_error)) from error
    except (AnymailRecipientsRefused, AnymailInvalidAddress) as error:
        raise RefusedForGood(error) from error


def _is_permanent(code: int) -> bool:
    return 500 <= code < 600


def _words(code: int, said: bytes | str) -> str:
    return f"{code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"

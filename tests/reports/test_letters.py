"""Letters, through a real mail server on this machine and the real job queue."""

import email
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message
from email.policy import default as modern

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from districts.models import User
from reports import actions, jobs
from reports.models import Follower, Letter, Report
from reports.small_map import surroundings
from tests.reports.worker import work_off


class Post:
    """A mail server that keeps what it is given, or refuses it while it is ill."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.ill = False
        self.unknown: set[str] = set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the name aiosmtpd calls
        if address in self.unknown:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the name aiosmtpd calls
        if self.ill:
            return "451 try again later"
        self.letters.append(email.message_from_bytes(envelope.content, policy=modern))
        return "250 kept"


class OnAnyPort(Controller):
    """A controller that lets the system choose the port, and remembers it."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def post(settings) -> Iterator[Post]:
    server = Post()
    controller = OnAnyPort(server, hostname="127.0.0.1", port=0)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield server
    controller.stop()


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(out, "PNG")
    out.seek(0)
    return out


def deliver_all():
    for pk in Letter.objects.order_by("pk").values_list("pk", flat=True):
        jobs.deliver(letter_id=pk)


def text_of(letter: Message) -> str:
    return letter.get_body(("plain",)).get_content()


def test_the_department_gets_text_place_reason_and_a_link_to_answer(town, post):
    town.published(point=town.place(30.305, 50.17), text="A deep hole", address="by the school")
    deliver_all()
    (letter,) = [one for one in post.letters if one["To"] == "roads@town.example"]
    said = text_of(letter)
    assert all(words in said for words in ("A deep hole", "by the school", "/town/answer/"))
    assert letter.get_body(("html",)) is not None


def the_departments_letter(post):
    deliver_all()
    (letter,) = [one for one in post.letters if one["To"] == "roads@town.example"]
    return letter


def test_the_departments_letter_carries_the_photo_and_a_map_inside_itself(town, post, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    report = town.received(point=town.place(30.305, 50.17))
    actions.attach(report, picture())
    actions.publish(report.pk, town.moderator)
    letter = the_departments_letter(post)
    html = letter.get_body(("related", "html"))
    images = [part for part in letter.walk() if part.get_content_maintype() == "image"]
    assert [part.get_content_subtype() for part in images] == ["jpeg", "png"]
    said = letter.get_body(("html",)).get_content()
    assert html is not None
    assert re.findall('src="cid:([^"]+)"', said) == [part["Content-ID"].strip("<>") for part in images]
    assert "http" not in "".join(re.findall("<img[^>]+>", said))


def test_the_map_shows_the_road_and_the_pin_in_the_middle(town):
    with Image.open(io.BytesIO(surroundings(town.city, town.place(30.305, 50.1705)))) as drawn:
        shown = drawn.convert("RGB")
    assert shown.size == (600, 400)
    red, green, blue = shown.getpixel((300, 207))
    assert (red > 150, green < 90, blue < 90) == (True, True, True)
    # The road runs 0.0005 degrees south of the pin: 56 metres, which are 74 pixels.
    assert shown.getpixel((100, 274)) == (255, 255, 255)


def test_a_photo_that_a_moderator_hid_or_whose_file_is_lost_keeps_no_letter(town, post, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    report = town.received(point=town.place(30.305, 50.17))
    hidden, lost = actions.attach(report, picture()), actions.attach(report, picture())
    actions.hide(hidden.pk, hidden=True)
    (tmp_path / lost.image.name).unlink()
    actions.publish(report.pk, town.moderator)
    images = [part for part in the_departments_letter(post).walk() if part.get_content_maintype() == "image"]
    assert [part.get_content_subtype() for part in images] == ["png"]


def test_an_address_in_a_residents_words_is_no_link_in_the_letter_and_ours_is(town, post):
    hostile = "See https://evil.example/login and http://127.0.0.1:8000.evil.example/x and mailto:a@b.example"
    town.published(point=town.place(30.305, 50.17), text=hostile)
    html = the_departments_letter(post).get_body(("html",)).get_content()
    links = re.findall('href="([^"]+)"', html)
    assert "evil.example" in html
    assert len(links) == 2
    assert all(link.startswith("http://127.0.0.1:8000/town/") for link in links)


def test_the_long_address_to_answer_at_is_whole_in_the_link(town, post):
    town.published(point=town.place(30.305, 50.17))
    letter = the_departments_letter(post)
    html = letter.get_body(("html",)).get_content()
    (answer,) = [link for link in re.findall('href="([^"]+)"', html) if "/answer/" in link]
    assert answer in text_of(letter)


def test_a_hostile_text_is_escaped_in_the_letters_html(town, post):
    town.published(point=town.place(30.305, 50.17), text="<script>alert(1)</script>")
    deliver_all()
    html = post.letters[0].get_body(("html",)).get_content()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_letter_is_sent_once_however_often_its_job_runs(town, post):
    town.received(contact_email="olena@town.example")
    deliver_all()
    deliver_all()
    assert len(post.letters) == 1


def test_a_letter_that_the_server_refused_is_sent_later_with_the_same_message_id(town, post):
    town.received(contact_email="olena@town.example")
    letter = Letter.objects.get()
    post.ill = True
    with pytest.raises(Exception, match="try again later"):
        jobs.deliver(letter_id=letter.pk)
    assert Letter.objects.get().sent_at is None
    post.ill = False
    jobs.deliver(letter_id=letter.pk)
    assert [one["Message-ID"] for one in post.letters] == [letter.message_id]


def test_a_letter_to_an_address_that_the_server_does_not_know_is_given_up_with_the_servers_words(town, post):
    post.unknown.add("olena@town.example")
    town.received(contact_email="olena@town.example")
    deliver_all()
    letter = Letter.objects.get()
    assert (letter.sent_at, letter.failure) == (None, "550 5.1.1 no such mailbox")


def test_what_was_refused_for_good_is_not_queued_again(town, post):
    post.unknown.add("olena@town.example")
    town.received(contact_email="olena@town.example")
    deliver_all()
    post.unknown.clear()
    Letter.objects.update(send_after=timezone.now() - timedelta(hours=5))
    jobs.retry_lost_letters(timestamp=0)
    deliver_all()
    assert post.letters == []


def test_a_letter_whose_job_was_lost_is_queued_again_once(town):
    town.received(contact_email="olena@town.example")
    ProcrastinateJob.objects.all().delete()
    Letter.objects.update(send_after=timezone.now() - timedelta(hours=5))
    jobs.retry_lost_letters(timestamp=0)
    jobs.retry_lost_letters(timestamp=0)
    assert ProcrastinateJob.objects.filter(task_name="reports.jobs.deliver").count() == 1


def test_a_letter_to_a_follower_who_stopped_meanwhile_is_not_sent(town, post):
    report = town.published()
    follower = actions.follow(report.pk, User.objects.create_user("p@town.example"))
    actions.start(report.pk, town.worker)
    actions.unfollow(follower.token)
    deliver_all()
    assert [one["To"] for one in post.letters if one["To"] == "p@town.example"] == []


def test_one_refused_digest_does_not_keep_the_others(town, post):
    post.unknown.add("a@town.example")
    for name in "ab":
        reader = User.objects.create_user(f"{name}@town.example", daily_digest=True)
        actions.follow(town.published().pk, reader)
    for report in Report.objects.all():
        actions.start(report.pk, town.worker)
    Letter.objects.filter(daily=True).update(send_after=timezone.now() - timedelta(minutes=1))
    jobs.send_digests(timestamp=0)
    assert [one["To"] for one in post.letters] == ["b@town.example"]
    assert Letter.objects.get(address="a@town.example").failure.startswith("550")


def test_a_follower_can_stop_with_one_click(town, post):
    report = town.published()
    follower = actions.follow(report.pk, User.objects.create_user("p@town.example"))
    actions.start(report.pk, town.worker)
    deliver_all()
    (letter,) = [one for one in post.letters if one["To"] == "p@town.example"]
    assert f"/stop/{follower.token}/" in letter["List-Unsubscribe"]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_day_of_changes_is_one_letter_for_who_wants_it_so(town, post):
    reader = User.objects.create_user("p@town.example", daily_digest=True)
    for _ in range(2):
        report = town.published()
        actions.follow(report.pk, reader)
        actions.start(report.pk, town.worker)
    Letter.objects.update(send_after=timezone.now() - timedelta(minutes=1))
    jobs.send_digests(timestamp=0)
    jobs.send_digests(timestamp=0)
    assert [one["Subject"] for one in post.letters] == ["2 зміни в тому, за чим Ви стежите"] or len(
        post.letters
    ) == 1
    assert not Letter.objects.filter(daily=True, sent_at=None).exists()


def test_digests_wait_while_the_mail_server_is_away(town, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    # Nothing listens on the port that nobody may take.
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    reader = User.objects.create_user("p@town.example", daily_digest=True)
    actions.follow(town.published().pk, reader)
    actions.start(Report.objects.get().pk, town.worker)
    Letter.objects.filter(daily=True).update(send_after=timezone.now() - timedelta(minutes=1))
    jobs.send_digests(timestamp=0)
    assert Letter.objects.to_send().filter(daily=True).count() == 1


def test_one_click_in_a_digest_stops_all_that_it_is_made_of(client, town, post):
    reader = User.objects.create_user("p@town.example", daily_digest=True)
    for _ in range(2):
        report = town.published()
        actions.follow(report.pk, reader)
        actions.start(report.pk, town.worker)
    Letter.objects.update(send_after=timezone.now() - timedelta(minutes=1))
    jobs.send_digests(timestamp=0)
    (letter,) = post.letters
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter["List-Unsubscribe"].strip(" <>")
    assert address in text_of(letter)
    client.post(address.removeprefix("http://127.0.0.1:8000"), {"List-Unsubscribe": "One-Click"})
    assert not Follower.objects.filter(user=reader).exists()


def test_a_digest_that_is_tried_again_has_the_same_message_id(town, post):
    reader = User.objects.create_user("p@town.example", daily_digest=True)
    actions.follow(town.published().pk, reader)
    actions.start(Report.objects.get().pk, town.worker)
    Letter.objects.filter(daily=True).update(send_after=timezone.now() - timedelta(minutes=1))
    post.ill = True
    jobs.send_digests(timestamp=0)
    assert Letter.objects.filter(daily=True, sent_at=None).exists()
    post.ill = False
    jobs.send_digests(timestamp=0)
    assert [one["Message-ID"] for one in post.letters] == [Letter.objects.get(daily=True).message_id]


def test_a_reader_of_english_gets_english(town, post):
    reader = User.objects.create_user("p@town.example", language="en")
    town.received(reporter=reader)
    deliver_all()
    assert "Your report" in post.letters[0]["Subject"]


@pytest.mark.django_db(transaction=True)
def test_the_worker_takes_letters_from_the_queue(town, post):
    town.received(contact_email="olena@town.example")
    work_off("letters")
    assert [one["To"] for one in post.letters] == ["olena@town.example"]

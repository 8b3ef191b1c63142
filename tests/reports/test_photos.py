"""Photos: every format, nothing kept but pixels, and no file that isn't one."""

import io

import pytest
from PIL import Image

from reports import actions, photos
from reports.errors import PhotoRefused, TooManyPhotos
from reports.jobs import make_thumbnail

GPS = {1: "N", 2: (50.0, 10.0, 36.0), 3: "E", 4: (30.0, 19.0, 1.2)}


def picture(kind="JPEG", size=(640, 480), gps=None, colour=(200, 30, 30), **more):
    image = Image.new("RGB", size, colour)
    exif = image.getexif()
    exif[0x010E] = "SECRET-DESCRIPTION"
    if gps:
        exif.get_ifd(0x8825).update(gps)
    out = io.BytesIO()
    image.save(out, kind, exif=exif, **more)
    return io.BytesIO(out.getvalue())


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_each_format_becomes_a_webp_of_the_same_size(kind):
    made = photos.prepare(picture(kind))
    with Image.open(io.BytesIO(made.webp)) as image:
        assert (image.format, image.size) == ("WEBP", (640, 480))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_is_left_of_the_metadata(kind):
    made = photos.prepare(picture(kind, gps=GPS))
    assert b"SECRET" not in made.webp
    assert b"EXIF" not in made.webp
    with Image.open(io.BytesIO(made.webp)) as image:
        assert not dict(image.getexif())


def test_a_comment_in_a_jpeg_is_gone():
    assert b"SECRET" not in photos.prepare(picture(comment=b"SECRET-COMMENT")).webp


def test_the_cameras_position_is_suggested():
    # 50 deg 10' 36" = 50.17667; 30 deg 19' 1.2" = 30.317
    assert photos.prepare(picture(gps=GPS)).position == pytest.approx((30.317, 50.176667), abs=1e-5)


@pytest.mark.parametrize(
    "gps",
    [
        {},
        {1: "N", 2: (95.0, 0, 0), 3: "E", 4: (30.0, 0, 0)},
        {1: "N", 2: (0, 0, 0), 3: "E", 4: (0, 0, 0)},
        {2: (1.0, 2.0, 3.0)},
    ],
)
def test_nonsense_of_a_camera_is_no_position(gps):
    assert photos.prepare(picture(gps=gps)).position is None


def test_a_picture_on_its_side_is_turned_upright():
    image = Image.new("RGB", (100, 50))
    exif = image.getexif()
    exif[0x0112] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    made = photos.prepare(io.BytesIO(out.getvalue()))
    assert (made.width, made.height) == (50, 100)


def test_a_large_picture_is_made_smaller():
    made = photos.prepare(picture(size=(5000, 2500)))
    assert (made.width, made.height) == (2048, 1024)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n"


@pytest.mark.parametrize(
    "data", [b"", b"hello", SVG, EPS, b"GIF89a\x01\x00\x01\x00", b"\xff\xd8\xff\xe0" + b"\x00" * 50]
)
def test_what_is_no_photo_is_refused(data):
    with pytest.raises(PhotoRefused):
        photos.prepare(io.BytesIO(data))


def test_a_truncated_photo_is_refused():
    whole = picture(size=(1000, 1000), colour=(1, 2, 3)).getvalue()
    with pytest.raises(PhotoRefused):
        photos.prepare(io.BytesIO(whole[: len(whole) // 2]))


def test_a_file_of_more_than_20_megabytes_is_refused():
    with pytest.raises(PhotoRefused, match="20 MB"):
        photos.prepare(io.BytesIO(b"\xff\xd8" + b"\x00" * photos.LARGEST_BYTES))


def test_a_bomb_of_pixels_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    Image.new("1", (20000, 20000)).save(out, "PNG")
    with pytest.raises(PhotoRefused, match="60 megapixels"):
        photos.prepare(io.BytesIO(out.getvalue()))


def test_what_hides_behind_a_photo_is_gone():
    polyglot = picture().getvalue() + b"<script>alert('SECRET')</script>PK\x03\x04SECRET"
    assert b"SECRET" not in photos.prepare(io.BytesIO(polyglot)).webp


def test_a_masked_rectangle_is_unreadable_and_the_rest_is_not():
    image = Image.effect_noise((200, 200), 90).convert("RGB")
    out = io.BytesIO()
    image.save(out, "PNG")
    webp = photos.prepare(io.BytesIO(out.getvalue())).webp
    with Image.open(io.BytesIO(photos.masked(webp, [(50, 50, 80, 80)]).webp)) as shown:
        inside = shown.convert("L").crop((60, 60, 120, 120))
        outside = shown.convert("L").crop((140, 140, 200, 200))
    assert len(set(inside.get_flattened_data())) * 4 < len(set(outside.get_flattened_data()))


def content(field):
    with field.open("rb") as file:
        return file.read()


def noise():
    out = io.BytesIO()
    Image.effect_noise((200, 200), 90).convert("RGB").save(out, "PNG")
    return io.BytesIO(out.getvalue())


def test_the_original_stays_when_a_photo_is_masked(town):
    photo = actions.attach(town.received(), noise())
    before = content(photo.original)
    masked = actions.mask(photo.pk, [(0, 0, 150, 150)])
    assert content(masked.original) == before
    assert content(masked.image) != before


def test_a_report_holds_five_photos(town):
    report = town.received()
    for _ in range(5):
        actions.attach(report, picture(size=(20, 20)))
    with pytest.raises(TooManyPhotos):
        actions.attach(report, picture(size=(20, 20)))


def test_the_thumbnail_comes_by_a_job(town):
    photo = actions.attach(town.received(), picture(size=(1200, 600)))
    make_thumbnail(photo_id=photo.pk)
    photo.refresh_from_db()
    with Image.open(io.BytesIO(content(photo.thumbnail))) as small:
        assert small.size == (480, 240)


def address(town, photo, size="shown"):
    return f"/town/photos/{photo.token}/{size}.webp"


def test_a_photo_of_a_received_report_is_public_nowhere(town, client):
    photo = actions.attach(town.received(), picture())
    assert [
        client.get(address(town, photo, size)).status_code for size in ("small", "shown", "original")
    ] == [404] * 3


def test_a_photo_of_a_public_report_is_shown_and_may_be_kept(town, client):
    photo = actions.attach(town.published(), picture())
    answer = client.get(address(town, photo))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"].startswith("public")


def test_the_original_is_for_moderators_only(town, client):
    photo = actions.attach(town.published(), picture())
    assert client.get(address(town, photo, "original")).status_code == 404
    client.force_login(town.worker)
    assert client.get(address(town, photo, "original")).status_code == 404
    client.force_login(town.moderator)
    answer = client.get(address(town, photo, "original"))
    assert answer.status_code == 200


def test_a_hidden_photo_is_gone_for_the_public(town, client):
    photo = actions.attach(town.published(), picture())
    actions.hide(photo.pk, hidden=True)
    assert client.get(address(town, photo)).status_code == 404


def test_a_photo_of_a_report_made_private_is_gone(town, client):
    report = town.published()
    photo = actions.attach(report, picture())
    actions.keep_private(report.pk, town.moderator, private=True)
    assert client.get(address(town, photo)).status_code == 404


def test_a_photo_in_another_citys_address_is_not_found(town, client):
    photo = actions.attach(town.published(), picture())
    assert client.get(f"/elsewhere/photos/{photo.token}/shown.webp").status_code == 404

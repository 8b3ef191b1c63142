"""A city's own look of the base map."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from layers.own_style import checked

OWN = {
    "version": 8,
    "sources": {"city": {"type": "vector", "tiles": ["/tiles/base/town/{z}/{x}/{y}.mvt"], "maxzoom": 15}},
    "glyphs": "/static/glyphs/{fontstack}/{range}.pbf",
    "sprite": "/static/sprite",
    "layers": [{"id": "ground", "type": "background", "paint": {"background-color": "#ff00ff"}}],
}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "style.json"
    path.write_text(json.dumps(OWN), encoding="utf-8")
    return str(path)


def style_of(client, theme="light"):
    return client.get(f"/style.json?city=town&theme={theme}").json()


def test_a_citys_own_style_is_drawn_instead_of_the_portals(town, client, file):
    before = client.get("/style.json?city=town")["ETag"]
    call_command("map_style", file, city="town", theme="light")
    own = style_of(client)
    assert own["layers"] == OWN["layers"]
    assert own["sources"]["city"]["tiles"] == ["http://testserver/tiles/base/town/{z}/{x}/{y}.mvt"]
    assert (own["glyphs"], own["sprite"]) == (
        "http://testserver/static/glyphs/{fontstack}/{range}.pbf",
        "http://testserver/static/sprite",
    )
    assert client.get("/style.json?city=town")["ETag"] != before


def test_the_other_theme_stays_the_portals(town, client, file):
    call_command("map_style", file, city="town", theme="light")
    assert style_of(client, "dark")["layers"] != OWN["layers"]


def test_without_it_the_portals_is_drawn_again(town, client, file):
    call_command("map_style", file, city="town", theme="light")
    call_command("map_style", city="town", theme="light", remove=True)
    assert style_of(client)["layers"] != OWN["layers"]


@pytest.mark.parametrize(
    "address",
    [
        "https://tiles.example/{z}/{x}/{y}.png",
        "//tiles.example/{z}",
        "/\\tiles.example",
        "tiles/{z}",
        "data:,x",
        7,
    ],
)
@pytest.mark.parametrize("place", ["tiles", "url", "glyphs", "sprite"])
def test_no_address_of_another_host_is_taken(place, address):
    style = json.loads(json.dumps(OWN))
    if place in ("glyphs", "sprite"):
        style[place] = address
    else:
        style["sources"]["city"][place] = [address] if place == "tiles" else address
    with pytest.raises(ValidationError, match="no address on the portal"):
        checked(json.dumps(style).encode())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": 7}, "version 8"),
        ({"sources": []}, "no sources"),
        ({"sources": {"v": {"type": "video", "urls": ["https://x.example"]}}}, "none of"),
        ({"sources": {"reports": {"type": "geojson", "data": {}}}}, "portal’s own"),
        ({"layers": []}, "no layers"),
        ({"layers": [{"type": "fill"}]}, "needs a name"),
        ({"layers": [{"id": "a"}, {"id": "a"}]}, "same name"),
        ({"layers": [{"id": "report-points"}]}, "portal’s own"),
    ],
)
def test_what_could_not_be_drawn_is_explained(change, said):
    with pytest.raises(ValidationError, match=said):
        checked(json.dumps(OWN | change).encode())


@pytest.mark.parametrize("sprite", [["/static/sprite"], [{"id": "a"}], {}])
def test_pictures_without_an_address_are_refused(sprite):
    with pytest.raises(ValidationError, match="no address on the portal"):
        checked(json.dumps(OWN | {"sprite": sprite}).encode())


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b" " * 1_100_000])
def test_what_is_no_style_is_refused(text):
    with pytest.raises(ValidationError):
        checked(text)


def test_parts_that_nobody_knows_are_left_out():
    style = checked(json.dumps(OWN | {"imports": [{"url": "https://x.example"}]}).encode())
    assert "imports" not in style


def test_the_command_says_what_is_wrong(town, tmp_path, file):
    with pytest.raises(CommandError, match="no such city"):
        call_command("map_style", file, city="nowhere", theme="light")
    with pytest.raises(CommandError, match="Name the file"):
        call_command("map_style", city="town", theme="light")
    with pytest.raises(CommandError, match="No such file"):
        call_command("map_style", str(tmp_path / "none.json"), city="town", theme="light")

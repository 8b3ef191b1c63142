import pytest
from django.contrib.gis.geos import LineString, Point
from django.db import connection

from layers.gazetteer import find, suggest
from layers.models import Address, Asset, AssetLayer, City, Name, Visibility
from layers.naming import rebuild
from tests.town import box

STREETS = (
    "вулиця Соборна",
    "провулок Соборний",
    "вулиця Грушевського",
    "провулок Грушевського",
    "вулиця Тараса Шевченка",
    "вулиця Богдана Хмельницького",
    "вулиця Київська",
    "вулиця Васильківська",
    "вулиця Карʼєрна",
    "вулиця Юрія Кондратюка",
    "вулиця Набережна",
    "вулиця 8 Березня",
    "1-й проїзд Садовий",
    "вулиця Садова",
    "проспект Незалежності",
    "вулиця Ґонти",
    "вулиця Згурська",
    "площа Єдності",
)
HOUSES = ("3", "12", "12А", "14", "120", "7/2")


def street(layer: AssetLayer, name: str, lat: float, other_names: str = "", lon: float = 30.1) -> Asset:
    line = LineString((lon, lat), (lon + 0.002, lat), srid=4326)
    reference = str(Asset.objects.count())
    return Asset.objects.create(
        city=layer.city, layer=layer, reference=reference, name=name, other_names=other_names, geometry=line
    )


def house(
    city: City, street: str, number: str, lat: float, settlement: str = "", lon: float = 30.1
) -> Address:
    point = Point(lon, lat, srid=4326)
    return Address.objects.create(
        city=city, street=street, house_number=number, settlement=settlement, point=point
    )


@pytest.fixture
def city(db: None) -> City:
    """Short streets one above the other, a hundredth of a degree apart, each with the same house numbers.

    вулиця Соборна was once called вулиця Леніна; вулиця Київська is also called Старий шлях.
    """
    city = City.objects.create(
        slug="vasylkiv", name_uk="Васильків", name_en="Vasylkiv", boundary=box(30, 50, 31, 51), live=True
    )
    roads = AssetLayer.objects.create(
        city=city, slug="roads", name_uk="Дороги", kind="road", visibility=Visibility.PUBLIC
    )
    others = {"вулиця Соборна": "вулиця Леніна; Soborna Street", "вулиця Київська": "Старий шлях"}
    for row, name in enumerate(STREETS):
        street(roads, name, 50.2 + row / 100, others.get(name, ""))
        for number in HOUSES:
            house(city, name, number, 50.2 + row / 100)
    return city


def names(city: City, words: str) -> list[str]:
    return [found.name for found in suggest(city, words)]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        # as it is written, and shorter
        ("вулиця Грушевського, 12", "вулиця Грушевського, 12"),
        ("вул. Грушевського 12", "вулиця Грушевського, 12"),
        ("вул.Грушевського,12", "вулиця Грушевського, 12"),
        ("Грушевського вул., буд. 12", "вулиця Грушевського, 12"),
        ("12, вул. грушевського", "вулиця Грушевського, 12"),
        ("ГРУШЕВСЬКОГО 12", "вулиця Грушевського, 12"),
        ("пров. Грушевського 12", "провулок Грушевського, 12"),
        ("провулок грушевського", "провулок Грушевського"),
        ("просп. Незалежності", "проспект Незалежності"),
        ("пр-т Незалежності 3", "проспект Незалежності, 3"),
        ("пл. Єдності", "площа Єдності"),
        ("Хмельницького Богдана 14", "вулиця Богдана Хмельницького, 14"),
        ("шевченка 3", "вулиця Тараса Шевченка, 3"),
        # an address in full
        ("м. Васильків, вул. Київська, 12, кв. 5", "вулиця Київська, 12"),
        ("Васильків Київська 12", "вулиця Київська, 12"),
        ("Васильківська 12", "вулиця Васильківська, 12"),
        # house numbers
        ("Соборна 12А", "вулиця Соборна, 12А"),
        ("Соборна 12-а", "вулиця Соборна, 12А"),
        ("Соборна 12 а", "вулиця Соборна, 12А"),
        ("Soborna 12a", "вулиця Соборна, 12А"),
        ("Соборна, 7/2", "вулиця Соборна, 7/2"),
        ("Соборна 15", "вулиця Соборна, 14"),
        # numbers in names
        ("8 Березня", "вулиця 8 Березня"),
        ("8 березня 12", "вулиця 8 Березня, 12"),
        ("1-й проїзд Садовий", "1-й проїзд Садовий"),
        # typing
        ("груш", "вулиця Грушевського"),
        ("хмел", "вулиця Богдана Хмельницького"),
        ("hrush", "вулиця Грушевського"),
        # Latin letters, by the table of 2010 and as people write
        ("Hrushevskoho 12", "вулиця Грушевського, 12"),
        ("Grushevskogo 12", "вулиця Грушевського, 12"),
        ("Khmelnytskoho St 3", "вулиця Богдана Хмельницького, 3"),
        ("Hmelnitskogo", "вулиця Богдана Хмельницького"),
        ("Yuriia Kondratiuka", "вулиця Юрія Кондратюка"),
        ("Yuria Kondratyuka", "вулиця Юрія Кондратюка"),
        ("Zghurska", "вулиця Згурська"),
        ("Honty", "вулиця Ґонти"),
        ("Yednosti Square", "площа Єдності"),
        # Russian, old and other names
        ("улица грушевского, 12", "вулиця Грушевського, 12"),
        ("Киевская 12", "вулиця Київська, 12"),
        ("Леніна 12", "вулиця Соборна, 12"),
        ("ленина", "вулиця Соборна"),
        ("старий шлях", "вулиця Київська"),
        # apostrophes
        ("Карʼєрна", "вулиця Карʼєрна"),
        ("кар'єрна", "вулиця Карʼєрна"),
        ("кар’єрна", "вулиця Карʼєрна"),
        ("карєрна", "вулиця Карʼєрна"),
        ("kar'ierna", "вулиця Карʼєрна"),
        # mistakes
        ("вул Грушевскького, 12", "вулиця Грушевського, 12"),
        ("Грушевского", "вулиця Грушевського"),
        ("шевчнка", "вулиця Тараса Шевченка"),
        ("садва", "вулиця Садова"),
        ("ґонта", "вулиця Ґонти"),
        ("набережна 3", "вулиця Набережна, 3"),
    ],
)
def test_what_is_meant_comes_first_however_it_is_written(city: City, words: str, first: str) -> None:
    assert names(city, words)[0] == first


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "12",
        "вулиця",
        "%",
        "'; --",
        "\x00",
        "???",
        "Щебетання 5",
        "/" * 10_000,
        "Соборна\x00" * 0,
        "12/7, №",
    ],
)
def test_what_names_nothing_finds_nothing(city: City, words: str) -> None:
    assert suggest(city, words) == []


def test_ten_thousand_characters_are_no_trouble(city: City) -> None:
    assert names(city, "Соборна " + "б" * 10_000)[0] == "вулиця Соборна"
    assert names(city, "\x00Соборна\x00 12")[0] == "вулиця Соборна, 12"


def test_the_very_number_is_told_from_those_like_it(city: City) -> None:
    found = [(one.name, one.is_exact) for one in suggest(city, "вул. Соборна 12") if one.is_house]
    assert found == [("вулиця Соборна, 12", True), ("вулиця Соборна, 12А", False)]


def test_a_number_that_no_house_has_brings_the_nearest_two_and_the_street(city: City) -> None:
    found = [(one.name, one.is_exact) for one in suggest(city, "вул. Соборна 16")]
    assert found[:3] == [
        ("вулиця Соборна, 14", False),
        ("вулиця Соборна, 12", False),
        ("вулиця Соборна, 12А", False),
    ]
    assert ("вулиця Соборна", False) in found


def test_a_house_of_the_lane_is_not_surely_the_one_in_the_street(city: City) -> None:
    Address.objects.filter(street="провулок Грушевського", house_number="14").delete()
    sure = [one.name for one in suggest(city, "провулок Грушевського 14") if one.is_exact]
    assert sure == []


def test_an_old_name_is_told_beside_the_new_one(city: City) -> None:
    [found, *_others] = suggest(city, "Леніна")
    assert (found.name, found.also) == ("вулиця Соборна", "вулиця Леніна")
    [found, *_others] = suggest(city, "Соборна")
    assert (found.name, found.also) == ("вулиця Соборна", "")


def test_streets_of_one_name_in_two_villages_are_two(city: City) -> None:
    roads = AssetLayer.objects.get()
    for settlement, lon in (("Барахти", 30.5), ("Кодаки", 30.6)):
        street(roads, "вулиця Лугова", 50.5, lon=lon)
        house(city, "вулиця Лугова", "5", 50.5, settlement, lon)
    found = suggest(city, "Лугова")
    assert [(one.name, one.settlement, round(one.point.x, 1)) for one in found] == [
        ("вулиця Лугова", "Барахти", 30.5),
        ("вулиця Лугова", "Кодаки", 30.6),
    ]
    [first, second] = [one for one in suggest(city, "с. Кодаки, вул. Лугова, 5") if one.is_exact]
    assert (first.settlement, second.settlement) == ("Кодаки", "Барахти")


def test_the_nearer_of_two_comes_first(city: City) -> None:
    roads = AssetLayer.objects.get()
    for lon in (30.5, 30.6):
        street(roads, "вулиця Лугова", 50.5, lon=lon)
    [first, _second] = suggest(city, "Лугова", near=Point(30.61, 50.5, srid=4326))
    assert round(first.point.x, 1) == 30.6


def test_another_citys_streets_stay_there(city: City) -> None:
    other = City.objects.create(slug="other", name_uk="Інше", boundary=box(30, 50, 31, 51), live=True)
    assert suggest(other, "Соборна") == []


def test_it_takes_one_statement(city: City, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        suggest(city, "Соборна 12")


def test_an_address_is_a_house_or_a_street(city: City) -> None:
    parks = AssetLayer.objects.create(
        city=city, slug="parks", name_uk="Парки", kind="greenery", visibility=Visibility.PUBLIC
    )
    street(parks, "парк Соборний", 50.6)
    assert "парк Соборний" in names(city, "парк Соборний")
    assert "парк Соборний" not in [found.name for found in find(city, "парк Соборний")]


def test_what_is_not_public_is_never_named(city: City) -> None:
    pipes = AssetLayer.objects.create(
        city=city, slug="water", name_uk="Вода", kind="water", visibility=Visibility.ROUTING
    )
    street(pipes, "водогін Таємний", 50.6)
    assert names(city, "водогін Таємний") == []
    Address.objects.all().delete()
    AssetLayer.objects.filter(slug="roads").update(visibility=Visibility.STAFF)
    assert names(city, "Соборна") == []
    AssetLayer.objects.filter(slug="roads").update(visibility=Visibility.PUBLIC)
    assert names(city, "Соборна")[0] == "вулиця Соборна"


def test_a_street_renamed_is_found_by_its_new_name_at_once(city: City) -> None:
    Address.objects.filter(street="вулиця Садова").update(street="вулиця Героїв Крут")
    Asset.objects.filter(name="вулиця Садова").update(name="вулиця Героїв Крут", other_names="вулиця Садова")
    assert names(city, "героїв крут")[0] == "вулиця Героїв Крут"
    [found, *_others] = suggest(city, "вулиця Садова")
    assert (found.name, found.also) == ("вулиця Героїв Крут", "вулиця Садова")


def test_a_street_whose_last_piece_goes_is_named_no_longer(city: City) -> None:
    Asset.objects.filter(name="вулиця Ґонти").delete()
    assert names(city, "Ґонти")[0] == "вулиця Ґонти"
    Address.objects.filter(street="вулиця Ґонти").delete()
    assert names(city, "Ґонти") == []


def test_making_all_names_anew_changes_none_that_triggers_kept(city: City) -> None:
    assert rebuild(city) == (len(STREETS) + 3, 0, 0)


def test_making_all_names_anew_mends_those_that_were_lost_or_wrong(city: City) -> None:
    Name.objects.filter(key="вулиця Ґонти").delete()
    Name.objects.filter(key="вулиця Садова").update(said="вулиця Хибна")
    assert rebuild(city) == (len(STREETS) + 3, 1, 2)
    assert names(city, "Ґонти")[0] == "вулиця Ґонти"


@pytest.mark.parametrize(
    ("ukrainian", "latin"),
    [
        # Examples of the resolution of the Cabinet of Ministers No 55 of 2010
        ("Алушта", "Alushta"),
        ("Борщагівка", "Borshchahivka"),
        ("Гадяч", "Hadiach"),
        ("Ґалаґан", "Galagan"),
        ("Єнакієве", "Yenakiieve"),
        ("Згорани", "Zghorany"),
        ("Їжакевич", "Yizhakevych"),
        ("Кадиївка", "Kadyivka"),
        ("Йосипівка", "Yosypivka"),
        ("Стрий", "Stryi"),
        ("Короп’є", "Koropie"),
        ("Щербухи", "Shcherbukhy"),
        ("Юрій", "Yurii"),
        ("Костянтин", "Kostiantyn"),
        ("Знам’янка", "Znamianka"),
        ("Феодосія", "Feodosiia"),
    ],
)
def test_a_name_and_its_official_latin_form_are_one(db: None, ukrainian: str, latin: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT gazetteer_latin(%s), gazetteer_latin(%s)", [ukrainian, latin])
        ours, theirs = cursor.fetchall()[0]
    assert ours == theirs

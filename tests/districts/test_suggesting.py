import pytest

from districts.models import Service
from districts.suggesting import suggest
from tests.town import Town, build_town


@pytest.fixture
def town(db: None) -> Town:
    town = build_town()
    Service.objects.filter(pk=town.dump.pk).update(keywords_uk="сміття, відходи")
    return town


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Біля школи не світять ліхтарі", ["lamp"]),
        ("Величезна яма посеред дороги", ["pothole"]),
        ("Знову купа сміття за гаражами", ["dump"]),
        ("The street lamp by the school is out", ["lamp"]),
        ("Щебетання", []),
        ("", []),
        ("12 %", []),
    ],
)
def test_a_description_brings_the_category_whose_words_it_uses(
    town: Town, text: str, codes: list[str]
) -> None:
    assert [service.code for service in suggest(Service.objects.offered_in(town.city), text)][:1] == codes

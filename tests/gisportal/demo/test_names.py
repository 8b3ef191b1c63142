import numpy as np
import pytest

from gisportal.demo.names import (
    CITY_NAMES,
    VILLAGE_NAMES,
    city_street_names,
    in_english,
    masculine,
    transliterate,
)


@pytest.mark.parametrize(
    ("ukrainian", "latin"),
    [
        ("Васильків", "Vasylkiv"),
        ("Безпʼятне", "Bezpiatne"),
        ("Яцьки", "Yatsky"),
        ("Згурівка", "Zghurivka"),
        ("Їжакевича", "Yizhakevycha"),
        ("Щорічна", "Shchorichna"),
        ("Нечуя-Левицького", "Nechuia-Levytskoho"),
    ],
)
def test_names_are_transliterated_by_the_table_of_2010(ukrainian: str, latin: str) -> None:
    assert transliterate(ukrainian) == latin


def test_a_street_is_called_street_in_english() -> None:
    assert in_english("вулиця Соборна") == "Soborna Street"


def test_a_numbered_lane_keeps_its_number_in_english() -> None:
    assert in_english("2-й провулок Садовий") == "2nd Sadovyi Lane"


@pytest.mark.parametrize(
    ("feminine", "expected"),
    [
        ("Садова", "Садовий"),
        ("Літня", "Літній"),
        ("Миру", "Миру"),
        ("Шевченка", "Шевченка"),
        ("Празька", "Празький"),
    ],
)
def test_an_adjective_agrees_with_the_lane(feminine: str, expected: str) -> None:
    assert masculine(feminine) == expected


@pytest.mark.parametrize("words", [CITY_NAMES, VILLAGE_NAMES])
def test_no_word_is_listed_twice_or_with_stray_spaces(words: tuple[str, ...]) -> None:
    assert len(set(words)) == len(words)
    assert [word for word in words if word != " ".join(word.split()) or "'" in word] == []


def test_a_thousand_names_are_all_different() -> None:
    pairs = city_street_names(np.random.default_rng(1))
    names = [name for _ in range(500) for name in next(pairs)]
    assert len(set(names)) == 1000

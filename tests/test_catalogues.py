"""The catalogues of both languages hold exactly what the code says, and translate it whole."""

import contextlib
import gettext
import io
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import django
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.core.management import call_command
from django.test import override_settings

ROOT = Path(__file__).parent.parent
TREE = ("layers", "districts", "reports", "frontend", "gisportal", "locale")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]")
MIXED_WORD = re.compile(r"[а-яіїєґ’][a-z]|[a-z][а-яіїєґ]", re.IGNORECASE)
languages = pytest.mark.parametrize("language", ["uk", "en"])


def catalogue_in(root: Path, language: str) -> Catalog:
    with (root / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as stream:
        return read_po(stream, locale=language)


def kept(language: str) -> Catalog:
    return catalogue_in(ROOT, language)


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def names(catalogue: Catalog) -> set[tuple[str | None, str]]:
    """What tells messages apart: the context and the (singular) text."""
    return {(message.context, forms(message.id)[0]) for message in messages(catalogue)}


def forms(text: str | Iterable[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def extract(root: Path) -> None:
    """Run the extraction on the tree in `root`."""
    with contextlib.chdir(root), override_settings(LOCALE_PATHS=[root / "locale"]):
        call_command("translations", stdout=io.StringIO())


@pytest.fixture(scope="module")
def fresh(tmp_path_factory) -> Path:
    """A copy of the code, with catalogues extracted from it."""
    root = tmp_path_factory.mktemp("tree")
    ignored = shutil.ignore_patterns("node_modules", "dist", "__pycache__", "*.mo")
    for folder in TREE:
        shutil.copytree(ROOT / folder, root / folder, ignore=ignored)
    extract(root)
    return root


@languages
def test_every_message_of_the_code_is_in_the_catalogue(language, fresh):
    assert names(catalogue_in(fresh, language)) - names(kept(language)) == set()


@languages
def test_the_catalogue_holds_nothing_that_the_code_no_longer_says(language, fresh):
    assert names(kept(language)) - names(catalogue_in(fresh, language)) == set()
    assert not kept(language).obsolete


@languages
def test_every_message_is_translated(language):
    assert [message.id for message in messages(kept(language)) if not all(forms(message.string))] == []


@languages
def test_no_translation_is_a_guess(language):
    assert [message.id for message in kept(language) if message.fuzzy] == []


@languages
def test_a_translation_keeps_the_placeholders_of_its_message(language):
    def placeholders(text: str) -> list[str]:
        return sorted(PLACEHOLDER.findall(text))

    differing = [
        (message.id, translated)
        for message in messages(kept(language))
        for translated in forms(message.string)
        if placeholders(translated) != placeholders(forms(message.id)[-1])
    ]
    assert differing == []


def test_english_says_the_messages_as_they_are():
    said = [(forms(message.id), forms(message.string)) for message in messages(kept("en"))]
    assert [pair for pair in said if pair[0] != pair[1]] == []


def test_ukrainian_counts_as_djangos_own_catalogue_does():
    django_itself = Path(django.__file__).parent / "conf" / "locale" / "uk" / "LC_MESSAGES" / "django.po"
    with django_itself.open("rb") as stream:
        assert kept("uk").plural_forms == read_po(stream, locale="uk").plural_forms


def test_a_number_takes_the_ukrainian_form_that_belongs_to_it():
    compiled = io.BytesIO()
    write_mo(compiled, kept("uk"))
    compiled.seek(0)
    ukrainian = gettext.GNUTranslations(compiled)
    words = [
        ukrainian.ngettext("%(number)s report waits", "%(number)s reports wait", n) % {"number": n}
        for n in (1, 2, 5, 11, 21, 24)
    ]
    assert words == [
        "1 звернення чекає",
        "2 звернення чекають",
        "5 звернень чекають",
        "11 звернень чекають",
        "21 звернення чекає",
        "24 звернення чекають",
    ]


def test_a_ukrainian_word_holds_no_latin_letter():
    found = [
        text
        for message in messages(kept("uk"))
        for text in forms(message.string)
        if MIXED_WORD.search(PLACEHOLDER.sub(" ", text))
    ]
    assert found == []


def test_ukrainian_is_set_with_its_own_quotes_and_apostrophe():
    texts = [text for message in messages(kept("uk")) for text in forms(message.string)]
    assert [text for text in texts if re.search("[“”„\"'ʼ`]", text)] == []


def test_a_new_text_stands_in_english_at_once_and_waits_in_ukrainian(tmp_path):
    (tmp_path / "locale").mkdir()
    (tmp_path / "words.py").write_text('first = _("A new text")\n', encoding="utf-8")
    extract(tmp_path)
    assert catalogue_in(tmp_path, "en")["A new text"].string == "A new text"
    assert catalogue_in(tmp_path, "uk")["A new text"].string == ""


def test_a_text_much_like_an_old_one_gets_no_guess_and_the_old_one_goes(tmp_path):
    (tmp_path / "locale").mkdir()
    code = tmp_path / "words.py"
    code.write_text('first = _("The map of the city")\n', encoding="utf-8")
    extract(tmp_path)
    ukrainian = tmp_path / "locale" / "uk" / "LC_MESSAGES" / "django.po"
    translated = ukrainian.read_text(encoding="utf-8").replace(
        'msgid "The map of the city"\nmsgstr ""', 'msgid "The map of the city"\nmsgstr "Карта міста"'
    )
    ukrainian.write_text(translated, encoding="utf-8")
    code.write_text('first = _("The maps of the city")\n', encoding="utf-8")
    extract(tmp_path)
    assert [(message.id, message.string) for message in messages(catalogue_in(tmp_path, "uk"))] == [
        ("The maps of the city", "")
    ]
    assert not catalogue_in(tmp_path, "uk").obsolete

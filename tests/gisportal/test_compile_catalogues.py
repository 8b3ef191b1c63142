"""`compile_catalogues`: from .po to .mo."""

import gettext
import io
import os

import pytest
from django.core.management import CommandError, call_command

HEAD = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\n"
"""


@pytest.fixture
def catalogue(tmp_path, settings):
    """An empty locale folder; answers a function that writes messages into it and compiles them."""
    settings.LOCALE_PATHS = [tmp_path]
    folder = tmp_path / "uk" / "LC_MESSAGES"
    folder.mkdir(parents=True)

    def run(messages: str | None = None) -> str:
        if messages is not None:
            (folder / "django.po").write_text(HEAD + messages, encoding="utf-8")
        printed = io.StringIO()
        call_command("compile_catalogues", stdout=printed)
        return printed.getvalue()

    run.folder = folder
    return run


def translation(catalogue) -> gettext.GNUTranslations:
    with (catalogue.folder / "django.mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)


def test_messages_can_be_read_by_gettext(catalogue):
    assert catalogue('msgid "city"\nmsgstr "місто"\n') == "uk/django.po\n"
    assert translation(catalogue).gettext("city") == "місто"


def test_plural_forms_follow_the_languages_rule(catalogue):
    forms = "".join(
        f'msgstr[{i}] "%(n)d {word}"\n' for i, word in enumerate(["звіт", "звіти", "звітів", "звіту"])
    )
    catalogue('#, python-format\nmsgid "%(n)d report"\nmsgid_plural "%(n)d reports"\n' + forms)
    found = translation(catalogue)
    counted = [found.ngettext("%(n)d report", "%(n)d reports", n) % {"n": n} for n in (1, 2, 5, 11, 22)]
    assert counted == ["1 звіт", "2 звіти", "5 звітів", "11 звітів", "22 звіти"]


def test_a_fuzzy_message_is_left_untranslated(catalogue):
    catalogue('#, fuzzy\nmsgid "city"\nmsgstr "село"\n')
    assert translation(catalogue).gettext("city") == "city"


def test_a_catalogue_is_compiled_again_only_after_a_change(catalogue):
    catalogue('msgid "city"\nmsgstr "місто"\n')
    assert catalogue() == ""
    source, compiled = catalogue.folder / "django.po", catalogue.folder / "django.mo"
    os.utime(compiled, ns=(0, source.stat().st_mtime_ns - 1))
    assert catalogue() == "uk/django.po\n"


def test_a_placeholder_that_the_translation_lost_is_an_error_with_its_line(catalogue):
    with pytest.raises(CommandError, match=r"django\.po:\d+: "):
        catalogue('#, python-format\nmsgid "%(n)d of %(all)d"\nmsgstr "%(n)d з %(всі)d"\n')
    assert not (catalogue.folder / "django.mo").exists()


def test_a_broken_catalogue_is_an_error_that_names_it(catalogue):
    with pytest.raises(CommandError, match=r"django\.po"):
        catalogue("no message at all\n")

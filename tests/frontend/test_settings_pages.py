"""The pages a city writes: on the administrator's screens, and as everybody reads them."""

from django.test import Client

from districts.models import Page, Policy
from districts.pages import make_usual_pages
from frontend.markdown import as_html
from tests.frontend.settings_world import SETTINGS, another_city
from tests.town import Town

PAGE = {"title_uk": "Зима", "title_en": "Winter", "slug": "winter", "body_uk": "Сніг", "body_en": "Snow"}


def written(town: Town, **changes: str) -> Page:
    return Page.objects.create(city=town.city, **{**PAGE, **changes})


def test_a_page_is_written_and_everybody_reads_it(town: Town, administrator: Client, visitor: Client) -> None:
    administrator.post(f"{SETTINGS}pages/new/", {**PAGE, "body_en": "## Roads\n\nWe *clear* them."})
    page = visitor.get("/horodok/pages/winter/").content.decode()
    assert '<h1 class="govuk-heading-l">Winter</h1>' in page
    assert '<h2 class="govuk-heading-m">Roads</h2>' in page
    assert "<em>clear</em>" in page


def test_every_page_links_to_it_at_its_foot(town: Town, visitor: Client) -> None:
    written(town)
    page = visitor.get("/horodok/reports/").content.decode()
    assert '<a class="govuk-link" href="/horodok/pages/winter/">Winter</a>' in page


def test_a_page_without_english_is_read_in_ukrainian_and_marked_so(town: Town, visitor: Client) -> None:
    written(town, body_en="")
    assert '<div lang="uk"><p class="govuk-body">Сніг</p>' in visitor.get(
        "/horodok/pages/winter/"
    ).content.decode().replace("\n", "")


def test_looking_first_keeps_nothing_and_shows_the_text(town: Town, administrator: Client) -> None:
    answer = administrator.post(f"{SETTINGS}pages/new/", {**PAGE, "body_uk": "**Сніг** тут", "look": "1"})
    assert "<strong>Сніг</strong>" in answer.content.decode()
    assert not Page.objects.exists()


def test_an_address_that_is_taken_is_refused_and_keeps_the_text(town: Town, administrator: Client) -> None:
    written(town)
    answer = administrator.post(f"{SETTINGS}pages/new/", {**PAGE, "body_uk": "Інший сніг"})
    assert answer.status_code == 422
    assert "Another page has this address already" in answer.content.decode()
    assert "Інший сніг" in answer.content.decode()


def test_facts_in_braces_are_filled_in_when_the_page_is_read(town: Town, visitor: Client) -> None:
    written(town, body_en="{city} forgets after {months} months; telephone {phone}.")
    Policy.objects.create(city=town.city, retention_months=7)
    page = visitor.get("/horodok/pages/winter/").content.decode()
    assert "Horodok forgets after 7 months; telephone —." in page


def test_the_usual_pages_are_made_once_in_both_languages(town: Town, administrator: Client) -> None:
    written(town, slug="rules", body_uk="Свої правила")
    administrator.post(f"{SETTINGS}pages/usual/")
    administrator.post(f"{SETTINGS}pages/usual/")
    slugs = ["accessibility", "appeal", "contacts", "privacy", "rules"]
    assert [page.slug for page in Page.objects.filter(city=town.city)] == slugs
    assert Page.objects.get(slug="rules").body_uk == "Свої правила"
    assert all(page.title_en and page.body_en for page in Page.objects.exclude(slug="rules"))


def test_the_usual_page_on_appeals_says_what_the_policy_says(town: Town) -> None:
    Policy.objects.create(city=town.city, is_formal_appeal=True)
    make_usual_pages(town.city)
    assert Page.objects.get(slug="appeal").body_uk.startswith("Так.")


def test_a_page_of_another_city_is_not_to_be_found(
    town: Town, administrator: Client, visitor: Client
) -> None:
    theirs = Page.objects.create(city=another_city(), slug="theirs", title_uk="Чужа", body_uk="Чужа")
    assert administrator.post(f"{SETTINGS}pages/{theirs.pk}/", PAGE).status_code == 404
    assert administrator.post(f"{SETTINGS}pages/{theirs.pk}/remove/").status_code == 404
    assert visitor.get("/horodok/pages/theirs/").status_code == 404


def test_html_in_a_text_is_shown_as_it_is_written() -> None:
    assert "<script" not in as_html("<script>alert(1)</script>\n\n<b onclick=x>b</b>")


def test_addresses_of_scripts_are_no_links_and_pictures_are_not_loaded() -> None:
    html = as_html("[x](javascript:alert(1)) [y](data:text/html,z) ![z](https://example.org/p.png)")
    assert "javascript" not in html.partition("href")[2]
    assert "<img" not in html


def test_a_title_in_the_text_stands_below_the_pages_own() -> None:
    assert as_html("# Big").strip() == '<h2 class="govuk-heading-m">Big</h2>'

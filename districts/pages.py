"""The pages a city writes: the usual ones to begin with, and the facts they name."""

from pathlib import Path

from django.db import transaction
from django.utils.translation import get_language

from districts.models import Page, Policy
from layers.models import City

USUAL = ("rules", "privacy", "accessibility", "contacts", "appeal")
TEXTS = Path(__file__).parent / "usual_pages"
FACTS = ("city", "email", "phone", "months", "reopen_days")
"""What a text may name in braces; filled in when it is read, so that it stays true."""


@transaction.atomic
def make_usual_pages(city: City) -> int:
    """Write those usual pages that the city doesn't have yet, in both languages; how many."""
    missing = [slug for slug in USUAL if not Page.objects.filter(city=city, slug=slug).exists()]
    for slug in missing:
        formal = slug == "appeal" and Policy.of(city).is_formal_appeal
        page = Page(city=city, slug=slug)
        for language in ("uk", "en"):
            title, body = _usual(f"{slug}-formal" if formal else slug, language)
            setattr(page, f"title_{language}", title)
            setattr(page, f"body_{language}", body)
        page.save()
    return len(missing)


def _usual(name: str, language: str) -> tuple[str, str]:
    """Title and text; the file begins with the title as a heading."""
    text = (TEXTS / f"{name}.{language}.md").read_text(encoding="utf-8")
    title, _, body = text.partition("\n")
    return title.removeprefix("# "), body.strip()


def filled(text: str, city: City, language: str | None = None) -> str:
    """The text with the city's own facts in the place of `{city}` and the other FACTS."""
    policy = Policy.of(city)
    name = getattr(city, f"name_{language or get_language()}", "") or city.name
    known = (name, city.email, city.phone, policy.retention_months, policy.reopen_days)
    for fact, value in zip(FACTS, known, strict=True):
        text = text.replace(f"{{{fact}}}", str(value or "—"))
    return text

"""Run in a process of its own: makes the tables and a town; prints the session of a moderator who is signed in."""

import sys

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    from django.test import Client

    from tests.town import build_town

    town = build_town()
    town.lamps.email = "lamps@town.example"
    town.lamps.save(update_fields=["email"])
    browser = Client()
    browser.force_login(town.moderator)
    sys.stdout.write(browser.cookies["sessionid"].value)


if __name__ == "__main__":
    main()

"""A city's working days: due dates count only these."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from django.utils.translation import get_language

from districts.models import Holiday
from layers.models import City

END_OF_DAY = time(18, 0)
"""When a due day is over, by the city's clocks."""


def due(city: City, start: datetime, days: int) -> datetime:
    """The end of the working day that is `days` working days after `start`, in the city's time zone."""
    return Calendar(city).due(start, days)


def later(city: City, moment: datetime, since: datetime, until: datetime) -> datetime:
    """The moment moved on by the working time that passed from `since` to `until`; days off count nothing."""
    calendar = Calendar(city)
    return calendar.after(moment, calendar.worked(since, until))


class Calendar:
    """The days on which a city works: Monday to Friday, but for holidays; its own list goes before the country's."""

    def __init__(self, city: City) -> None:
        self._zone = ZoneInfo(city.time_zone)
        self._own = dict(Holiday.objects.filter(city=city).values_list("day", "works"))

    def works(self, day: date) -> bool:
        if day in self._own:
            return self._own[day]
        return day.weekday() < 5 and day not in _ukraine(day.year)

    def due(self, start: datetime, days: int) -> datetime:
        """The end of the working day `days` working days after the day of `start`."""
        day = start.astimezone(self._zone).date()
        left = days
        while left > 0:
            day += timedelta(days=1)
            left -= self.works(day)
        return datetime.combine(day, END_OF_DAY, tzinfo=self._zone)

    def worked(self, since: datetime, until: datetime) -> timedelta:
        """How much of the time between lies on working days, which last from midnight to midnight."""
        passed, moment = timedelta(0), since
        while moment < until:
            end = min(self._midnight_after(moment), until)
            if self._works_at(moment):
                passed += end - moment
            moment = end
        return passed

    def after(self, moment: datetime, work: timedelta) -> datetime:
        """The moment by which so much working time has passed."""
        moment = moment.astimezone(UTC)
        while work > timedelta(0):
            end = self._midnight_after(moment)
            if not self._works_at(moment):
                moment = end
                continue
            spent = min(end - moment, work)
            moment, work = moment + spent, work - spent
        return moment

    def _works_at(self, moment: datetime) -> bool:
        return self.works(moment.astimezone(self._zone).date())

    def _midnight_after(self, moment: datetime) -> datetime:
        # In UTC: differences within a zone that changes its clocks would be an hour off.
        following = moment.astimezone(self._zone).date() + timedelta(days=1)
        return datetime.combine(following, time.min, tzinfo=self._zone).astimezone(UTC)


def days_off(year: int) -> list[tuple[date, str]]:
    """The country's days off in that year with their names in the active language, in order."""
    language = "en_US" if get_language() == "en" else "uk"
    return sorted(holidays.country_holidays("UA", years=year, language=language).items())


@lru_cache(maxsize=64)
def _ukraine(year: int) -> frozenset[date]:
    """Days off in Ukraine; none under martial law, as the package knows."""
    return frozenset(holidays.country_holidays("UA", years=year))

"""Who may enter the departments' screens, and whose reports stand there."""

from django.db.models import QuerySet

from districts.models import Department, User
from frontend.cities import for_staff
from frontend.shown import shown
from layers.models import City
from reports import workflow
from reports.models import Report, ReportQuerySet


def _works_in(user: User, city: City) -> bool:
    return user.departments_in(city).exists()


for_departments = for_staff(_works_in)


def of_bodies(city: City, bodies: QuerySet[Department]) -> ReportQuerySet:
    """Published reports that lie with these bodies: solved ones and private ones too."""
    return Report.objects.filter(status__in=workflow.PUBLIC, city=city, department__in=bodies)


def theirs(city: City, member: User) -> ReportQuerySet:
    """The reports of the bodies in whose name this person works, with all that their pages say."""
    return shown(of_bodies(city, member.departments_in(city)))

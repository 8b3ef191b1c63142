"""Who answers for what, where: people, bodies, districts, services and the rules that join them."""

from districts.models.departments import Department, DepartmentQuerySet, NamedQuerySet
from districts.models.districts import District, DistrictQuerySet, DistrictSet
from districts.models.people import STAFF_ROLES, Membership, Role, User
from districts.models.policies import (
    CannedText,
    Datatype,
    Holiday,
    Page,
    Policy,
    Purpose,
    Question,
    Reporters,
)
from districts.models.priorities import MOST_PERCENT, MOST_WEEKS, PriorityPolicy
from districts.models.responsibilities import Responsibility, Territory
from districts.models.services import Section, Service, ServiceQuerySet

__all__ = [
    "MOST_PERCENT",
    "MOST_WEEKS",
    "STAFF_ROLES",
    "CannedText",
    "Datatype",
    "Department",
    "DepartmentQuerySet",
    "District",
    "DistrictQuerySet",
    "DistrictSet",
    "Holiday",
    "Membership",
    "NamedQuerySet",
    "Page",
    "Policy",
    "PriorityPolicy",
    "Purpose",
    "Question",
    "Reporters",
    "Responsibility",
    "Role",
    "Section",
    "Service",
    "ServiceQuerySet",
    "Territory",
    "User",
]

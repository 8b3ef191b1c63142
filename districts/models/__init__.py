"""Who answers for what, where: people, bodies, districts, services and the rules that join them."""

from districts.models.departments import Department, DepartmentQuerySet, NamedQuerySet
from districts.models.districts import District, DistrictQuerySet, DistrictSet
from districts.models.people import STAFF_ROLES, Membership, Role, User
from districts.models.responsibilities import Responsibility, Territory
from districts.models.services import Section, Service, ServiceQuerySet

__all__ = [
    "STAFF_ROLES",
    "Department",
    "DepartmentQuerySet",
    "District",
    "DistrictQuerySet",
    "DistrictSet",
    "Membership",
    "NamedQuerySet",
    "Responsibility",
    "Role",
    "Section",
    "Service",
    "ServiceQuerySet",
    "Territory",
    "User",
]

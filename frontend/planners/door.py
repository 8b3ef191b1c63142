"""Who may enter the planners' screens."""

from districts.models import User
from frontend.cities import for_staff

for_planners = for_staff(User.plans)

"""Who may enter the screens of a city's settings."""

from districts.models import User
from frontend.cities import for_staff

for_administrators = for_staff(User.administers)

"""Who may enter the moderators' screens."""

from districts.models import User
from frontend.cities import for_staff

for_moderators = for_staff(User.moderates)

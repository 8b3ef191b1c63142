"""What the addresses of a draft, and of following without an account, are made of."""

from reports.follow_links import follow_address
from tests.access.people import World


def of_reporting(world: World, route: str, thing: str) -> dict[str, object]:
    """The draft of a visitor, with its photo; the link of a letter that lets an address follow."""
    if route == "follow":
        link = follow_address(world.things[thing], "olena@example.org")
        return {"token": link.rstrip("/").rpartition("/")[2]}
    if thing != "draft":
        return {}
    photo = world.draft_photo
    return {"token": photo.draft.token, "step": "what", "photo": photo.token}

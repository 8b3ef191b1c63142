"""Found at start by django-rules; what it should know is in `access`."""

from reports import access

__all__ = ["access"]

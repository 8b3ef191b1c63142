"""Writing down what a city decides about its settings, one row at a time."""

from django.db import IntegrityError, models, transaction

from districts.errors import StillNeeded, TakenMeanwhile


def keep(row: models.Model) -> None:
    """Write the row; TakenMeanwhile where another one has its code, day or address by now."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise TakenMeanwhile from error


def take_out(row: models.Model) -> None:
    """Delete the row; StillNeeded where something else rests on it."""
    try:
        with transaction.atomic():
            row.delete()
    except models.ProtectedError as error:
        raise StillNeeded from error

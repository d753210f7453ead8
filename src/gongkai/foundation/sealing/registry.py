"""Which models seal something."""

from collections.abc import Iterator

from django.apps import apps
from django.db import Error, models, transaction

from gongkai.foundation.sealing.fields import FingerprintField, MarkField, SealedTextField


def sealed_models() -> Iterator[tuple[type[models.Model], list[str], list[str]]]:
    """Yield every model with its sealed columns and its fingerprints."""
    for model in apps.get_models():
        own = [field for field in model._meta.local_concrete_fields if field.model is model]
        sealed = [field.attname for field in own if isinstance(field, SealedTextField)]
        marks = [field.attname for field in own if isinstance(field, FingerprintField)]
        if sealed and model._meta.managed and not model._meta.proxy:
            yield model, sealed, marks


def marked_models() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Yield every model with the columns whose marks cannot be made anew."""
    for model in apps.get_models():
        marks = [
            field.attname
            for field in model._meta.local_concrete_fields
            if isinstance(field, MarkField)
        ]
        if marks and model._meta.managed and not model._meta.proxy:
            yield model, marks


def anything_sealed() -> bool:
    """Tell whether any table holds something sealed."""
    for model, sealed, _ in sealed_models():
        every = model._base_manager  # noqa: SLF001  # documented; a manager of its own may hide rows
        for column in sealed:
            try:
                with transaction.atomic():
                    if (
                        every.exclude(**{column: ""})
                        .exclude(**{f"{column}__isnull": True})
                        .exists()
                    ):
                        return True
            except Error:  # the table is not there yet
                break
    return False

"""Model fields whose columns hold ciphertext."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import checks
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from gongkai.foundation.sealing.marking import MARK_LENGTH, fingerprint
from gongkai.foundation.sealing.private import Private, hidden
from gongkai.foundation.sealing.values import Ciphertext, seal, unseal

ROW = "seal"
"""The column that tells rows apart for good, also before a row has a key of its own."""
_OPENED = "_opened"


class SealedAttribute(DeferredAttribute):
    """Opens what was read from the table when somebody asks for it."""

    field: "SealedTextField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        """Return the value, opened."""
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Ciphertext):
            return self.field.opened(instance, value)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        # with it reading comes here as well, and not straight to what lies in the object
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.TextField):  # type: ignore[type-arg]  # generic in the stubs only
    """Text of any length; ``max_length`` is of what is hidden and is validated."""

    descriptor_class = SealedAttribute
    description = "Text, sealed"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def encoded(self, value: Any) -> str:
        """Return *value* as the text that is sealed."""
        return str(value)

    def decoded(self, text: str) -> Any:
        """Return the value that :meth:`encoded` was given, hidden from ``repr``."""
        return Private(text)

    def bound(self, instance: models.Model) -> str:
        """Return the place that a value of *instance* is sealed for."""
        return f"{self.model._meta.label_lower}|{self.name}|{getattr(instance, ROW)}"

    def opened(self, instance: models.Model, sealed: Ciphertext) -> Any:
        """Return what *sealed* hides, and leave it open on *instance*."""
        text = Private(unseal(sealed, self.bound(instance)))
        value = self.decoded(text)
        instance.__dict__[self.attname] = value
        instance.__dict__.setdefault(_OPENED, {})[self.attname] = (text, sealed)
        return value

    def sealed(self, instance: models.Model) -> Ciphertext | str | None:
        """Return what the table gets for the value of *instance*."""
        value: Any = instance.__dict__.get(self.attname, "")
        if isinstance(value, Ciphertext):
            if value.is_newest:
                return value
            value = self.opened(instance, value)
        if value is None or value == "":
            return None if value is None else ""
        text = Private(self.encoded(value))
        opened: dict[str, tuple[str, Ciphertext]] = instance.__dict__.setdefault(_OPENED, {})
        was, before = opened.get(self.attname, (None, None))
        # what has not changed stays as it is in the table
        if was == text and before is not None and before.is_newest:
            return before
        fresh = seal(text, self.bound(instance))
        opened[self.attname] = (text, fresh)
        return fresh

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001  # Django's signature
        """Seal the value of a row that is about to be written."""
        return self.sealed(model_instance)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:  # noqa: ARG002  # Django's signature
        """Mark what comes from the table; nothing is opened yet."""
        return Ciphertext(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        """Let through what is sealed, or empty."""
        if value is None or value == "" or isinstance(value, Ciphertext):
            return None if value is None else str.__str__(value)
        raise FieldError(
            f"{self.name} is sealed: set it on an object and save that; "
            "to look for equal values use a FingerprintField."
        )

    def get_lookup(self, lookup_name: str) -> Any:
        """Know only whether there is something, and what is exactly so in the table."""
        return super().get_lookup(lookup_name) if lookup_name in {"isnull", "exact"} else None

    def get_transform(self, lookup_name: str) -> Any:  # noqa: ARG002  # Django's signature
        """Know none."""
        return

    def value_to_string(self, obj: models.Model) -> str:
        """Return ciphertext: dumps and revisions must not hold what the table hides.

        Nothing takes it back from there; a database is restored from its own backup.
        """
        return str.__str__(self.sealed(obj) or "")

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Validate what is hidden; what has not been opened was validated when it was sealed."""
        return value if isinstance(value, Ciphertext) else super().clean(value, model_instance)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Want the model to tell its rows apart."""
        found = super().check(**kwargs)
        try:
            self.model._meta.get_field(ROW)
        except FieldDoesNotExist:
            hint = "Inherit gongkai.foundation.sealing.SealedModel."
            found.append(
                checks.Error(f"{self} has no row to bind to.", hint=hint, id="sealing.E001")
            )
        return found


class SealedCharField(SealedTextField):
    """A line of text."""

    description = "Line of text, sealed"

    def formfield(self, **kwargs: Any) -> Any:
        """Return a field of one line."""
        return super().formfield(**{"widget": forms.TextInput, **kwargs})


class SealedJSONField(SealedTextField):
    """Anything that is JSON; nothing in it can be asked for in a query."""

    description = "JSON, sealed"
    # what the stubs take for the type of a column of text
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def encoded(self, value: Any) -> str:
        """Return the JSON."""
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    def decoded(self, text: str) -> Any:
        """Return what the JSON says."""
        return hidden(json.loads(text))

    def formfield(self, **kwargs: Any) -> Any:
        """Return a field that takes JSON."""
        return super().formfield(**{"form_class": forms.JSONField, **kwargs})


class FingerprintField(models.CharField):  # type: ignore[type-arg]  # generic in the stubs only
    """The fingerprint of another field of the row, kept with every save; look with ``fingerprints()``."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        kwargs = {"max_length": MARK_LENGTH, "blank": True, "editable": False} | kwargs
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Keep what it is of."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001  # Django's signature
        """Work it out from the value that is saved."""
        mark = fingerprint(getattr(model_instance, self.of) or "")
        setattr(model_instance, self.attname, mark)
        return mark


class MarkField(models.CharField):  # type: ignore[type-arg]  # generic in the stubs only
    """A fingerprint of something that is kept nowhere, such as a secret code: its key has to stay on the ring."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": MARK_LENGTH, "editable": False} | kwargs)


def sealed_values(instance: models.Model) -> Mapping[str, Any]:
    """Return what the table should hold for the sealed fields and fingerprints of *instance*, by column."""
    fields = instance._meta.concrete_fields
    return {
        field.attname: field.pre_save(instance, add=False)
        for field in fields
        if isinstance(field, SealedTextField | FingerprintField)
    }

"""The kinds of holding: whatever subclasses Holding in an installed app. There is no other registry."""

from functools import cache

from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from cms.models import Holding, Part

Tabled = type[Holding] | type[Part]
"""What has a table: a kind, or a model of rows that are no holdings."""


@cache
def kinds() -> tuple[type[Holding], ...]:
    """Return every concrete kind, in order of its label."""
    models = (m for m in apps.get_models() if issubclass(m, Holding) and m is not Holding)
    return tuple(sorted(models, key=lambda m: m._meta.label_lower))


@cache
def parts() -> tuple[type[Part], ...]:
    """Return the models that have a table without being holdings: spreads, copies, legs, themes."""
    return tuple(sorted((m for m in apps.get_models() if issubclass(m, Part)), key=lambda m: m.__name__))


@cache
def kind_named(name: str) -> type[Holding] | None:
    """Return the kind with a short name as `entry`, as addresses and commands use it."""
    return next((k for k in kinds() if k._meta.model_name == name), None)


def kind_of(holding: Holding) -> type[Holding]:
    """Return the kind of a holding that was read as a plain Holding; content types are cached by Django."""
    model = ContentType.objects.get_for_id(holding.content_type_id).model_class()
    return model if model is not None and issubclass(model, Holding) else type(holding)

"""The types of the service: every kind, and above them all holdings and the authorities."""

from django.utils.translation import gettext as _

from cms.models import Holding
from cms.models.kinds import kind_named, kinds

EVERYTHING, AUTHORITIES = "holding", "authority"
Type = dict[str, object]


def type_of(kind: type[Holding]) -> Type:
    """Return a kind as a type, with what it is a sort of."""
    return {**named(kind), "broader": [broader(AUTHORITIES if kind.authority else EVERYTHING)]}


def named(kind: type[Holding]) -> Type:
    """Return the id and the name of a kind."""
    return {"id": str(kind._meta.model_name), "name": str(kind._meta.verbose_name)}


def broader(name: str) -> Type:
    """Return one of the two types above the kinds."""
    if name == AUTHORITIES:
        return {"id": AUTHORITIES, "name": _("规范名称"), "broader": [broader(EVERYTHING)]}
    return {"id": EVERYTHING, "name": _("馆藏")}


def types() -> list[Type]:
    """Return all types, the authorities first: they are what a column of names mostly holds."""
    by_use = sorted(kinds(), key=lambda kind: (not kind.authority, str(kind._meta.model_name)))
    return [*map(type_of, by_use), broader(AUTHORITIES), broader(EVERYTHING)]


def kinds_of(name: str) -> frozenset[type[Holding]]:
    """Return the kinds that a type stands for; none for one that nobody knows."""
    if name == EVERYTHING:
        return frozenset(kinds())
    if name == AUTHORITIES:
        return frozenset(kind for kind in kinds() if kind.authority)
    kind = kind_named(name)
    return frozenset([kind]) if kind else frozenset()

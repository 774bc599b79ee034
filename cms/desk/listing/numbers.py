"""How many records lists have, counted for many lists in one query."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from django.contrib.auth.models import User
from django.db.models import Count

from cms.desk.listing.asked import Asked, may_edit
from cms.models import Holding

Key = TypeVar("Key", bound=Hashable)


def numbers(lists: Mapping[Key, Asked], user: User) -> dict[Key, int]:
    """Return how many of the records that somebody may edit each list has."""
    named = {f"number_{at}": key for at, key in enumerate(lists)}
    counts = {name: Count("pk", filter=lists[key].condition(user, everything=True)) for name, key in named.items()}
    found = Holding.objects.filter(may_edit(user)).aggregate(**counts) if counts else {}
    return {key: found[name] for name, key in named.items()}

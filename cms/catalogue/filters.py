"""What a list at the desk can be narrowed by, as a kind says it: a filter with its values, and lists that stand ready."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:  # A name that there is for mypy alone.
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True)
class Value:
    """One value of a filter: its name in the address, what it is called, and what a record must be, said anew each time."""

    name: str
    label: "StrPromise | str"
    condition: Callable[[], Q]


@dataclass(frozen=True)
class Filter:
    """A filter whose values are always the same; of several that are chosen one is enough. `name` stands in the address."""

    name: str
    label: "StrPromise | str"
    values: tuple[Value, ...]


@dataclass(frozen=True)
class ReadyList:
    """A list that stands ready for everybody: its name, and what is asked, as the address says it."""

    label: "StrPromise | str"
    query: str

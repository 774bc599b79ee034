"""The order of what stands under one thing: by the number that a librarian gave it, then as it stands in the tree."""

from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from cms.models import Holding
from cms.models.kinds import kinds

UNNUMBERED = 2**31 - 1
"""What has no number comes after all that have one."""


def numbered(holdings: "QuerySet[Holding]") -> "QuerySet[Any]":
    """Add `rank` to holdings of any kind: the number in the field that their kind names as its `order`."""
    fields = [F(f"{kind._meta.model_name}__{kind.order}") for kind in kinds() if kind.order]
    return holdings.annotate(rank=Coalesce(*(NullIf(field, Value(0)) for field in fields), Value(UNNUMBERED)))


def in_order(holdings: "QuerySet[Holding]") -> "QuerySet[Holding]":
    """Put holdings in the order in which they are read."""
    return numbered(holdings).order_by("rank", "path")

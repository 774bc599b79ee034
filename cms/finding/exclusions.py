"""What a search must not even count: what this reader may not see, and whatever the index still says of it elsewhere.

The index follows a change within moments, in the worst case when a worker is back. Until then the documents of what is
tied to a hidden holding still have its names among their words; they are left out where a reader asks for those.
"""

from collections import defaultdict

from django.db.models import BooleanField, Exists, OuterRef, Q, Value
from django.http import HttpRequest

from cms.models import Holding, Name, Relation
from cms.visibility import hidden
from search.models import Outbox, Record
from search.reasons import could_find

NOBODY = 0
"""Stands for no holding: its row says that changes wait."""


def withheld(request: HttpRequest | None, words: str = "") -> frozenset[int]:
    """Return the ids that must not be counted: out of sight, deleted and still indexed, or told of by these words alone."""
    behind, nothing = Value(True, output_field=BooleanField()), Value(False, output_field=BooleanField())
    waiting = Outbox.objects.filter(done=None).order_by()
    gone = waiting.exclude(holding__in=Holding.objects.values("pk")).values_list("holding", nothing)
    unseen = hidden(Holding.objects.all(), request).order_by()
    recorded = Exists(Record.objects.filter(id=OuterRef("pk")))
    rows = set(unseen.values_list("pk", recorded).union(gone, waiting.values_list(Value(NOBODY), behind)))
    ids = frozenset(number for number, _behind in rows) - {NOBODY}
    if words and any(behind for _number, behind in rows):
        return ids | still_told(request, words)
    return ids


def still_told(request: HttpRequest | None, words: str) -> set[int]:
    """Return what the index may find by these words for no other reason than the name of something hidden or deleted."""
    waiting = Outbox.objects.filter(done=None).values("holding")
    outdated = Q(target__in=Record.objects.values("id")) | Q(holding__in=waiting)
    ties = Relation.objects.filter(outdated, target__in=hidden(Holding.objects.all(), request))
    told_by: dict[int, set[int]] = defaultdict(set)
    for holding, target in ties.values_list("holding", "target"):
        told_by[target].add(holding)
    # What is deleted took its relations along; whatever waits may be what was tied to it.
    deleted = Record.objects.exclude(id__in=Holding.objects.values("pk")).values_list("id", flat=True)
    told_by |= {number: set(waiting.values_list("holding", flat=True)) for number in deleted}
    names = called(list(told_by))
    found = could_find(words, [names[target] for target in told_by])
    return {number for ids, told in zip(told_by.values(), found, strict=True) if told for number in ids}


def called(ids: list[int]) -> dict[int, str]:
    """Return all that these are called, in the library and in the index, a name a line."""
    found: dict[int, list[str]] = defaultdict(list)
    for number, *titles in Holding.objects.filter(pk__in=ids).values_list("pk", "title", "title_en"):
        found[number] += titles
    for number, text in Name.objects.filter(holding__in=ids).values_list("holding", "text"):
        found[number].append(text)
    for record in Record.objects.filter(id__in=ids):
        found[record.id] += [record.title, record.title_en, *record.names]
    return {number: "\n".join(found[number]) for number in ids}

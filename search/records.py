"""Keeping records and headings equal to what the engine was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from search import headings
from search.document import Document
from search.models import Heading, Record

STEP = 200
FIELDS = ("kind", "hash", "title", "title_en", "names", "text", "text_en", "anchors", "anchors_en")


def _record(document: Document) -> Record:
    return Record(
        id=document.id,
        kind=document.kind,
        hash=document.hash(),
        title=document.title,
        title_en=document.title_en,
        names=list(document.names),
        text=document.text,
        text_en=document.text_en,
        anchors=list(document.anchors),
        anchors_en=list(document.anchors_en),
    )


def keep(documents: Iterable[Document]) -> None:
    """Write down what the engine holds of these, and how they are called."""
    documents = list(documents)
    rows, called_so = [_record(document) for document in documents], headings.made(documents)
    with transaction.atomic():
        Record.objects.bulk_create(rows, STEP, update_conflicts=True, update_fields=FIELDS, unique_fields=["id"])
        headings.keep(called_so)


def keeping(documents: Iterable[Document], seen: set[int]) -> Iterator[Document]:
    """Pass documents on to a rebuild, writing them down a step at a time."""
    step: list[Document] = []
    for document in documents:
        seen.add(document.id)
        step.append(document)
        if len(step) == STEP:
            keep(step)
            step = []
        yield document
    keep(step)


def drop(ids: Iterable[int]) -> None:
    """Forget these."""
    ids = list(ids)
    if ids:
        Record.objects.filter(id__in=ids).delete()
        headings.drop(ids)


def drop_all_but(ids: set[int]) -> None:
    """Forget what a rebuild did not meet."""
    known = {*Record.objects.values_list("id", flat=True), *Heading.objects.values_list("holding", flat=True)}
    gone = sorted(known - ids)
    for start in range(0, len(gone), STEP):
        drop(gone[start : start + STEP])


def records(ids: Iterable[int]) -> dict[int, Record]:
    """What the index holds of these, in one query; for snippets."""
    return Record.objects.in_bulk(list(ids))


@dataclass(frozen=True)
class Turnout:
    """What a change means: these came, these went, and `renamed` (those too) are called otherwise than before."""

    came: list[int]
    went: list[int]
    renamed: list[int]


def turnout(documents: Iterable[Document], gone: Iterable[int]) -> Turnout:
    """Compare with what is recorded; call it before anything is kept or dropped."""
    documents, gone = list(documents), list(gone)
    known = Record.objects.in_bulk([*(document.id for document in documents), *gone])
    went = [number for number in gone if number in known]
    came = [document.id for document in documents if document.id not in known]
    changed = [document.id for document in documents if called(document) != called(known.get(document.id))]
    return Turnout(came, went, changed + went)


def called(one: Document | Record | None) -> tuple[str, ...]:
    """The titles and names of a document or of its record, in their order."""
    return (one.title, one.title_en, *one.names) if one else ()

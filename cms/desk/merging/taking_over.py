"""What the kept record takes over: chosen values, rows of parts, names, themes, what stands below the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import Field
from wagtail.models import Page

from cms.catalogue.script import HAN, TRADITIONAL, is_traditional
from cms.desk.merging.comparing import OTHER, OWN, Line, is_plain, rows_of, ties
from cms.desk.restoring import free_slug
from cms.models import Holding, Name
from search.folding import fold

LONGEST_NAME = Name._meta.get_field("text").max_length


@dataclass(frozen=True)
class Choices:
    """What was chosen: for each field whose value stays, what was written anew, and the rows that are taken over, by part."""

    fields: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, list[int]] = field(default_factory=dict)


def take_values(kept: Holding, other: Holding, lines: list[Line], choices: Choices) -> None:
    """Write the chosen values into the kept record; it is not saved."""
    for line in lines:
        chosen = choices.fields.get(line.name, line.proposed)
        for name in line.fields:
            column = cast("Field[Any, Any]", kept._meta.get_field(name))
            if chosen == OTHER:
                setattr(kept, column.attname, getattr(other, column.attname))
            elif chosen == OWN and line.writable:
                setattr(kept, column.attname, choices.written.get(name, ""))


def take_rows(kept: Holding, other: Holding, choices: Choices) -> None:
    """Let the chosen rows belong to the kept record, under their own keys, so that what is tied to them stays so."""
    for name, tie in ties(type(kept)).items():
        chosen = set(choices.rows.get(name, ()))
        rows = [row for row in rows_of(tie, other) if row.pk in chosen]
        fields = [tie.name]
        for row in rows:
            setattr(row, tie.attname, kept.pk)
        if rows and is_plain(tie.model, "sort_order"):
            put_behind(rows, rows_of(tie, kept))
            fields.append("sort_order")
        tie.model._base_manager.bulk_update(rows, fields, batch_size=200)


def put_behind(rows: list[Any], there: list[Any]) -> None:
    """Number rows so that they follow those that are there."""
    first = max((row.sort_order for row in there if row.sort_order is not None), default=-1) + 1
    for place, row in enumerate(rows, first):
        row.sort_order = place


def drop_ties(kept: Holding, other: Holding) -> None:
    """Take away the relations of the kept record to the other, which would lead to itself."""
    kept.relations.filter(target=other.pk).delete()


def take_names(kept: Holding, titles: list[str]) -> None:
    """Keep as other names the titles by which one of the two was known and that are not the title now; it is not saved."""
    known = {kept.title, kept.title_en, *(name.text for name in kept.names.all())}
    for text in dict.fromkeys(titles):
        if text and text not in known and len(text) <= LONGEST_NAME:
            kept.names.add(Name(text=text, language=language_of(text), sort_order=kept.names.count()))


def language_of(text: str) -> str:
    """Return the language of a title: a name is too short for `is_traditional` alone."""
    if not HAN.search(text):
        return "en"
    told = is_traditional(text) or any(fold(sign, exact=True) != sign for sign in HAN.findall(text))
    return TRADITIONAL if told else "zh-Hans"


def move_below(kept: Holding, other: Holding) -> None:
    """Put what stands below the other below the kept record."""
    for child in list(other.get_children().order_by("path")):
        page = Page.objects.get(pk=child.pk).specific
        target = Page.objects.get(pk=kept.pk)
        slug = free_slug(page.slug, target.get_children())
        if slug != page.slug:
            page.slug = slug
            page.save()
        page.move(target, pos="last-child")

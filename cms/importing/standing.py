"""What the library holds now: asked for in bulk, in the same plain values that cells are read into."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from cms.importing.sheets import Sheet
from cms.models import Citation, Holding, Name, Relation, Theme

# Below the number of parameters that any database takes in one query.
AT_ONCE = 500
NAME = ("text", "language", "romanisation", "valid_from", "valid_to", "source")
RELATION = ("role", "target__uid", "as_printed", "source")
CITATION = ("text", "text_en", "page", "url")
LISTS = {"names": (Name, NAME), "relations": (Relation, RELATION), "citations": (Citation, CITATION)}


def slices(things: Iterable) -> Iterator[list]:
    """Cut into lists short enough for one query."""
    every = list(things)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]


def kinds_by_uid() -> dict[str, type[Model]]:
    """Return the kind of every holding in the library."""
    rows = Holding.objects.values_list("uid", "content_type_id")
    return {uid: ContentType.objects.get_for_id(number).model_class() for uid, number in rows.iterator()}


def themes_by_title() -> dict[str, str]:
    """Return the slug of every theme."""
    return dict(Theme.objects.values_list("title", "slug"))


def ids_by_uid(uids: Iterable[str]) -> dict[str, int]:
    """Return the primary keys of holdings."""
    found: dict[str, int] = {}
    for some in slices(set(uids)):
        found.update(Holding.objects.filter(uid__in=some).values_list("uid", "pk"))
    return found


def key_of(thing: Model, key: tuple[str, ...]) -> tuple:
    """Return what a record is known by; a holding in it stands as its uid."""
    return tuple(v.uid if isinstance(v := getattr(thing, name), Holding) else v for name in key)


def things_of(sheet: Sheet, keys: Iterable[tuple]) -> dict[tuple, Model]:
    """Return the records that a sheet would change, by key, with the holdings that parts point to."""
    pointers = [c.field for c in sheet.of_form("owner", "holding")]
    first = sheet.key[0]
    lookup = f"{first}__uid__in" if first in pointers else f"{first}__in"
    found = {}
    for some in slices({k[0] for k in keys}):
        for thing in sheet.model.objects.filter(**{lookup: some}).select_related(*pointers):
            found[key_of(thing, sheet.key)] = thing
    return found


def lists_of(ids: Iterable[int]) -> dict[str, dict[int, tuple]]:
    """Return names, relations, citations and themes of holdings, as cells are read."""
    found: dict[str, dict[int, list]] = {name: defaultdict(list) for name in (*LISTS, "themes")}
    for some in slices(ids):
        for name, (model, fields) in LISTS.items():
            rows = model.objects.filter(holding_id__in=some).order_by("sort_order", "pk")
            for holding, *values in rows.values_list("holding_id", *fields):
                found[name][holding].append(tuple(values))
        through = Holding.themes.through.objects.filter(holding_id__in=some).order_by("theme__slug")
        for holding, slug in through.values_list("holding_id", "theme__slug"):
            found["themes"][holding].append(slug)
    return {name: {pk: tuple(values) for pk, values in by_id.items()} for name, by_id in found.items()}

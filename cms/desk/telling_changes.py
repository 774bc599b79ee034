"""What the journal says, in a librarian's words: fields by their names on the form, values as one reads them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Count, ForeignKey, Model, Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cms.desk.putting_back import why
from cms.journal.snapshots import PARENT
from cms.models import Alteration, Change, Outcome, Removal, Way

LONGEST = 200
"""Signs of a value that are shown."""
UNSAID = frozenset({"pk", "id", "page", "holding", "sort_order"})


@dataclass(frozen=True)
class Told:
    """One field that a change altered."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Standing:
    """How a change stands: rows by what was done to them, and how far its undoing is."""

    made: int
    changed: int
    drafted: int
    removed: int
    undone: int
    kept: int

    @property
    def altered(self) -> int:
        """Return the rows that were there before and still are."""
        return self.changed + self.drafted

    @property
    def total(self) -> int:
        """Return all rows."""
        return self.made + self.changed + self.drafted + self.removed

    @property
    def settled(self) -> int:
        """Return the rows that an undoing has looked at."""
        return self.undone + self.kept

    @property
    def waiting(self) -> int:
        """Return the rows that it has not."""
        return self.total - self.settled


def standings(changes: list[Change]) -> dict[int, Standing]:
    """Return how changes stand, by their keys, in one query."""
    ways: dict[str, Count] = {way.value: Count("pk", filter=Q(way=way)) for way in Way}
    outcomes = {one.value: Count("pk", filter=Q(outcome=one)) for one in Outcome}
    rows: Any = Alteration.objects.filter(change__in=changes).order_by().values("change").annotate(**ways, **outcomes)
    names = (*ways, *outcomes)
    found = {row["change"]: Standing(**{name: row[name] for name in names}) for row in rows}
    return {change.pk: found.get(change.pk, Standing(0, 0, 0, 0, 0, 0)) for change in changes}


def fields(row: Alteration) -> list[Told]:
    """Return what a change altered in a record."""
    model = row.model
    if row.way not in (Way.CHANGED, Way.DRAFTED) or model is None:
        return []
    return [
        Told(called(model, name), shown(model, name, row.before.get(name)), shown(model, name, value))
        for name, value in row.after.items()
        if not isinstance(value, dict)  # notes that follow the texts
    ]


def reasons(row: Alteration) -> list[str]:
    """Return why what stays stays, with the field where it is one."""
    model = row.model
    return [
        f"{called(model, one['field'])}{_('：')}{why(one)}" if one["field"] and model else why(one)  #
        for one in row.kept
    ]


def called(model: type[Model], name: str) -> str:
    """Return what a field or a relation is called."""
    if name == PARENT:
        return _("上级")
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return str(field.related_model._meta.verbose_name if field.auto_created else field.verbose_name)


def shown(model: type[Model], name: str, value: Any) -> str:
    """Return a value in words, cut where it is long."""
    return Truncator(said(model, name, value)).chars(LONGEST)


def said(model: type[Model], name: str, value: Any) -> str:
    """Return a value in words."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    field: Any = None if name == PARENT else model._meta.get_field(name)
    if field is None:
        return named(apps.get_model("wagtailcore.Page"), value)
    if isinstance(value, list):
        parts = (
            named(field.related_model, one) if not isinstance(one, dict) else part(field.related_model, one)
            for one in value
        )
        return _("；").join(parts)
    if isinstance(field, ForeignKey):
        return named(field.related_model, value)
    return str(dict(field.flatchoices).get(value, value)) if field.choices else str(value)


def named(model: type[Model], key: Any) -> str:
    """Return the name of what a key points to."""
    thing = model._base_manager.filter(pk=key).first()
    return str(thing) if thing else _("已不在馆里")


def part(model: type[Model], data: dict[str, Any]) -> str:
    """Return what a part says, without what only the database needs."""
    own = {name: value for name, value in data.items() if name not in UNSAID and not name.endswith("_ptr")}
    own = {name: value for name, value in own.items() if not getattr(model._meta.get_field(name), "parent_link", False)}
    words = (said(model, name, value) for name, value in own.items() if value is not False)
    return " ".join(word for word in words if word)


def went(removal: Removal) -> list[tuple[str, int]]:
    """Return how many rows of which kind went, in the reader's language, the most first; tables between two are not named."""
    counted: Counter[str] = Counter()
    for label, number in Counter(row["model"] for row in removal.rows).items():
        model = apps.get_model(label)
        if not model._meta.auto_created and not model._meta.app_label.startswith(("wagtail", "taggit")):
            counted[str(model._meta.verbose_name)] += number
    return counted.most_common()

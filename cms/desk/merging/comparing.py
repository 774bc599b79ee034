"""Two records of a kind side by side: each field in which they differ, and the rows that belong to either."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import CharField, Field, ForeignKey, Model, TextField
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME

from cms.desk.merging.keys import doubled, key_of
from cms.desk.telling_changes import part, said
from cms.journal.snapshots import LEFT_OUT, plain
from cms.models import HistoricalDate, Holding

KEPT, OTHER, OWN = "kept", "other", "own"
NOT_ASKED = frozenset({"slug", "uid", "english_approved"})
"""What stays the kept one's: its address and number, and an approval that was given to its own text."""
DATE = "date_text"
"""Under this name a whole date is chosen: the words, what was read from them, and how sure it is."""


@dataclass(frozen=True)
class Line:
    """One field, or the fields of a date: what both records say, and which is proposed."""

    name: str
    label: str
    fields: tuple[str, ...]
    kept: str
    other: str
    writable: bool
    is_english: bool

    @property
    def proposed(self) -> str:
        """Which value stays unless somebody chooses: the kept one's, where it says anything."""
        return OTHER if self.other and not self.kept else KEPT


@dataclass(frozen=True)
class PartRow:
    """One row of a part: its key, what it says, and whether the kept record has the same already."""

    key: int
    text: str
    twice: bool = False


@dataclass(frozen=True)
class PartLine:
    """The rows of one part in both records. `ordered`: they follow each other, as the spreads of a book, and are not mixed unasked."""

    name: str
    label: str
    kept: list[PartRow]
    other: list[PartRow]
    ordered: bool

    @property
    def open(self) -> list[PartRow]:
        """The rows that may be taken over."""
        return [row for row in self.other if not row.twice]

    @property
    def twice(self) -> int:
        """How many rows both have."""
        return sum(row.twice for row in self.other)


def lines(kept: Holding, other: Holding) -> Iterator[Line]:
    """Yield the fields in which two records differ, in the order of the form."""
    dates = tuple(field.name for field in HistoricalDate._meta.get_fields())
    form = type(kept).get_edit_handler().get_form_class()
    for name in form.base_fields:
        if name in LEFT_OUT | NOT_ASKED or not is_plain(type(kept), name) or (name in dates and name != DATE):
            continue
        fields = dates if name == DATE else (name,)
        if values(kept, fields) == values(other, fields):
            continue
        field = cast("Field[Any, Any]", kept._meta.get_field(name))
        own = name != DATE and isinstance(field, (CharField, TextField)) and not field.choices
        label = _("题名") if name == "title" else str(field.verbose_name)
        yield Line(name, label, fields, shown(kept, fields), shown(other, fields), own, name.endswith("_en"))


def is_plain(model: type[Model], name: str) -> bool:
    """Whether a field of a form is one column of the record."""
    return any(field.name == name for field in model._meta.concrete_fields)


def values(holding: Holding, fields: tuple[str, ...]) -> list[Any]:
    """Return the values of some fields, as the database has them."""
    return [getattr(holding, cast("Field[Any, Any]", holding._meta.get_field(name)).attname) for name in fields]


def shown(holding: Holding, fields: tuple[str, ...]) -> str:
    """Return in words what a record says in a field."""
    if fields[0] == DATE:
        told = dict.fromkeys([holding.date_text, holding.date_text_en, holding.date_edtf])
        return " · ".join(one for one in told if one)
    return said(type(holding), fields[0], plain({"": values(holding, fields)[0]})[""])


def ties(kind: type[Holding]) -> "dict[str, ForeignKey[Any, Any]]":
    """Return the parts of a kind: the key by which each names its record, by the name of the relation."""
    return {
        str(relation.get_accessor_name()): cast("ForeignKey[Any, Any]", relation.field)
        for relation in get_all_child_relations(kind)
        if relation.get_accessor_name() != COMMENTS_RELATION_NAME
    }


def rows_of(tie: "ForeignKey[Any, Any]", holding: Holding) -> list[Model]:
    """Return the rows of a part that belong to a record, in their order."""
    order = ["sort_order", "pk"] if is_plain(tie.model, "sort_order") else ["pk"]
    return list(tie.model._base_manager.filter(**{tie.name: holding.pk}).order_by(*order))


def part_lines(kept: Holding, other: Holding) -> Iterator[PartLine]:
    """Yield the parts of which the other has any."""
    for name, tie in ties(type(kept)).items():
        mine, theirs = rows_of(tie, kept), rows_of(tie, other)
        if not theirs:
            continue
        ordered = "sort_order" in key_of(tie.model)
        # What follows in order is numbered anew, so that its place cannot be taken.
        twice = [] if ordered else doubled(theirs, mine, tie)
        theirs = [row for row in theirs if not at_itself(row, tie, kept)]
        yield PartLine(
            name,
            str(tie.model._meta.verbose_name),
            [PartRow(int(row.pk), words(row, tie)) for row in mine],
            [PartRow(int(row.pk), words(row, tie), row in twice) for row in theirs],
            ordered,
        )


def at_itself(row: Model, tie: "ForeignKey[Any, Any]", kept: Holding) -> bool:
    """Whether a row would make the kept record refer to itself."""
    ends = (key for key in row._meta.concrete_fields if isinstance(key, ForeignKey) and key is not tie)
    return any(issubclass(type(kept), key.related_model) and getattr(row, key.attname) == kept.pk for key in ends)


def words(row: Model, tie: "ForeignKey[Any, Any]") -> str:
    """Return what a row says."""
    data = plain({field.attname: field.value_from_object(row) for field in row._meta.concrete_fields})
    # What is ticked or not says nothing without its label.
    told = [
        field for field in row._meta.concrete_fields if field is not tie and not isinstance(data[field.attname], bool)
    ]
    by_name = {field.name: data[field.attname] for field in told}
    return part(type(row), by_name) or _("（空）")

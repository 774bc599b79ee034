"""What the service tells of a record, property by property; a question may compare by the same."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from cms.catalogue.bilingual import say
from cms.models import Holding
from cms.models.kinds import kind_of
from cms.pages.absolute_urls import absolute
from search.sounds import plain

Value = dict[str, object]


@dataclass(frozen=True)
class Property:
    """One property: its id, what it is called in both languages, and how its values are told; `field` is that of a kind that has it."""

    id: str
    label: object
    values: Callable[[Holding, HttpRequest], Iterable[Value]]
    field: str = ""

    def is_of(self, kind: type[Holding]) -> bool:
        """Whether records of a kind have it."""
        return not self.field or any(column.field == self.field for column in kind.columns())

    def told(self) -> Value:
        """Return its id and its name."""
        return {"id": self.id, "name": str(self.label)}


def text(value: object) -> list[Value]:
    """Return a text as values; none for an empty one."""
    return [{"str": str(value)}] if value not in (None, "") else []


def of_field(name: str) -> Callable[[Holding, HttpRequest], list[Value]]:
    """Return what tells a field as it stands."""
    return lambda holding, _request: text(getattr(holding, name, ""))


def coordinate(name: str) -> Callable[[Holding, HttpRequest], list[Value]]:
    """Return what tells a coordinate, in degrees (WGS-84)."""

    def values(holding: Holding, request: HttpRequest) -> list[Value]:
        found = getattr(holding, name, None)
        return [] if found is None else [{"float": float(found)}]

    return values


def names(holding: Holding, request: HttpRequest) -> list[Value]:
    """Return its other names."""
    return [{"str": name.text} for name in holding.names.all()]


def date(field: str) -> Callable[[Holding, HttpRequest], list[Value]]:
    """Return what tells its date; whoever is living has none that readers are told."""
    return lambda holding, _request: text(say(holding, field).text) if holding.shows_body else []


def subdistrict(holding: Holding, request: HttpRequest) -> list[Value]:
    """Return its sub-district as readers read it."""
    shown = getattr(holding, "get_subdistrict_display", None)
    return text(shown()) if shown else []


def kind(holding: Holding, request: HttpRequest) -> list[Value]:
    """Return what it is."""
    return text(kind_of(holding)._meta.verbose_name)


def address(holding: Holding, request: HttpRequest) -> list[Value]:
    """Return its permanent address."""
    return text(absolute(reverse("permanent", args=[holding.uid])))


def related(holding: Holding, request: HttpRequest) -> list[Value]:
    """Return what it is tied to, of that what `answers.told` lets whoever asks see."""
    seen: list[Holding] = getattr(holding, "seen_relations", [])
    return [{"id": one.uid, "name": say(one, "title").text or one.uid} for one in seen]


PROPERTIES = (
    Property("uid", gettext_lazy("编号"), of_field("uid")),
    Property("title", gettext_lazy("中文题名"), of_field("title")),
    Property("title_en", gettext_lazy("英文题名"), of_field("title_en")),
    Property("name", gettext_lazy("又名"), names),
    Property("kind", gettext_lazy("种类"), kind),
    Property("date", gettext_lazy("时间"), date("date_text")),
    Property("edtf", gettext_lazy("时间（EDTF）"), date("date_edtf")),
    Property("summary", gettext_lazy("提要"), of_field("summary")),
    Property("summary_en", gettext_lazy("英文提要"), of_field("summary_en")),
    Property("latitude", gettext_lazy("纬度"), coordinate("latitude"), "latitude"),
    Property("longitude", gettext_lazy("经度"), coordinate("longitude"), "longitude"),
    Property("subdistrict", gettext_lazy("街道镇"), subdistrict, "subdistrict"),
    Property("related", gettext_lazy("相关馆藏"), related),
    Property("url", gettext_lazy("永久网址"), address),
)
BY_ID = {one.id: one for one in PROPERTIES}
OF_NAMES = ("name", "title", "title_en", "uid")
"""Properties by which a record can be looked up where the question has no words."""
OF_TIME = ("date", "edtf")
"""Properties that say when; the matcher reads them."""


def agrees(holding: Holding, name: str, wanted: Iterable[str], request: HttpRequest) -> bool | None:
    """Return whether a record has one of these values; None where it, or the property, is not told."""
    told = BY_ID[name].values(holding, request) if name in BY_ID else []
    forms = {plain(str(value)) for one in told for key, value in one.items() if key != "name"}
    # What was reconciled itself comes by its number; what was only typed, by its name.
    forms |= {plain(str(one["name"])) for one in told if "name" in one}
    if name == "subdistrict":
        forms |= {plain(str(getattr(holding, name, "")))}
    forms.discard("")
    return any(plain(one) in forms for one in wanted) if forms else None

"""What the library and a batch hold together: the kind of every number, the themes, and the names that stand for numbers."""

from collections.abc import Iterator, Mapping

from cms.importing.forms import Form, form_of
from cms.importing.naming import coming_row
from cms.importing.sheets import Sheet
from cms.importing.signs import bare, tidy, uncut
from cms.matching.records import Recorded
from cms.models import FormerNumber, Holding, Theme
from cms.models.kinds import kind_of
from cms.models.uid import normal_uid


def known_kinds(sheets: list[Sheet]) -> dict[str, type[Holding]]:
    """Return the kind of every number in the library and in these files."""
    kinds = {h.uid: kind_of(h) for h in Holding.objects.only("uid", "content_type_id")}
    numbers = known_numbers(kinds)
    for sheet in (sheet for sheet in sheets if sheet.is_kind):
        for cell in (uncut(bare(cell)) for cell in sheet.cells("uid")):
            number = cell if cell in kinds else numbers.get(normal_uid(cell), normal_uid(cell))
            kinds[number] = sheet.kind
    return kinds


def known_numbers(kinds: dict[str, type[Holding]]) -> dict[str, str]:
    """Return each number by the one way of writing it."""
    return {normal_uid(number): number for number in kinds}


def known_heirs() -> dict[str, str]:
    """Return the numbers of the records into which others were merged, by those of the others."""
    return {normal_uid(former): uid for former, uid in FormerNumber.objects.values_list("uid", "holding__uid")}


def known_themes(sheets: list[Sheet]) -> dict[str, str]:
    """Return the slug of every theme by its title, in the library and in these files."""
    themes = dict(Theme.objects.values_list("title", "slug"))
    for sheet in (sheet for sheet in sheets if sheet.model is Theme):
        titles, slugs = map(tidy, sheet.cells("title")), map(bare, sheet.cells("slug"))
        themes.update(zip(titles, slugs, strict=True))
    return themes


def coming(sheets: list[Sheet], numbers: Mapping[str, str]) -> Iterator[Recorded]:
    """Yield the rows of these files as records that a name may mean; one that the library has goes by its own names too."""
    for sheet in (sheet for sheet in sheets if sheet.is_kind):
        uids = [normal_uid(uncut(bare(cell))) for cell in sheet.cells("uid")]
        titles = [list(map(tidy, sheet.cells(field))) or [""] * len(uids) for field in ("title", "title_en")]
        for uid, *called in zip(uids, *titles, strict=True):
            if uid:
                yield coming_row(sheet.kind, numbers.get(uid, uid), called)


def names_in(sheets: list[Sheet], numbers: Mapping[str, str]) -> Iterator[str]:
    """Yield what stands in the place of a number and is none."""
    for sheet in sheets:
        for column in sheet.columns:
            form = form_of(column)
            if type(form).names is Form.names:
                continue
            for cell in sheet.cells(column.field):
                yield from (name for name in form.names(tidy(cell)) if name and normal_uid(bare(name)) not in numbers)

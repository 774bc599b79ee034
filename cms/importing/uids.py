"""What the library and a batch hold together: the kind of every number, and the themes."""

from cms.importing.sheets import Sheet
from cms.importing.signs import bare, tidy, uncut
from cms.models import Holding, Theme
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


def known_themes(sheets: list[Sheet]) -> dict[str, str]:
    """Return the slug of every theme by its title, in the library and in these files."""
    themes = dict(Theme.objects.values_list("title", "slug"))
    for sheet in (sheet for sheet in sheets if sheet.model is Theme):
        titles, slugs = map(tidy, sheet.cells("title")), map(bare, sheet.cells("slug"))
        themes.update(zip(titles, slugs, strict=True))
    return themes

"""The cells of a kind's table as the fields of MARC 21; read again by `cms.importing.marc` they are the same cells."""

from collections.abc import Callable, Iterator
from itertools import zip_longest

from django.conf import settings
from pymarc import Record

from cms.catalogue.marc import MarcMap
from cms.exporting.marc.notes import Paragraphs
from cms.exporting.marc.writing import Card
from cms.importing.marc.description import Pair, is_han, of_head, of_note
from cms.importing.marc.labels import BETWEEN
from cms.importing.marc.marc21 import LIST, PRINTED, ROMANISED
from cms.importing.marc.words import book_number
from cms.importing.signs import OWN_BAR

Codes = tuple[tuple[str, str], ...]
RELATORS: dict[str, Codes] = {
    "author": (),
    "illustrator": (("e", "illustrator"), ("4", "ill")),
    "translator": (("e", "translator"), ("4", "trl")),
}
"""What says of somebody what they did; an author needs nothing."""
Cells = dict[str, str]
Maker = tuple[Pair, Codes]


def record_of(cells: Cells, kind: MarcMap) -> Record:
    """Return the record that says what some cells say, by the fields of the kind; cells that are not there are empty."""
    cells = {
        "title_en": "",
        "names": "",
        "date_text": "",
        "date_text_en": "",
        "date_edtf": "",
        "themes": "",
        "": "",
    } | cells
    english = cells["title"] == cells["title_en"] and not is_han(cells["title"])
    text = Paragraphs(cells)
    card = Card()
    card.control("001", cells["uid"])
    card.control("003", settings.LIBRARY_CODE)
    card.control("008", fixed("eng" if english else "chi" if is_han(cells["title"]) else "und"))
    if isbn := cells.get(kind.isbn):
        number = book_number(isbn)[0] or isbn
        card.add("020", "##", [("a", number), (PRINTED, isbn if isbn != number else "")])
    card.add("040", "##", [("a", settings.LIBRARY_CODE), ("b", "chi"), ("c", settings.LIBRARY_CODE)])
    if cells["date_edtf"]:
        card.add("046", "##", [("k", cells["date_edtf"]), ("2", "edtf")])
    head = heading_of(english)
    named = list(makers(cells, kind))
    for pair, relator in named[:1]:
        card.say("100", "1#", pair, head, relator)
    add_titles(card, cells, text, english)
    card.say("250", "##", (cells.get(kind.edition[0], ""), cells.get(kind.edition[1], "")), head)
    add_imprint(card, cells, kind, text)
    subjects = text.take_subjects()
    text.add_to(card)
    card.say("520", "##", (cells.get("summary", ""), cells.get("summary_en", "")), of_note)
    for theme in filter(None, cells["themes"].split("；")):
        card.add("650", "#7", [("a", theme), ("2", LIST)])
    for pair in subjects:
        card.say("650", "#4", pair, of_note)
    for pair, relator in named[1:]:
        card.say("700", "1#", pair, head, relator)
    if address := cells.get(kind.address):
        card.add("856", "40", [("u", address)])
    return card.done()


def heading_of(english: bool) -> Callable[[str], Pair]:
    """Return how a name that stands alone is read in a book of that language."""
    return lambda text: of_head(text, english)


def fixed(language: str) -> str:
    """Return the coded field of a book in a language, of which nothing else is said in code."""
    return "      n        xx " + " " * 18 + language + " d"


def makers(cells: Cells, kind: MarcMap) -> Iterator[Maker]:
    """Yield who made it, each name by itself where both languages name them one by one."""
    for role, relator in RELATORS.items():
        chinese, english = (cells.get(field, "") if field else "" for field in kind.maker(role))
        parts = [one_by_one(text, BETWEEN[side]) for side, text in enumerate((chinese, english))]
        for one, other in zip_longest(*parts, fillvalue=""):
            yield (one, other), relator


def one_by_one(text: str, between: str) -> list[str]:
    """Return the names of a cell; all as one where they would not come back as they are."""
    names = text.split(between)
    return [one for one in names if one] if all(one == one.strip() and one for one in names) else [text] if text else []


def add_titles(card: Card, cells: Cells, text: Paragraphs, english: bool) -> None:
    """Add the title, with its romanisation where that is the first of its names, and other titles."""
    title, names = cells["title"], list(filter(None, cells["names"].split("\n")))
    latin = names[0].removesuffix(ROMANISED) if names and names[0].endswith(ROMANISED) and is_han(title) else ""
    if latin and " | " not in latin and not is_han(latin):
        del names[0]
        said = text.take_both("responsibility")
        card.pair("245", "10", [("a", OWN_BAR.sub(r"\1", latin)), ("c", said[1])], [("a", title), ("c", said[0])])
    else:
        card.add("245", "10", [("a", title), ("c", text.take("responsibility"))])
    if cells["title_en"] and not english:
        card.add("242", "10", [("a", cells["title_en"]), ("y", "eng")])
    for name in names:
        card.add("246", "3#", [("a", OWN_BAR.sub(r"\1", name.split(" | ")[0])), (PRINTED, name)])


def add_imprint(card: Card, cells: Cells, kind: MarcMap, text: Paragraphs) -> None:
    """Add where, by whom and when it was published."""
    publisher, date, date_en = cells.get(kind.publisher, ""), cells["date_text"], cells["date_text_en"]
    if date and date_en and date != date_en:
        place = text.take_both("place")
        card.pair("264", "#1", [("a", place[1]), ("c", date_en)], [("a", place[0]), ("b", publisher), ("c", date)])
        return
    place_alone = text.take("place")
    if place_alone or publisher or date:
        card.add("264", "#1", [("a", place_alone), ("b", publisher), ("c", date)])

"""CNMARC, China's edition of UNIMARC, as a description: which field says what."""

from pymarc import Record

from cms.importing.marc.description import Description, Pair, is_han
from cms.importing.marc.fields import Fields, Said
from cms.importing.marc.marc21 import ROMANISED, bars, name_of, noted, role_of, sides
from cms.importing.marc.words import record_number
from cms.importing.signs import tidy

PINYIN = "A"
NOTES = {
    "215": ("extent", "acde"),
    "225": ("series", "aivhx"),
    "300": ("note", "a"),
    "304": ("note", "a"),
    "305": ("note", "a"),
    "306": ("note", "a"),
    "314": ("note", "a"),
    "320": ("bibliography", "a"),
    "327": ("contents", "a"),
}
"""Fields that become paragraphs of the running text."""
MAKERS = ("700", "701", "702", "710", "711", "712", "720", "721", "722")
SUBJECTS = ("600", "601", "605", "606", "607", "610")
READERS = {"a": "j", "b": "a", "c": "b", "d": "c", "e": "d"}
"""Codes of whom it is for (100 $a, place 17) as MARC 21 has them."""
TRANSLATORS, ILLUSTRATORS = ("730",), ("440", "040")
"""Codes of UNIMARC's relators ($4)."""


def described(record: Record) -> Description:
    """Return what a record says, and what of it was not read."""
    fields = Fields(record)
    found = Description(flavour="CNMARC")
    agency = next((fields.text(said.any, "b") for said in fields.said("801")), "")
    found.number = record_number(agency, tidy(fields.control("001")))
    found.readers = READERS.get(next((fields.text(said.any, "a")[17:18] for said in fields.said("100")), ""), "")
    language = next((fields.text(said.any, "a") for said in fields.said("101")), "") or "chi"
    english = language == "eng"
    for said in fields.said("010"):
        if text := fields.text(said.any, "a"):
            found.isbns.append(text)
    found.addresses += [text for said in fields.said("856") if (text := fields.text(said.any, "u"))]
    take_titles(fields, found, language)
    take_makers(fields, found, english)
    for said in fields.said("205"):
        found.edition = found.edition if any(found.edition) else sides(fields, said, "ab", english)
    for said in fields.said("210"):
        place = noted(fields, said, "a")
        if any(place):
            found.notes.append(("place", place))
        found.publisher = found.publisher or fields.text(said.any, "c")
        found.date = found.date if found.date[0] else (fields.text(said.any, "d"), "")
    for said in fields.every:
        if said.tag in NOTES:
            name, codes = NOTES[said.tag]
            found.notes.append((name, noted(fields, said, codes, sentence=said.tag[0] == "3")))
        elif said.tag == "330":
            found.summary.append(noted(fields, said, "a", sentence=True))
        elif said.tag in SUBJECTS:
            found.subjects.append(noted(fields, said, "axyzj", "--"))
            fields.use(said.main, "2")
    found.left = fields.left()
    return found


def pinyin(fields: Fields, said: Said) -> str:
    """Return how a field is read aloud: its own $A, as our libraries write it, or $9, as older ones did."""
    return fields.text(said.main, PINYIN) or fields.text(said.main, "9")


def take_titles(fields: Fields, found: Description, language: str) -> None:
    """Read the title with its pinyin, the parallel title, and other titles."""
    for said in list(fields.said("200"))[:1]:
        found.title = sides(fields, said, "aehi", language == "eng", between=" : ")
        if read := pinyin(fields, said):
            found.names.append(f"{bars(read)}{ROMANISED}")
        parallel = fields.text(said.any, "d").lstrip("= ")
        if parallel and not is_han(parallel) and not found.title[1]:
            found.title = (found.title[0], parallel)
        elif parallel:
            add_name(found, parallel, language)
        responsible = noted(fields, said, "fg", " ; ")
        if any(responsible):
            found.notes.append(("responsibility", responsible))
    for said in fields.said("510"):
        text = fields.text(said.any, "ae", " : ")
        if text and not found.title[1] and not is_han(text) and fields.text(said.any, "z") in ("", "eng"):
            found.title = (found.title[0], text)
        elif text and text != found.title[1]:
            add_name(found, text, "eng")
    for said in fields.said("512", "514", "515", "516", "517", "518"):
        if text := fields.text(said.any, "ae", " : "):
            add_name(found, text, language)
        if read := pinyin(fields, said):
            add_name(found, read, "chi")


def add_name(found: Description, text: str, language: str) -> None:
    """Keep another title as a name, or as a note where names have no place for it."""
    if named := name_of(text, language):
        found.names.append(named)
    else:
        found.notes.append(("other_title", ("", text)))


def take_makers(fields: Fields, found: Description, english: bool) -> None:
    """Read who made it: names in the order in which they are written, by what they did."""
    for said in fields.said(*MAKERS):
        between = "" if is_han(said.any.get("a") or "") else ", "
        chinese, latin = sides(fields, said, "ab", english, between)
        latin = latin or pinyin(fields, said)
        fields.use(said.main, (PINYIN, "9"))
        codes = [tidy(sub.value) for sub in said.any.subfields if sub.code == "4"]
        role = role_of(fields, said)
        if any(code in TRANSLATORS for code in codes) or role.endswith("译"):
            role = "translator"
        elif any(code in ILLUSTRATORS for code in codes) or role.endswith(("绘", "绘图", "绘画", "插图")):
            role = "illustrator"
        elif role.endswith(("著", "撰", "文", "作")) or role == "070":
            role = "author"
        pair: Pair = (chinese, latin if latin != chinese or english else "")
        if any(pair):
            found.makers.append((role, pair))

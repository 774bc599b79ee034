"""MARC 21 as a description: which field says what."""

from django.conf import settings
from pymarc import Field, Record

from cms.importing.marc.description import TO_CHINESE, TO_LATIN, Description, Pair, is_han, of_head, of_note
from cms.importing.marc.fields import Fields, Said
from cms.importing.marc.words import record_number
from cms.importing.signs import BAR, tidy

ROLES = {
    "ill": "illustrator",
    "art": "illustrator",
    "trl": "translator",
    "aut": "author",
    "cre": "author",
    "illustrator": "illustrator",
    "illus": "illustrator",
    "artist": "illustrator",
    "translator": "translator",
    "author": "author",
    "绘": "illustrator",
    "绘图": "illustrator",
    "译": "translator",
    "著": "author",
}
"""Relators, as codes ($4) and as words ($e); whoever has none is an author, anybody else is named with the word."""
ROMANISED = " | zh-Latn | pinyin"
"""What a row of names says of a title in pinyin."""
LANGUAGES = {"chi": "zh-Latn | pinyin", "eng": "en", "fre": "fr", "ger": "de", "ita": "it", "lat": "la", "rus": "ru"}
"""The language of a title in Latin letters, as a name of ours says it, by that of the book."""
NOTES = {
    "300": ("extent", "abcefg"),
    "490": ("series", "axvl"),
    "440": ("series", "anpvx"),
    "500": ("note", "a"),
    "502": ("note", "abcdgo"),
    "504": ("bibliography", "ab"),
    "505": ("contents", "agrtu"),
    "546": ("note", "ab"),
}
"""Fields that become paragraphs of the running text."""
SUBJECTS = ("600", "610", "611", "630", "650", "651", "653")
DIVISIONS = "vxyz"
LIST = "local"
"""The list of headings ($2) that our themes are."""
PRINTED = "9"
"""The local subfield in which a record of ours says a thing as our tables do, where MARC has no place for all of it."""


def described(record: Record) -> Description:
    """Return what a record says, and what of it was not read."""
    own = tidy(record["003"].data or "") == settings.LIBRARY_CODE if "003" in record else False
    fields = Fields(record, own)
    found = Description(own=own)
    number = tidy(fields.control("001"))
    agency = tidy(fields.control("003")) or next((fields.text(s.any, "a") for s in fields.said("040")), "")
    found.number = number if own else record_number(agency, number)
    coded = fields.control("008")
    found.readers = coded[22:23]
    language = coded[35:38]
    english = language == "eng"
    take_numbers(fields, found)
    take_titles(fields, found, language)
    take_makers(fields, found, english)
    for said in fields.said("250"):
        pair = sides(fields, said, "ab", english)
        if any(found.edition):
            found.notes.append(("edition", pair))
        else:
            found.edition = pair
    take_imprint(fields, found)
    take_span(fields, found)
    take_notes(fields, found)
    found.left = fields.left()
    return found


def sides(fields: Fields, said: Said, codes: str, english: bool = False, between: str = " ") -> Pair:
    """Return a title, name or edition in both scripts; one alone also stands for the other language, where it is in it."""
    other, main = fields.sides(said, codes, between)
    return (other, main) if said.is_pair or other or said.script else of_head(main, english)


def noted(fields: Fields, said: Said, codes: str, between: str = " ", sentence: bool = False) -> Pair:
    """Return a note in both scripts; one alone is in the language of its letters."""
    other, main = fields.sides(said, codes, between, sentence)
    return (other, main) if said.is_pair or other or said.script else of_note(main)


def take_numbers(fields: Fields, found: Description) -> None:
    """Read the numbers of the trade, and addresses."""
    for said in fields.said("020"):
        printed = fields.text(said.main, PRINTED) if fields.own else ""
        if text := fields.text(said.any, "a"):
            found.isbns.append(printed or text)
    found.addresses += [text for said in fields.said("856") if (text := fields.text(said.any, "u"))]


def take_titles(fields: Fields, found: Description, language: str) -> None:
    """Read the title with its romanisation, and other titles."""
    for said in list(fields.said("245"))[:1]:
        found.title = sides(fields, said, "abnp", language == "eng")
        title, latin = found.title
        responsible = noted(fields, said, "c")
        if any(responsible):
            found.notes.append(("responsibility", responsible))
        if said.is_pair and is_han(title) and latin:
            found.title = (title, "")
            found.names.append(f"{bars(latin)}{ROMANISED}")
    for said in fields.said("242"):
        if fields.text(said.any, "y") in ("eng", "") and (text := fields.text(said.any, "abnp")):
            found.title = (found.title[0], text)
    for said in fields.said("246"):
        if printed := fields.text(said.main, PRINTED) if fields.own else "":
            fields.use(said.main, "a")
            found.names.append(printed)
            continue
        chinese, latin = fields.sides(said, "abnp")
        parallel = said.main is not None and said.main.indicator2 == "1"
        if parallel and latin and not chinese and not found.title[1] and not is_han(latin):
            found.title = (found.title[0], latin)
            continue
        for text in filter(None, (chinese, latin)):
            if named := name_of(text, language):
                found.names.append(named)
            else:
                found.notes.append(("other_title", of_note(text)))


def bars(text: str) -> str:
    """Return a text as a word of a row that bars part."""
    return BAR.sub(r"\\\g<0>", text)


def name_of(text: str, language: str) -> str:
    """Return another title as a name of ours, "" where names have no such language or are shorter."""
    spoken = "zh-Hans" if is_han(text) and language != "jpn" else "ja" if is_han(text) else LANGUAGES.get(language, "")
    return f"{bars(text)} | {spoken}" if spoken and len(text) <= 200 else ""


def take_makers(fields: Fields, found: Description, english: bool) -> None:
    """Read who made it, by what they did."""
    for said in fields.said("100", "110", "111", "700", "710", "711"):
        if said.main is not None and said.main.get("t"):
            continue  # a work that is named in this one
        codes = "acdnb" if said.tag[1:] == "11" else "abcq"
        pair = sides(fields, said, codes, english)
        role = role_of(fields, said)
        if any(pair):
            found.makers.append((role, pair))


def role_of(fields: Fields, said: Said) -> str:
    """Return what somebody did: a role of ours, or the record's own word for it."""
    words = []
    for field in (said.main, said.other):
        if field is not None:
            fields.use(field, "e4")
            words += [tidy(sub.value).strip(" .,").lower() for sub in field.subfields if sub.code in "e4"]
    known = next((ROLES[word] for word in words if word in ROLES), "")
    return known or (words[0] if words else "author")


def take_imprint(fields: Fields, found: Description) -> None:
    """Read where, by whom and when it was published; a date of copyright alone is a date."""
    for said in fields.said("260", "264"):
        if said.main is not None and said.tag == "264" and said.main.indicator2 in "023" and found.publisher:
            continue
        place = noted(fields, said, "a")
        if any(place):
            found.notes.append(("place", place))
        names = fields.sides(said, "b")
        dates = fields.sides(said, "c")
        found.publisher = found.publisher or names[0] or names[1]
        date = (dates[0], dates[1] if dates[0] != dates[1] else "") if dates[0] else (dates[1], "")
        found.date = found.date if found.date[0] else date


def take_span(fields: Fields, found: Description) -> None:
    """Read a date that the record says in EDTF."""
    for said in fields.said("046"):
        if said.any.get("2") == "edtf" and not found.edtf:
            found.edtf = fields.text(said.any, "k")
            fields.use(said.main, "2")


def take_notes(fields: Fields, found: Description) -> None:
    """Read what becomes text, in the record's order."""
    for said in fields.every:
        if said.tag in NOTES:
            name, codes = NOTES[said.tag]
            found.notes.append((name, noted(fields, said, codes, sentence=said.tag[0] == "5")))
        elif said.tag == "520":
            found.summary.append(noted(fields, said, "ab", sentence=True))
        elif said.tag in SUBJECTS:
            take_subject(fields, said, found)
        elif said.tag == "830":
            take_series(fields, said, found)


def take_series(fields: Fields, said: Said, found: Description) -> None:
    """Read the form of a series under which it is filed, where no 490 says it as printed."""
    if not any(name == "series" for name, _pair in found.notes):
        found.notes.append(("series", noted(fields, said, "anpv")))


def take_subject(fields: Fields, said: Said, found: Description) -> None:
    """Read a heading with its divisions; of our own records those of our own list are themes."""
    other, main = heading(fields, said.other), heading(fields, said.main)
    pair = (other, main) if other else (main, "") if said.script == TO_CHINESE else of_note(main)
    if found.own and said.main is not None and said.main.get("2") == LIST:
        found.themes.append(main)
    else:
        found.subjects.append(("", main) if said.script == TO_LATIN else pair)


def heading(fields: Fields, field: Field | None) -> str:
    """Return a heading in one script: its own words, then the divisions, parted by two strokes."""
    if field is None:
        return ""
    divisions = [tidy(sub.value) for sub in field.subfields if sub.code in DIVISIONS]
    fields.use(field, DIVISIONS + "2")
    text = "--".join(filter(None, [fields.text(field, "abcdnpqt"), *divisions]))
    return text if fields.own else text.rstrip(".")

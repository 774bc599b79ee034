"""A described book as the cells of a kind's table."""

from collections.abc import Iterator

from cms.catalogue.marc import MarcMap
from cms.importing.marc.description import OPENING, Description, Pair, of_note
from cms.importing.marc.labels import BETWEEN, paragraph
from cms.importing.marc.words import book_number, span_of

CHINESE, ENGLISH = 0, 1
LONGEST_TITLE = 255
"""Characters of a record's title."""


def cells_of(book: Description, kind: MarcMap, themes: frozenset[str]) -> dict[str, str]:
    """Return the text of each field that the record says something of; `themes` are the titles that the library has."""
    told, subjects = divided(book, themes)
    first, more = numbers(book)
    title, full_title = fitted(book.title[CHINESE] or book.title[ENGLISH])
    title_en, full_english = fitted(book.title[ENGLISH])
    cells = {
        "uid": book.number,
        "title": title,
        "title_en": title_en,
        "names": "\n".join(dict.fromkeys(book.names)),
        "date_text": book.date[CHINESE],
        "date_text_en": book.date[ENGLISH],
        "date_edtf": book.edtf or ("" if book.own else span_of(book.date[CHINESE])),
        "summary": joined(book.summary, CHINESE, ("\n", "\n")),
        "summary_en": joined(book.summary, ENGLISH, ("\n", "\n")),
        "themes": "；".join(told),
        kind.isbn: first,
        kind.publisher: book.publisher,
        kind.address: book.addresses[0] if book.addresses else "",
        **in_fields(book, kind),
    }
    full = dict.fromkeys(filter(None, (full_title, full_english)))
    notes = [*headings(book, kind, more), *(("full_title", of_note(text)) for text in full), *book.notes_in_order()]
    if subjects:
        notes += [("subject", (joined(subjects, CHINESE), "")), ("subject", ("", joined(subjects, ENGLISH)))]
    for side, name in enumerate(("body", "body_en")):
        cells[name] = "\n\n".join(paragraph(what, pair[side], side) for what, pair in notes if pair[side])
    return {name: text for name, text in cells.items() if name and text}


def fitted(title: str) -> tuple[str, str]:
    """Return a title as a record takes it, and the whole of one that was too long for that."""
    if len(title) <= LONGEST_TITLE:
        return title, ""
    return title[: LONGEST_TITLE - 1].rstrip() + "…", title


def joined(pairs: list[Pair], side: int, between: Pair = BETWEEN) -> str:
    """Return all that is said in one language."""
    return between[side].join(pair[side] for pair in pairs if pair[side])


def divided(book: Description, themes: frozenset[str]) -> tuple[list[str], list[Pair]]:
    """Return the subjects that are themes of the library, and those that are not."""
    told = [title for title in book.themes if title in themes]
    others: list[Pair] = [of_note(title) for title in book.themes if title not in themes]
    for pair in book.subjects:
        known = "" if book.own else next((title for title in pair if title in themes), "")
        if known:
            told.append(known)
        else:
            others.append(pair)
    return list(dict.fromkeys(told)), others


def numbers(book: Description) -> tuple[str, list[str]]:
    """Return the book's number, and others; what stands beside a number is left, and said."""
    if book.own:
        return (book.isbns[0] if book.isbns else ""), book.isbns[1:]
    read = []
    for text in book.isbns:
        number, rest = book_number(text)
        if number and number not in read:
            read.append(number)
        if rest:
            book.left["ISBN (…)" if number else "ISBN (?)"] += 1
    return (read[0] if read else ""), read[1:]


def makers(book: Description, role: str) -> list[Pair]:
    """Return who did something."""
    return [pair for one, pair in book.makers if one == role]


def in_fields(book: Description, kind: MarcMap) -> dict[str, str]:
    """Return what the kind has fields of its own for, in both languages."""
    found: dict[str, str] = {}
    for (chinese, english), pairs in (
        (kind.author, makers(book, "author")),
        (kind.illustrator, makers(book, "illustrator")),
        (kind.translator, makers(book, "translator")),
        (kind.edition, [book.edition]),
    ):
        found |= {chinese: joined(pairs, CHINESE), english: joined(pairs, ENGLISH)}
    return found


def headings(book: Description, kind: MarcMap, isbns: list[str]) -> Iterator[tuple[str, Pair]]:
    """Yield as notes what the kind has no field for."""
    yield from (note for name in OPENING for note in book.notes if note[0] == name)
    for role, pair in book.makers:
        known = role in ("author", "illustrator", "translator")
        if known and kind.maker(role)[CHINESE]:
            continue
        text = pair if known else tuple(f"{one}（{role}）" if one else "" for one in pair)
        yield role if known else "contributor", as_note((text[CHINESE], text[ENGLISH]))
    if any(book.edition) and not kind.edition[CHINESE]:
        yield "edition", as_note(book.edition)
    if book.publisher and not kind.publisher:
        yield "publisher", of_note(book.publisher)
    others = isbns if kind.isbn else book.isbns
    yield from (("isbn", of_note(number)) for number in others)
    yield from (("address", of_note(text)) for text in book.addresses[1 if kind.address else 0 :])


def as_note(pair: Pair) -> Pair:
    """Return a name as part of running text, where what is the same in both languages stands once."""
    return of_note(pair[CHINESE]) if pair[ENGLISH] in ("", pair[CHINESE]) else pair

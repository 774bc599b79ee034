"""What a client asks: JSON in a field of a form or of the address, read with care, refused in words."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from cms.dates import Span, UnreadableDate, read
from cms.matching.matcher import readable

LARGEST = 2**20
"""Bytes of one request: fifty questions have some thousands."""
MOST_QUERIES = 50
MOST_CANDIDATES = 25
FEW = 5
"""Candidates of a question that does not say how many."""
MOST_PROPERTIES = 20
MOST_IDS = 200
STRICTNESS = ("should", "all", "any")
Values = list[str]


class Refused(Exception):
    """A request cannot be answered; the text says why, `status` is that of HTTP."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Question:
    """One name to be looked up: types by their ids, and what is said of it besides, by property."""

    text: str
    types: tuple[str, ...] = ()
    strict: str = "should"
    limit: int = FEW
    properties: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def value(self, name: str) -> str:
        """Return the first value of a property; "" for none."""
        return next((values[0] for pid, values in self.properties if pid == name and values), "")

    @property
    def when(self) -> Span | None:
        """The time that it is said of; a date that nobody can read says nothing."""
        for name in ("date", "edtf"):
            try:
                if text := self.value(name):
                    return read(text)
            except UnreadableDate:
                continue
        return None


@dataclass(frozen=True)
class Extension:
    """Numbers of records, and the properties that are wanted of each."""

    ids: tuple[str, ...]
    properties: tuple[str, ...]


def field(request: HttpRequest, name: str) -> str | None:
    """Return a field of a form or of the address; None where it is in neither. Refused for one that is too large."""
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            raise Refused(_("一次最多 %(most)d KB。") % {"most": LARGEST // 1024}, 413)
        found = request.POST.get(name, request.GET.get(name))
    except (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError, ValueError):
        raise Refused(_("这个表单读不出来。")) from None
    return None if found is None else str(found)


def decoded(text: str, name: str) -> dict[str, Any]:
    """Return the object that a field holds; Refused where it is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(_("“%(name)s”不是 JSON。") % {"name": name}) from None
    if not isinstance(found, dict):
        raise Refused(_("“%(name)s”要是一个 JSON 对象。") % {"name": name})
    return found


def questions(text: str) -> dict[str, Question]:
    """Return a batch of questions by their keys."""
    batch = decoded(text, "queries")
    if len(batch) > MOST_QUERIES:
        raise Refused(_("一次最多 %(most)d 个问题。") % {"most": MOST_QUERIES}, 413)
    return {key: question(key, one) for key, one in batch.items()}


def question(key: str, told: Any) -> Question:
    """Return one question; Refused names it by its key where it is none."""
    place = f"queries.{key[:40]!a}"
    if not isinstance(told, dict):
        raise Refused(_("“%(name)s”要是一个 JSON 对象。") % {"name": place})
    text = told.get("query", "")
    if not isinstance(text, str):
        raise Refused(_("“%(name)s”要是文字。") % {"name": f"{place}.query"})
    properties = tuple(property_of(place, one) for one in listed(told.get("properties", []), f"{place}.properties"))
    made = Question(
        readable(text),
        tuple(types(told.get("type", []), f"{place}.type")),
        next((one for one in STRICTNESS if one == told.get("type_strict")), STRICTNESS[0]),
        limit(told.get("limit", FEW), f"{place}.limit"),
        properties,
    )
    if not (made.text or properties):
        raise Refused(_("“%(name)s”要有 query 或 properties。") % {"name": place})
    return made


def listed(told: Any, place: str) -> list[Any]:
    """Return a list that is not too long."""
    if not isinstance(told, list) or len(told) > MOST_PROPERTIES:
        raise Refused(_("“%(name)s”要是一个最多 %(most)d 项的列表。") % {"name": place, "most": MOST_PROPERTIES})
    return told


def types(told: Any, place: str) -> Values:
    """Return ids of types: one alone, several, or as objects."""
    several = listed([told] if isinstance(told, str | dict) else told or [], place)
    return [readable(scalar(one)) for one in several if scalar(one)]


def limit(told: Any, place: str) -> int:
    """Return how many candidates are wanted, at least one."""
    if isinstance(told, bool) or not isinstance(told, int | float) or not 1 <= told < 10**9:
        raise Refused(_("“%(name)s”要是大于 0 的整数。") % {"name": place})
    return min(int(told), MOST_CANDIDATES)


def property_of(place: str, told: Any) -> tuple[str, tuple[str, ...]]:
    """Return a property with its values as texts; one that was reconciled itself is its number."""
    if not isinstance(told, dict) or not isinstance(told.get("pid"), str) or "v" not in told:
        raise Refused(_("“%(name)s”的每一项要有 pid 和 v。") % {"name": f"{place}.properties"})
    values = told["v"] if isinstance(told["v"], list) else [told["v"]]
    return readable(told["pid"]), tuple(filter(None, (readable(scalar(one)) for one in values[:MOST_PROPERTIES])))


def scalar(told: Any) -> str:
    """Return a value as a text; of an object its id."""
    if isinstance(told, dict):
        told = told.get("id", told.get("name", ""))
    return str(told) if isinstance(told, str | int | float) else ""


def extension(text: str) -> Extension:
    """Return what is wanted of which records; Refused where that cannot be read or is too much."""
    told = decoded(text, "extend")
    ids, wanted = told.get("ids"), told.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise Refused(_("“%(name)s”要是一个编号的列表。") % {"name": "extend.ids"})
    if len(ids) > MOST_IDS:
        raise Refused(_("一次最多 %(most)d 个编号。") % {"most": MOST_IDS}, 413)
    names = [scalar(one) for one in listed(wanted, "extend.properties")]
    return Extension(tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(filter(None, names))))


def number(text: str) -> int:
    """Return how many suggestions to skip; nothing for what is no number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0

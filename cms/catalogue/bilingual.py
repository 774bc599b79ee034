"""Pairs of fields, Chinese and English, on one record; which text a reader gets, and how old it is."""

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Model
from django.utils.translation import get_language

CHINESE, ENGLISH = "zh-Hans", "en"
MISSING, DRAFT, APPROVED, STALE = "missing", "draft", "approved", "stale"


@dataclass(frozen=True)
class Said:
    """A text in the language it is in; `fallback` tells that the reader asked for another."""

    text: str
    lang: str
    fallback: bool


@cache
def pairs(model: type[Model]) -> tuple[str, ...]:
    """Return the names of the Chinese fields that have an English partner `<name>_en`."""
    names = {f.name for f in model._meta.get_fields()}
    return tuple(sorted(n for n in names if f"{n}_en" in names))


def in_english() -> bool:
    """Tell whether the page is being drawn for a reader of English."""
    return (get_language() or "").startswith("en")


def say(thing: Model | None, field: str) -> Said:
    """Return the field in the reader's language, or in the other where that is all there is."""
    chinese, english = getattr(thing, field, ""), getattr(thing, f"{field}_en", "")
    if in_english():
        return Said(english, ENGLISH, False) if english else Said(chinese, CHINESE, bool(chinese))
    return Said(chinese, CHINESE, False) if chinese else Said(english, ENGLISH, bool(english))


def fingerprint(text: str) -> str:
    """Return a short hash of a text, enough to see that it changed."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def settle(record: dict[str, Any] | None, chinese: str, english: str, approve: bool) -> dict[str, Any] | None:
    """Return what is known of one pair after an edit: its state, and the texts that the state was given for."""
    if not english:
        return None
    zh, en = fingerprint(chinese), fingerprint(english)
    if record is None or record["en"] != en:
        return {"state": APPROVED if approve else DRAFT, "zh": zh, "en": en}
    if record["zh"] != zh:
        return {"state": STALE, "zh": zh, "en": en}
    if approve:
        return {**record, "state": APPROVED}
    return record

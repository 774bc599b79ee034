"""The facts of a stop as plain values, so that two times can be compared: what a pack was made from, and what holds now."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from cms.models import Holding
from tours.guiding.told import Telling, Told

Facts = dict[str, Any]
"""`stop` (its id), `number`, `gap`, each of `FIELDS` as text or a list of texts, and `of`: the ids of what they tell."""
FIELDS = ("title", "date", "summary", "lines", "paragraphs", "marks", "sources", "pictures", "way")


@dataclass(frozen=True)
class Change:
    """One stop that is no longer what it was; `fields` maps what changed to its text before and now."""

    number: int
    gap: bool
    gone: bool
    fields: dict[str, tuple[str, str]]


def facts_of(told: Told) -> Facts:
    """Return the facts of one stop. Where nothing is left they are its number alone: nothing of what is hidden is kept."""
    facts: Facts = {"stop": told.stop.pk, "number": told.number, "gap": told.gap}
    if told.empty:
        return facts
    return {
        **facts,
        "title": told.title.text,
        "date": told.date,
        "summary": told.summary,
        "lines": list(told.lines),
        "paragraphs": list(told.paragraphs),
        "marks": "、".join(told.marks),
        "sources": [" ".join(filter(None, (s.text, s.page, s.url))) for s in told.sources],
        "pictures": [f"{p.alt} {p.credit} {p.image.digest or p.image.pk}" for p in told.pictures],
        "way": told.way,
        "of": sorted({thing.pk for thing in shown(told)} - {thing.pk for thing in told.withheld}),
    }


def shown(told: Told) -> list[Holding]:
    """Return the holdings whose facts, words or pictures stand at a stop."""
    return [thing for thing in (told.holding, told.story, *(p.holding for p in told.pictures)) if thing]


def fingerprint(telling: Telling, *others: str | bool | int) -> str:
    """Return a hash of all that goes into a pack of this telling; `others` are what else decides how it looks."""
    said = [
        *map(facts_of, telling.stops),
        telling.tour.title,
        telling.tour.title_en,
        telling.audience,
        telling.language,
    ]
    said += [[told.code, told.script, str(told.minutes), str(told.walking)] for told in telling.stops]
    return hashlib.sha256(json.dumps([said, others], ensure_ascii=True, default=str).encode()).hexdigest()


def changes(before: list[Facts], telling: Telling, unseen: frozenset[int] = frozenset()) -> list[Change]:
    """Return the stops that changed since: a fact, a place in the order, what became a gap, what is gone or new.

    What a fact was is not told where it was of one of the `unseen`, which nobody may see any more.
    """
    then = {facts["stop"]: facts for facts in before}
    made = [change for told in telling.stops if (change := changed(then.pop(told.stop.pk, None), told, unseen))]
    made += [Change(int(str(facts["number"])), False, True, {}) for facts in then.values()]
    return sorted(made, key=lambda change: change.number)


def changed(before: Facts | None, told: Told, unseen: frozenset[int]) -> Change | None:
    """Return what changed at one stop; None when nothing did."""
    if told.gap and (told.empty or not before or not before["gap"]):
        return None if before and before["gap"] else Change(told.number, True, False, {})
    now = facts_of(told)
    was = before or {}
    hushed = not unseen.isdisjoint(was.get("of", ()))
    fields = {
        field: ("" if hushed else text(was.get(field, "")), text(now[field]))
        for field in ("number", *FIELDS)
        if was.get(field, "") != now[field]
    }
    return Change(told.number, False, False, fields) if fields else None


def text(value: Any) -> str:
    """Return a fact as text."""
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)

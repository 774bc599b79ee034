"""The answers of the service, as JSON will say them: candidates, suggestions, and what is told of records."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpRequest

from cms.catalogue.bilingual import say
from cms.matching.matcher import Asked, Matcher, is_wanted
from cms.matching.scoring import Candidate
from cms.models import Holding, Relation
from cms.models.kinds import kind_of
from cms.models.uid import normal_uid
from cms.reconciling.properties import BY_ID, OF_NAMES, OF_TIME, agrees
from cms.reconciling.requests import Extension, Question
from cms.reconciling.types import kinds_of, named
from cms.visibility import visible
from search.headings import beginning
from search.sounds import plain

Told = dict[str, object]
OTHER_TYPE, OTHER_VALUE = 20, 15
"""What is taken off the score of a record of another type than was asked for, or with another value."""
MOST_FRESH = 1_000
"""Records that the index does not have yet and that are read for a batch; whoever saves more waits for the index."""
PER_PAGE = 10
LOOKED_AT = 1_000
"""Headings that are read for suggestions."""
LONGEST_SUMMARY = 80
LONGEST_PREFIX = 64


def seen(request: HttpRequest) -> "QuerySet[Holding]":
    """Return the records that whoever asks may see on the web, and whose rights let machines have them."""
    return visible(visible(Holding.objects.all(), request), request, use="api")


def whole(holdings: Iterable[Holding], request: HttpRequest) -> dict[int, Holding]:
    """Return holdings by id, each as one of its kind, with its names and what it is tied to that may be seen too."""
    ids = [holding.pk for holding in holdings]
    found = list(Holding.objects.filter(pk__in=ids).specific()) if ids else []
    ties = Relation.objects.filter(target__in=seen(request)).select_related("target")
    prefetch_related_objects(found, "names", Prefetch("relations", ties, to_attr="public_ties"))
    for holding in found:
        holding.seen_relations = [tie.target for tie in holding.public_ties]
    return {holding.pk: holding for holding in found}


def answered(batch: dict[str, Question], request: HttpRequest) -> dict[str, Told]:
    """Return the candidates of each question by its key."""
    matcher = Matcher(seen(request), most_fresh=MOST_FRESH)
    matcher.learn(filter(None, map(words, batch.values())))
    found = {key: candidates(question, matcher) for key, question in batch.items()}
    every = (one.record.holding for several in found.values() for one in several if one.record.holding)
    holdings = whole({holding.pk: holding for holding in every}.values(), request)
    return {key: {"result": ranked(batch[key], several, holdings, request)} for key, several in found.items()}


def words(question: Question) -> str:
    """Return what a record is looked up by: the words, or else what a property says that it is called."""
    return question.text or next(filter(None, map(question.value, OF_NAMES)), "")


def candidates(question: Question, matcher: Matcher) -> list[Candidate]:
    """Return the candidates of the types wanted. Where that is only a wish and there are none, those of others, and none certain."""
    text = words(question)
    if not text:
        return []
    several = [kinds_of(name) for name in question.types]
    wanted = frozenset[type[Holding]]().union(*several)
    if question.strict == "all" and several:
        wanted = frozenset.intersection(*several)
    if question.types and not wanted and question.strict != "should":
        return []
    found = matcher.candidates(Asked(text, wanted, question.when))
    if found or question.strict != "should" or not wanted:
        return found
    others = matcher.candidates(Asked(text, frozenset(), question.when))
    return [replace(one, score=max(one.score - OTHER_TYPE, 1), is_certain=False) for one in others]


def ranked(
    question: Question, found: list[Candidate], holdings: dict[int, Holding], request: HttpRequest
) -> list[Told]:
    """Return as many candidates as were asked for, weighed by what else was said of the thing."""
    made = []
    for one in found:
        holding = holdings.get(one.record.holding.pk) if one.record.holding else None
        if holding is not None:
            made.append((weighed(one, holding, question, request), holding))
    made.sort(key=lambda pair: (-pair[0].score, not pair[0].is_certain))
    return [told(one, holding) for one, holding in made[: question.limit]]


def weighed(one: Candidate, holding: Holding, question: Question, request: HttpRequest) -> Candidate:
    """Return a candidate, lower and not certain where a property says otherwise."""
    for name, wanted in question.properties:
        if name not in OF_TIME and wanted and agrees(holding, name, wanted, request) is False:
            one = replace(one, score=max(one.score - OTHER_VALUE, 1), is_certain=False)
    return one


def told(one: Candidate, holding: Holding) -> Told:
    """Return a candidate as the protocol has it; its features say by which name it was found, and how."""
    return {
        "id": one.uid,
        "name": say(holding, "title").text or one.uid,
        "description": described(holding, one.name),
        "type": [named(one.kind)],
        "score": one.score,
        "match": one.is_certain,
        "features": [
            {"id": f"by_{one.way.name.lower()}", "value": True},
            {"id": "in_use_then", "value": one.fits_time},
        ],
    }


def described(holding: Holding, name: str = "") -> str:
    """Return what tells a record from its namesakes: kind, number, the name by which it was found, date, sub-district, summary."""
    date = say(holding, "date_text").text if holding.shows_body else ""
    place = getattr(holding, "get_subdistrict_display", str)()
    other = name if name not in (holding.title, holding.title_en, holding.uid) else ""
    summary = say(holding, "summary").text
    short = summary if len(summary) <= LONGEST_SUMMARY else f"{summary[:LONGEST_SUMMARY]}…"
    parts = (str(kind_of(holding)._meta.verbose_name), holding.uid, other, date, str(place), short)
    return " · ".join(filter(None, parts))


def suggested(prefix: str, cursor: int, type_name: str, request: HttpRequest) -> list[Told]:
    """Return records whose number, title or name begins so, or has it in it; the next ones after `cursor`."""
    ids = list(seen(request).filter(uid=normal_uid(prefix)).values_list("pk", flat=True))
    if plain(prefix):
        ids += beginning(prefix[:LONGEST_PREFIX]).values_list("holding", flat=True)[:LOOKED_AT]
    order = {pk: at for at, pk in enumerate(dict.fromkeys(ids))}
    some = sorted(seen(request).filter(pk__in=order), key=lambda holding: order[holding.pk])
    wanted = kinds_of(type_name)
    page = list(islice((one for one in some if is_wanted(kind_of(one), wanted)), cursor, cursor + PER_PAGE))
    holdings = whole(page, request)
    return [
        {
            "id": one.uid,
            "name": say(one, "title").text or one.uid,
            "description": described(one),
            "notable": [named(kind_of(one))],
        }
        for one in (holdings[holding.pk] for holding in page if holding.pk in holdings)
    ]


def extended(asked: Extension, request: HttpRequest) -> Told:
    """Return the values of properties of records; a number that nobody may see has none of any, nor has a property that is unknown."""
    holdings = {holding.uid: holding for holding in whole(seen(request).filter(uid__in=asked.ids), request).values()}
    meta = [BY_ID[name].told() if name in BY_ID else {"id": name, "name": name} for name in asked.properties]
    rows = {uid: {name: values(holdings.get(uid), name, request) for name in asked.properties} for uid in asked.ids}
    return {"meta": meta, "rows": rows}


def values(holding: Holding | None, name: str, request: HttpRequest) -> list[Told]:
    """Return the values of one property."""
    return list(BY_ID[name].values(holding, request)) if holding is not None and name in BY_ID else []

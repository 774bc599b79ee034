"""A query as one Elasticsearch request: hits, total, facets and counts of names at once."""

from __future__ import annotations

from typing import Any

from search import ranking
from search.analysis import elements
from search.document import FACETS
from search.engines.counting import MOST
from search.engines.elasticsearch.schema import OWN, PARTS, key
from search.query import Group, Phrase, Query

MOST_DECADES = 1000
MOST_IDS = 50_000
"""Ids in one clause; a server takes 65,536."""

Clause = dict[str, Any]

FORMULAS = {
    "title": f"{ranking.TITLE}L + {ranking.TITLE}L * p / doc['title_length'].value",
    "names": f"{ranking.NAMES}L + {ranking.NAMES}L * p / doc['names_length'].value",
    "ties": f"{ranking.TIES}L",
    "text": (f"{ranking.TEXT * ranking.LONG_TEXT}L * n / ({ranking.LONG_TEXT}L * (n + 1L) + doc['text_length'].value)"),
}
"""The formulas of `search.ranking`, in the server's language."""


def request(query: Query, page: int) -> dict[str, Any]:
    """The body of a search for one page."""
    chosen = {
        name: {"terms": {name: sorted(key(name, value) for value in values)}} for name, values in query.chosen().items()
    }
    return {
        "size": query.size,
        "from": (page - 1) * query.size,
        "track_total_hits": True,
        "_source": False,
        "query": {"bool": {"must": [_wanted(query)], "filter": _spans(query), "must_not": _hidden(query)}},
        "post_filter": {"bool": {"filter": list(chosen.values())}},
        "sort": _order(query),
        "aggs": {**_facets(chosen), **_aliases(query, chosen)},
    }


def _wanted(query: Query) -> Clause:
    if not query.groups:
        return {"match_none": {}} if query.impossible else {"constant_score": {"filter": {"match_all": {}}, "boost": 0}}
    found: Clause = {
        "bool": {
            "must": [_group(group) for group in query.groups],
            "filter": [_in("literal", phrase) for phrase in query.phrases if phrase.exact],
            "should": [{"dis_max": {"queries": [_full("whole_title", query), _full("whole_names", query)]}}],
        }
    }
    if not query.first:
        return found
    put_first = {"constant_score": {"filter": {"terms": {"id": list(query.first)}}, "boost": ranking.FIRST}}
    return {"bool": {"should": [found, put_first], "minimum_should_match": 1}}


def _in(field: str, phrase: Phrase) -> Clause:
    """The phrase as it was typed, read by the field's own analyser; alone, its one element is looked up."""
    return {"match_phrase": {f"{field}.alone" if phrase.single else field: phrase.typed}}


def _group(group: Group) -> Clause:
    """One of the alternatives in any part; of the alternatives the heaviest counts, in each part."""
    parts = [
        {"dis_max": {"queries": [_weighed(part, phrase, alias=bool(rank)) for rank, phrase in enumerate(group)]}}
        for part in PARTS
    ]
    return {"bool": {"should": parts, "minimum_should_match": 1}}


def _weighed(part: str, phrase: Phrase, *, alias: bool) -> Clause:
    """A phrase's own weight in a part; its score is the number of times that it stands there."""
    source = f"long p = params.phrase; long n = (long) _score / params.pairs; return ({FORMULAS[part]}) / params.share;"
    params = {
        "phrase": len(phrase.folded.encode()),
        # The score of a row of pairs is the sum over its pairs, each as often as the whole row.
        "pairs": max(1, len(elements(phrase.folded)) - 1),
        "share": ranking.ALIAS if alias else 1,
    }
    return {"script_score": {"query": _in(part, phrase), "script": {"source": source, "params": params}}}


def _full(field: str, query: Query) -> Clause:
    boost = ranking.FULL_TITLE if field == "whole_title" else ranking.FULL_NAME
    return {"constant_score": {"filter": {"term": {field: query.whole}}, "boost": boost}}


def _spans(query: Query) -> list[Clause]:
    """The span of a holding must meet the days asked for; an open end goes on, no date meets none."""
    if query.since is None and query.until is None:
        return []
    clauses = [_either([_exists("first"), _exists("last")])]
    if query.until is not None:
        clauses.append(_either([{"range": {"first": {"lte": query.until}}}, _without("first")]))
    if query.since is not None:
        clauses.append(_either([{"range": {"last": {"gte": query.since}}}, _without("last")]))
    return clauses


def _either(clauses: list[Clause]) -> Clause:
    return {"bool": {"should": clauses, "minimum_should_match": 1}}


def _exists(field: str) -> Clause:
    return {"exists": {"field": field}}


def _without(field: str) -> Clause:
    return {"bool": {"must_not": [_exists(field)]}}


def _hidden(query: Query) -> list[Clause]:
    ids = sorted(query.exclude)
    return [{"terms": {"id": ids[start : start + MOST_IDS]}} for start in range(0, len(ids), MOST_IDS)]


def _order(query: Query) -> list[Clause]:
    by_weight: list[Clause] = [{"_score": "desc"}, {"id": "asc"}]
    if query.sort == "oldest":
        return [{"first": {"order": "asc", "missing": "_last"}}, *by_weight]
    if query.sort == "newest":
        return [{"last": {"order": "desc", "missing": "_last"}}, *by_weight]
    return by_weight


def _facets(chosen: dict[str, Clause]) -> dict[str, Any]:
    """Each facet counts what passes the filters of all the others, so one more of its values can be chosen."""

    def counted(name: str) -> dict[str, Any]:
        size = MOST_DECADES if name == "decades" else MOST
        values = {"terms": {"field": name, "size": size, "order": [{"_count": "desc"}, {"_key": "asc"}]}}
        if name not in chosen:
            return {"values": values}
        # What is chosen is counted even when sixty others are more frequent.
        taken = chosen[name]["terms"][name]
        return {"values": values, "chosen": {"terms": {"field": name, "include": taken, "size": len(taken)}}}

    return {
        name: {
            "filter": {"bool": {"filter": [clause for other, clause in chosen.items() if other != name]}},
            "aggs": counted(name),
        }
        for name in FACETS
    }


def _aliases(query: Query, chosen: dict[str, Clause]) -> dict[str, Any]:
    """How many of the hits have each of the names that a query is answered by."""
    names = [phrase for group in query.groups if len(group) > 1 for phrase in group]
    if not names:
        return {}
    anywhere = [{"bool": {"should": [_in(part, phrase) for part in OWN]}} for phrase in names]
    counted = {"filters": {"filters": {phrase.folded: clause for phrase, clause in zip(names, anywhere, strict=True)}}}
    return {"aliases": {"filter": {"bool": {"filter": list(chosen.values())}}, "aggs": {"names": counted}}}

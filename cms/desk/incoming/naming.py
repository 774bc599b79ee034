"""What somebody says a name in a table means: a record that was offered, or a new one, for all cells of the upload that say so."""

import csv
import re
from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User

from cms.catalogue.columns import COMMON
from cms.desk.incoming.receiving import free
from cms.models import Incoming, IncomingRow, NameChoice
from cms.models.kinds import kind_named
from cms.models.uid import next_uid
from search.sounds import plain

PLACE = re.compile(r"name\.([0-9]{1,18})\.([0-9]{1,6})\.([0-9]{1,4})")
NEW = "new."
HEADINGS = [column.heading for column in COMMON if column.field in ("uid", "title")]
"""Of the table of records that are made because a name asks for them."""


def take(incoming: Incoming, posted: dict[str, str], user: User) -> None:
    """Take the choices of a form, of what was offered alone; the upload is saved by whoever calls."""
    rows: dict[int, IncomingRow] = {}
    for field, value in posted.items():
        if not value or not (found := PLACE.fullmatch(field)):
            continue
        number, place, at = map(int, found.groups())
        if number not in rows:
            rows |= {row.pk: row for row in incoming.rows.filter(pk=number)}
        if ask := asked(rows.get(number), place, at):
            choose(incoming, ask, value, user)


def asked(row: IncomingRow | None, place: int, at: int) -> dict[str, Any] | None:
    """Return a question of a row; None for none that there is."""
    cells = row.cells if row else []
    asks = cells[place].get("asks", []) if place < len(cells) else []
    return asks[at] if at < len(asks) else None


def choose(incoming: Incoming, ask: dict[str, Any], value: str, user: User) -> None:
    """Note what a name means, for this upload and for the next time; the first choice for a name holds."""
    name = plain(ask["text"])
    kind = value.removeprefix(NEW)
    if value.startswith(NEW) and kind in ask["kinds"]:
        if name not in incoming.names:
            incoming.names[name] = make(incoming, kind, ask["text"])
    elif value in {option["uid"] for option in ask["options"]}:
        incoming.names[name] = value
        NameChoice.objects.update_or_create(user=user, name=name, defaults={"uid": value})


def last_choices(texts: Collection[str], user: User) -> dict[str, str]:
    """Return which record somebody chose the last time for each of some names."""
    names = {text: plain(text) for text in texts}
    found = dict(NameChoice.objects.filter(user=user, name__in=set(names.values())).values_list("name", "uid"))
    return {text: found[name] for text, name in names.items() if name in found}


def make(incoming: Incoming, kind: str, title: str) -> str:
    """Add a record to those that come in along with an upload, as a row of a table of its own; returns its number."""
    model = kind_named(kind)
    if model is None:
        raise LookupError(kind)
    uid = next_uid(model.code)
    table = next((one for one in incoming.tables if "made" in one and one["model"] == kind), None)
    if table is None:
        file = free(incoming.folder / f"{kind}.csv").name
        table = {"file": file, "title": "", "head": 1, "encoding": "UTF-8", "found": HEADINGS, "samples": {}}
        table |= {"model": kind, "headings": {}, "cells": {}, "takes": {}, "rows": 0, "made": []}
        incoming.tables.append(table)
    table["made"].append([uid, title])
    # Written anew from what the upload says, so that a row of a choice that was never saved is in no file.
    with (incoming.folder / table["file"]).open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([HEADINGS, *table["made"]])
    return uid

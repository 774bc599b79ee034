"""What the page of an upload shows: how it was read, what is wrong, what would change, and how it can come in."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.desk.incoming.forms import kinds, meanings, record_kinds, ways
from cms.desk.incoming.naming import NEW, last_choices
from cms.desk.incoming.recognising import unknown
from cms.desk.rights import DeskRequest
from cms.importing.sheets import importable
from cms.models import Incoming, IncomingRow

PER_PAGE = 50
State, RowState = Incoming.State, IncomingRow.State
ORDER = (RowState.WRONG, RowState.BOTH, RowState.CHANGED, RowState.NEW, RowState.SAME)
AFTERWARDS = (RowState.SAVED, RowState.LEFT, RowState.WRONG, RowState.BOTH, RowState.SAME)


Line = tuple[IncomingRow, list[tuple[int, dict[str, Any]]]]
"""A row with its cells, numbered as the form names them."""


@dataclass(frozen=True)
class Tally:
    """How many rows are of one sort, and where they are listed."""

    state: str
    label: str
    count: int
    url: str
    is_shown: bool


def drawn(incoming: Incoming, request: DeskRequest) -> dict[str, Any]:
    """Return the context of the page."""
    counts = incoming.counts()
    order = AFTERWARDS if incoming.batch_id or incoming.state == State.SAVED else ORDER
    asked = request.GET.get("show", "")
    shown = asked if asked in order else next((state for state in order if counts[state]), order[0])
    rows = incoming.rows.filter(state=shown)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    total = sum(counts.values())
    return {
        "page_title": _("批量改") if incoming.is_batch_change else _("导入表格"),
        "page_subtitle": incoming.source,
        "header_icon": "edit" if incoming.is_batch_change else "upload",
        "incoming": incoming,
        "tables": [read_as(table, at) for at, table in enumerate(incoming.tables) if "found" in table],
        "tallies": tallies(incoming, counts, shown, order),
        "total": total,
        "good": total - counts[RowState.WRONG] - counts[RowState.SAME],
        "counts": counts,
        "shown": shown,
        "page": page,
        "lines": asking(lines(page), request.user) if shown == RowState.WRONG else lines(page),
        "steps": steps(incoming),
        "ways": ways(request.user),
        "changed_cells": sum(len(row.cells) for row in page) if shown == RowState.CHANGED else 0,
    }


def tallies(incoming: Incoming, counts: dict[str, int], shown: str, order: tuple[str, ...]) -> list[Tally]:
    """Return the totals that add up to the rows of the tables."""
    address = reverse("incoming_one", args=[incoming.pk])
    return [
        Tally(state, str(RowState(state).label), counts[state], f"{address}?show={state}", state == shown)
        for state in order
        if counts[state] or state not in (RowState.BOTH, RowState.LEFT)
    ]


def lines(page: "Page[IncomingRow]") -> list[Line]:
    """Return rows with their cells numbered, as the form names them."""
    return [(row, list(enumerate(row.cells))) for row in page]


def asking(rows: list[Line], user: User) -> list[Line]:
    """Let each name be asked about once on a page, at its first cell; the last choice is proposed."""
    every = [(row, ask) for row, cells in rows for _place, cell in cells for ask in cell.get("asks", [])]
    first: dict[str, tuple[int, dict[str, Any]]] = {}
    last = last_choices({ask["text"] for _row, ask in every}, user)
    for row, ask in every:
        number, one = first.setdefault(ask["text"], (row.number, ask))
        ask["elsewhere"] = 0 if one is ask else number
        ask["last"] = last.get(ask["text"], "")
        ask["options"] = [{**option, "label": name_of(option["kind"])} for option in ask["options"]]
        ask["makes"] = [(f"{NEW}{kind}", name_of(kind)) for kind in ask["kinds"]]
    return rows


def name_of(kind: str) -> str:
    """Return what one of a kind is called."""
    return str(importable()[kind]._meta.verbose_name) if kind in importable() else kind


def read_as(table: dict[str, Any], at: int) -> dict[str, Any]:
    """Return how a table was read, and what is to be asked of it."""
    name = table["model"]
    headings = table["found"]
    asked = set(unknown(table))
    chosen = table["headings"]
    known = [heading for heading in headings if heading not in asked and heading not in chosen]
    return {
        **table,
        "at": at,
        "label": importable()[name]._meta.verbose_name if name else "",
        "glyph": getattr(importable()[name], "glyph", "") if name else "",
        "known": known,
        "kinds": record_kinds() if table.get("is_marc") else kinds(),
        "meanings": meanings(name) if name else [],
        "others": [
            (place, heading, table["samples"].get(heading, []), chosen.get(heading, ""))
            for place, heading in enumerate(headings)
            if heading in asked or heading in chosen
        ],
    }


def steps(incoming: Incoming) -> list[tuple[str, str]]:
    """Return the five steps, each done, under way or to come."""
    names = [_("选文件"), _("对栏目"), _("检查"), _("预览"), _("入库")]
    now = {
        State.ASKING: 1,
        State.REFUSED: 0,
        State.CHECKING: 2,
        State.CHECKED: 2 if incoming.rows.filter(state=RowState.WRONG).exists() else 3,
        State.SAVING: 4,
        State.SAVED: 5,
    }[State(incoming.state)]
    return [(name, "did" if at < now else "now" if at == now else "") for at, name in enumerate(names)]

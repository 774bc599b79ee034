"""An upload as the importer takes it."""

from cms.importing.sheets import importable
from cms.importing.source import Source, Wishes
from cms.models import Incoming


def sources(incoming: Incoming) -> list[Source]:
    """Return the tables of an upload, with the versions of records that the first check saw."""
    bases: dict[int, dict[int, str]] = {}
    rows = incoming.rows.exclude(base="").values_list("table", "number", "base")
    for table, number, base in rows:
        bases.setdefault(table, {})[number] = base
    return [
        Source(
            importable()[table["model"]],
            incoming.folder / table["file"],
            table["title"],
            table["head"],
            table["headings"],
            {int(number): cells for number, cells in table["cells"].items()},
            {int(number): cells for number, cells in table["takes"].items()},
            bases.get(at, {}),
        )
        for at, table in enumerate(incoming.tables)
    ]


def wishes(incoming: Incoming) -> Wishes:
    """Return how an upload is to come in."""
    return Wishes(incoming.become, incoming.leave_empty, by_right=True, names=incoming.names)

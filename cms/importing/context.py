"""What the readers of cells need to know: which numbers exist, which themes, where the pictures lie."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from cms.importing.errors import CellError
from cms.importing.naming import Namer
from cms.importing.signs import bare, shown
from cms.models import Holding
from cms.models.kinds import Tabled
from cms.models.uid import normal_uid

NUMBERED = re.compile(r"[A-Z0-9]+-[A-Z]{2}-[0-9]+")
"""What is a number of the library's own and no name, whether it has it or not."""


@dataclass
class Context:
    """One file being checked: its model and folder, and what the library and the batch hold together.

    `kinds` is the kind of every number, `numbers` the number of each however it is written; `notes` are what the readers of
    the present row want the librarian to know. `namer` reads names in the place of numbers; `dates` are what the present row
    says of its time, and `named` which names of its cell were taken for which records. `heirs` are the numbers of the
    records into which others were merged, by those of the others.
    """

    model: Tabled
    folder: Path
    kinds: dict[str, type[Holding]] = field(default_factory=dict)
    themes: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    heirs: dict[str, str] = field(default_factory=dict)
    namer: Namer | None = None
    dates: tuple[str, ...] = ()
    named: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        """Remember what the librarian should know of a cell that was read."""
        self.notes.append(text)

    def number(self, cell: str) -> str:
        """Return a number as the library has it; a new one in capitals."""
        return cell if cell in self.kinds else self.numbers.get(normal_uid(cell), normal_uid(cell))

    def known(self, cell: str, wanted: Collection[type[Holding]] | None = None) -> str:
        """Return the number of a holding in the library or in this batch, by number or by a name that is certain.

        `wanted` are the kinds that a name may mean, None for any. CellError where there is no such record.
        """
        number = self.number(bare(cell))
        if number in self.kinds:
            return number
        if heir := self.heirs.get(number):
            self.named.append(f"{shown(cell)} → {heir}")
            return heir
        if self.namer is None or NUMBERED.fullmatch(number) or (wanted is not None and not wanted):
            raise CellError(f"馆里和本批都没有编号“{shown(cell)}”。")
        meant = self.namer.meant(cell, frozenset(wanted or ()), self.dates, self.kinds)
        self.named.append(f"{shown(cell)} → {meant.uid} {meant.title}")
        return meant.uid

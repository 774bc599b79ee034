"""What the readers of cells need to know: which numbers exist, which themes, where the pictures lie."""

from dataclasses import dataclass, field
from pathlib import Path

from cms.importing.errors import CellError
from cms.importing.signs import bare, shown
from cms.models import Holding
from cms.models.kinds import Tabled
from cms.models.uid import normal_uid


@dataclass
class Context:
    """One file being checked: its model and folder, and what the library and the batch hold together.

    `kinds` is the kind of every number, `numbers` the number of each however it is written; `notes` are what the readers of
    the present row want the librarian to know.
    """

    model: Tabled
    folder: Path
    kinds: dict[str, type[Holding]] = field(default_factory=dict)
    themes: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        """Remember what the librarian should know of a cell that was read."""
        self.notes.append(text)

    def number(self, cell: str) -> str:
        """Return a number as the library has it; a new one in capitals."""
        return cell if cell in self.kinds else self.numbers.get(normal_uid(cell), normal_uid(cell))

    def known(self, cell: str) -> str:
        """Return the number of a holding in the library or in this batch; CellError where there is none."""
        number = self.number(bare(cell))
        if number not in self.kinds:
            raise CellError(f"馆里和本批都没有编号“{shown(cell)}”。")
        return number

"""One table as somebody asks for it: the file, what it fills, which headings mean which, and the cells that were mended since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cms.models.kinds import Tabled


@dataclass(frozen=True)
class Source:
    """A file, or of a workbook one sheet (`title`), with the model that it fills.

    `head` is the number of the row with the headings. `headings` says by heading which of the model's is meant, "" for none; `cells` holds mended cells by the row's number and
    the model's heading; `takes` by number and heading the version of a record at which somebody chose the table's cell though
    both sides had changed; `bases` the version of a record from which a row goes out, where the table says none.
    """

    model: Tabled
    path: Path
    title: str = ""
    head: int = 1
    headings: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    takes: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    bases: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wishes:
    """How a table is to come in. `become` is published, draft or review; an empty cell clears, or leaves what is there.

    With `by_right` whoever brings it in needs the rights for it; the command line has every right. `names` says by its plain
    form which record somebody chose for a name.
    """

    become: str = "published"
    leave_empty: bool = False
    by_right: bool = False
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def as_drafts(self) -> bool:
        """Whether nothing of it is to be seen by readers yet."""
        return self.become != "published"

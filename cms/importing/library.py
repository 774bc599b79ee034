"""What writing needs to know of the library: numbers of rows by uid, pictures, recordings, and drafts that wait."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from cms.importing.album import Album
from cms.importing.drafts import Drafts
from cms.importing.tape import Tape
from cms.models import Holding


@dataclass
class Library:
    """The library as one import meets it. `notes` are lines for the librarian on what happened to single rows."""

    ids: dict[str, int] = field(default_factory=dict)
    album: Album = field(default_factory=Album)
    tape: Tape = field(default_factory=Tape)
    drafts: Drafts = field(default_factory=Drafts)
    notes: list[str] = field(default_factory=list)
    progress: Callable[[int], None] = lambda _rows: None
    knows_all: bool = False

    def learn(self, rows: Iterable[Holding]) -> None:
        """Learn the numbers of all records, and later, as a large table goes in by pieces, of the rows just written."""
        if self.knows_all:
            self.ids.update({one.uid: one.pk for one in rows})
        else:
            self.ids = dict(Holding.objects.values_list("uid", "pk"))
            self.knows_all = True

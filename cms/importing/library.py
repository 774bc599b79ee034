"""What writing needs to know of the library: numbers of rows by uid, pictures, recordings, and drafts that wait."""

from dataclasses import dataclass, field

from cms.importing.album import Album
from cms.importing.drafts import Drafts
from cms.importing.tape import Tape


@dataclass
class Library:
    """The library as one import meets it. `notes` are lines for the librarian on what happened to single rows."""

    ids: dict[str, int] = field(default_factory=dict)
    album: Album = field(default_factory=Album)
    tape: Tape = field(default_factory=Tape)
    drafts: Drafts = field(default_factory=Drafts)
    notes: list[str] = field(default_factory=list)

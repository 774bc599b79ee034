"""The recordings of a book as cells of its tables, with the files beside them."""

import shutil
from pathlib import Path

from picturebooks.importing.telling import Told

FIELDS = {"zh": "sound_zh", "en": "sound_en"}


class Sounds:
    """Copies a book's recordings into a folder; `row` says what a page's row has of them."""

    def __init__(self, told: Told, folder: Path) -> None:
        self.told = told
        self.names: dict[tuple[str, int], str] = {}
        for (lang, page), take in told.takes.items():
            folder.mkdir(exist_ok=True)
            name = self.names[lang, page] = f"{told.files.key}-{lang}-{page:03d}{take.path.suffix.lower()}"
            shutil.copyfile(take.path, folder / name)

    def row(self, page: int) -> dict[str, str]:
        """Return the cells of a page, 0 for the book itself; none at all where the folder has no recording of that sort."""
        cells = {}
        for lang, field in FIELDS.items():
            if not any(told == lang and bool(at) == bool(page) for told, at in self.names):
                continue
            take = self.told.takes.get((lang, page))
            edition = self.told.chinese if lang == "zh" else self.told.english
            cells[field] = self.names.get((lang, page), "")
            cells[f"{field}.reader"] = edition.imprint.get("narration", "") if take else ""
            cells[f"{field}.times"] = take.times if take else ""
        return cells

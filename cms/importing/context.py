"""What the readers of cells need to know: which numbers exist, which themes, where the pictures lie."""

from dataclasses import dataclass, field
from pathlib import Path

from django.db.models import Model


@dataclass
class Context:
    """One file being checked: its model and folder, and what the library and the batch hold together."""

    model: type[Model]
    folder: Path
    kinds: dict[str, type[Model]] = field(default_factory=dict)
    themes: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)

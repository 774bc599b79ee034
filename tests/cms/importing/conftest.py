"""Files to import, and what is left when one is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cms.importing import ImportRefused, import_files
from cms.models import Holding, ImportBatch
from media.models import Image

Write = Callable[..., Path]
Faults = Callable[[type, Path], list[str]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a CSV and answers with its path."""

    def make(text: str, name: str = "place.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return make


@pytest.fixture
def faults(db: None) -> Faults:
    """Return a function that tells the faults of a refused file, and makes sure that nothing was saved."""

    def told(model: type, path: Path) -> list[str]:
        before = (Holding.objects.count(), Image.objects.count(), ImportBatch.objects.count())
        with pytest.raises(ImportRefused) as refused:
            import_files([(model, path)])
        assert (Holding.objects.count(), Image.objects.count(), ImportBatch.objects.count()) == before
        return [str(e) for e in refused.value.errors]

    return told

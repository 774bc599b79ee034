"""Pictures that came with a table, from the file to what a visitor fetches."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image as Pillow

from chronicle.models import Entry
from cms.importing import import_files
from media.models import Image
from media.renditions import ready

CASES = settings.ROOT / "tests/cases"


@pytest.fixture
def imported(tmp_path: Path, db: None, django_capture_on_commit_callbacks: Callable) -> Callable[[str], Image]:
    """Return a function that imports a case with its picture and returns that."""

    def bring(case: str) -> Image:
        shutil.copytree(CASES / "pictures", tmp_path / "pictures")
        table = Path(shutil.copy(CASES / f"{case}.csv", tmp_path))
        with django_capture_on_commit_callbacks(execute=True):
            import_files([(Entry, table)])
        return Entry.objects.get(uid=f"{case}-1").cover

    return bring


def test_r07_from_a_table_no_visitor_gets_where_it_was_taken(imported: Callable[[str], Image], client: Client) -> None:
    image = imported("R07")
    assert Pillow.open(image.file.path).getexif().get_ifd(0x8825)
    assert client.get(image.file.url).status_code == 404
    assert client.get("/files/original_images/r07.jpg").status_code == 404
    for size in ready(image).values():
        picture = Pillow.open(io.BytesIO(b"".join(client.get(size.url).streaming_content)))
        assert not picture.getexif()
    assert len(ready(image)) == 3


def test_r08_from_a_table_sixteen_bits_are_an_even_ramp(imported: Callable[[str], Image], client: Client) -> None:
    image = imported("R08")
    address = ready(image)[320].url
    assert address in client.get(Entry.objects.get(uid="R08-1").url).content.decode()
    picture = Pillow.open(io.BytesIO(b"".join(client.get(address).streaming_content))).convert("L")
    greys = [picture.getpixel((round((picture.width - 1) * part), picture.height // 2)) for part in (0, 0.5, 1)]
    assert greys[0] < 12
    assert abs(greys[1] - 128) < 12
    assert greys[2] > 243

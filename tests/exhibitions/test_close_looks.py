"""A close look lies inside its picture, in per cent of it; captions are found by the search and stand on the page."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cms.importing import import_files
from cms.importing.errors import ImportRefused
from exhibitions.looking import LINES, look
from exhibitions.models import CloseUp, Exhibit, Exhibition
from media import renditions
from media.models import Image
from tests.tours.hall import keep_picture

pytestmark = pytest.mark.django_db


def closeup(left: str, top: str, width: str, height: str) -> CloseUp:
    """Return a region."""
    return CloseUp(
        title="箱盖",
        title_en="The lid",
        left=Decimal(left),
        top=Decimal(top),
        width=Decimal(width),
        height=Decimal(height),
    )


@pytest.mark.parametrize("region", ["0 0 100 100", "50 50 50 50", "99.99 0 0.01 100"])
def test_inside(region: str) -> None:
    closeup(*region.split()).clean()


@pytest.mark.parametrize("region", ["50 0 60 100", "0 50 100 50.01", "0 0 0 100", "0 0 100 -1"])
def test_outside_or_empty_is_refused(region: str) -> None:
    with pytest.raises(ValidationError, match=r"图外面|大于 0"):
        closeup(*region.split()).clean()


def test_a_table_with_a_region_outside_is_refused(tmp_path: Path, put: Callable[..., Exhibition]) -> None:
    """And one inside comes in, twice without a change."""
    put(["1985"])
    uid = Exhibit.objects.get().uid
    table = tmp_path / "closeup.csv"
    head = "所属编号,次序,左,上,宽,高,题名,英文题名\n"
    for bad in ("60,0,50,100", "150,0,1,100", "左,0,1,1", ",0,1,1"):
        table.write_text(f"{head}{uid},1,{bad},箱盖,The lid\n", "utf-8")
        with pytest.raises(ImportRefused):
            import_files([(CloseUp, table)])
    table.write_text(f"{head}{uid},1,25,50,50,25,箱盖,The lid\n", "utf-8")
    for _time in range(2):
        import_files([(CloseUp, table)])
    exhibit = Exhibit.objects.get()
    assert ("箱盖", "look-1") not in exhibit.text_parts()
    exhibit.cover = Image(title="图")
    exhibit.cover_id = 1
    assert [one.title for one in exhibit.closeups.all()] == ["箱盖"]
    assert ("箱盖", "look-1") in exhibit.text_parts()
    assert ("The lid", "look-1") in exhibit.text_parts_en()


def test_it_is_drawn_in_the_units_of_the_picture(client: Client, put: Callable[..., Exhibition]) -> None:
    """Numbers and lines for up to five, numbers alone for more; nothing before the sizes are made."""
    exhibit = put(["1985"]) and Exhibit.objects.get()
    exhibit.cover = keep_picture("箱", (400, 200))
    exhibit.closeups = [closeup("25", "50", "50", "25")]
    exhibit.save()
    drawn = look(exhibit, list(exhibit.closeups.all()))
    one = drawn.regions[0]
    width = drawn.picture.width
    assert (one.x, one.y, one.width, one.height) == (width / 4, width / 4, width / 2, width / 8)
    assert one.line
    assert not any(region.line for region in look(exhibit, [closeup("0", "0", "100", "100")] * (LINES + 1)).regions)
    address, show = exhibit.url, exhibit.get_parent().get_parent().url
    page = client.get(address).content.decode()
    assert 'id="look-1"' in page
    assert "The lid" in client.get(f"/en{address}").content.decode()
    assert "箱盖" in client.get(show).content.decode()
    assert f'href="{drawn.picture.url}" data-zoom' in page
    Image.objects.get().renditions.all().delete()
    assert renditions.ready(Image.objects.get()) == {}
    assert client.get(address).status_code == 200

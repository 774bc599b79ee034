"""Tables that left before two records were merged: what they point to is found, what they would change is asked back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from authorities.models import Place
from chronicle.models import Entry
from cms.importing import import_files
from cms.models import FormerNumber

pytestmark = pytest.mark.django_db
Write = Callable[..., Path]


@pytest.fixture
def heir(write: Write) -> Place:
    """A road into which another was merged."""
    import_files([(Place, write("编号,题名\nXH-PL-000901,甲路\n"))])
    road = Place.objects.get()
    FormerNumber.objects.create(uid="XH-PL-000902", holding=road)
    return road


@pytest.mark.parametrize("written", ["XH-PL-000902", "xh-pl-000902", "ＸＨ-PL-000902"])
def test_what_points_to_one_that_was_merged_points_to_the_other(write: Write, heir: Place, written: str) -> None:
    path = write(f"编号,题名,关联\nXH-EN-000901,条目,关于 | {written}\n", "entry.csv")
    assert import_files([(Entry, path)]).created == 1
    assert Entry.objects.get().relations.get().target_id == heir.pk
    assert import_files([(Entry, path)]).unchanged == 1


def test_a_row_of_one_that_was_merged_is_asked_back(write: Write, heir: Place, faults: Callable) -> None:
    """Neither made anew nor written over the record that took it over."""
    told = faults(Place, write("编号,题名\nxh-pl-000902,乙路\n"))
    assert len(told) == 1
    assert "已经并入 XH-PL-000901" in told[0]
    assert [place.title for place in Place.objects.all()] == ["甲路"]

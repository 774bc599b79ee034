"""What hangs where: pictures on walls by the hang of their room, the rest as printed labels; no word hangs on a wire."""

import pytest

from exhibitions.models import Exhibit, Hang, Section
from exhibitions.walls import LARGEST, SIZES, room
from media.models import Image

# A picture without a collection asks for the root of them.
pytestmark = pytest.mark.django_db


def exhibits(count: int, leading: int | None = None) -> list[Exhibit]:
    """Return exhibits with a picture each."""
    return [Exhibit(title=f"{n}", number=n, cover=Image(title="图"), leading=n == leading) for n in range(1, count + 1)]


@pytest.mark.parametrize("hang", Hang.values)
@pytest.mark.parametrize("count", [0, 1, 2, 3, 9, 10, 23])
def test_everything_hangs_once(hang: str, count: int) -> None:
    """In its order, each in a place of its own."""
    made = room(Section(hang=hang), exhibits(count), count)
    hung = [one for wall in made.walls for one in wall]
    assert [one.exhibit.number for one in hung] == list(range(1, count + 1))
    assert all(len({one.place for one in wall}) == len(wall) for wall in made.walls)
    assert made.left == 0


@pytest.mark.parametrize("hang", Hang)
def test_the_leading_one_has_the_largest_place(hang: Hang) -> None:
    size = len(SIZES[hang])
    for leading in range(1, size + 1):
        wall = room(Section(hang=hang), exhibits(size, leading), size).walls[0]
        assert [one.exhibit.number for one in wall if one.place == LARGEST[hang]] == [leading]


def test_what_has_no_picture_is_a_label_on_the_same_wall() -> None:
    """Few stand beside a full wall, many below it; an unknown hang hangs as most do."""
    full = exhibits(9)
    bare = [Exhibit(title="无图", number=n) for n in range(10, 13)]
    made = room(Section(hang="gone"), [*full, *bare], 40)
    assert made.hang is Hang.SALON
    assert made.labels == bare
    assert made.beside
    assert made.left == 28
    assert not room(Section(hang=Hang.SALON), [*full[:5], *bare], 8).beside
    assert not room(Section(hang=Hang.SALON), [*full, *bare, *bare], 15).beside
    assert room(Section(), bare, 3).walls == []


def test_no_shelf_has_a_single_thing_on_it() -> None:
    made = room(Section(hang=Hang.SHELVES), exhibits(10), 10)
    assert [len(wall) for wall in made.walls] == [3, 3, 3, 1] or min(map(len, made.walls)) > 1

"""The demo's two tours: eight stops each, told in every length, to adults and children, in both languages; their packs printed."""

from itertools import product

import pypdfium2
import pytest
import zxingcpp

from tests.tours.test_printing import made, missing_glyphs, outside
from tours.guiding.telling import tell
from tours.models import Code, Stop, Story, Tour

pytestmark = pytest.mark.django_db
EVERY = set(product((30, 180, 600), ("general", "children"), ("zh-hans", "en")))


@pytest.fixture
def tours(demo: None) -> list[Tour]:
    """Return the demo's tours."""
    return list(Tour.objects.order_by("uid"))


def codes_of(data: bytes) -> list[str]:
    """Return the codes read from every page at 300 dpi."""
    drawn = (page.render(scale=300 / 72, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(data))
    return [found.text[-6:] for page in drawn for found in zxingcpp.read_barcodes(page)]


def test_the_demos_tours_are_whole(tours: list[Tour]) -> None:
    """Every side is there, every story has its sources, and the packs print without a fault."""
    assert [tour.stops.count() for tour in tours] == [8, 8]
    for story in Story.objects.all():
        told = {(v.length, v.audience, v.language) for v in story.versions.all()}
        assert told == EVERY, story
        assert story.citations.count(), story
        assert len(story.lines.splitlines()) == len(story.lines_en.splitlines()) == 3, story
    for tour, language in product(tours, ("zh-hans", "en")):
        telling = tell(tour, None, language=language)
        assert (telling.gaps, telling.lacking) == ([], [])
        assert telling.minutes == tour.minutes
        assert all(told.pictures and told.sources and told.way for told in telling.stops)
        assert not any("�" in paragraph for told in telling.stops for paragraph in told.paragraphs)
        data, left = made(tour, language=language)
        assert left == []
        assert (missing_glyphs(data), outside(data)) == (0, [])
        stops = Stop.objects.filter(tour=tour).order_by("sort_order")
        assert codes_of(data) == [Code.objects.get(stop=stop).code for stop in stops]

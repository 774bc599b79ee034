"""An exhibition with as many sections and exhibits as a test asks for."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import translation

from cms.models import Shelf
from exhibitions.models import Exhibit, Exhibition, Section
from media.models import Image

Put = Callable[..., Exhibition]


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Start in Chinese; a request for an English page leaves English behind in the thread, and addresses are made in it."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def put(db: None) -> Put:
    """Return a function that puts up an exhibition: a dict for each section, of the EDTF dates of its exhibits."""

    def make(*sections: list[str], cover: Image | None = None, **fields: object) -> Exhibition:
        show = Shelf.objects.get(slug="exhibitions").add_child(
            instance=Exhibition(
                **{"title": "群星", "title_en": "Stars", "date_text": "2026-05-20/2026-07-20", **fields}
            )
        )
        number = 0
        for at, dates in enumerate(sections, 1):
            section = show.add_child(instance=Section(title=f"展区{at}", title_en=f"Section {at}", number=at))
            for date in dates:
                number += 1
                words = {"title": f"展品{number}号", "title_en": f"Exhibit no. {number}", "summary": f"说明{number}。"}
                pictured = cover if number % 2 else None
                section.add_child(instance=Exhibit(number=number, date_text=date, cover=pictured, **words))
        return show

    return make

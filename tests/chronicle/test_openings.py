"""A long text from an old book has a contents, read from how its articles begin."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from chronicle.models import Entry
from chronicle.openings import openings
from cms.catalogue.prose import blocks

ARTICLES = "佘山在府西北⟦001-1a⟧二十里\n\n⟨附⟩沈雲字子清邑人\n\n市⟨四⟩\n\n里人善漁以其生長江湖\n\n〖KR0001〗⟦001-1b⟧石橋即今石梁\n\n海上小志卷一"


def test_articles_are_named_by_their_subjects() -> None:
    """The place before 在, the person before 字; else the first characters, notes left out."""
    found = [(o.anchor, o.words) for o in openings(blocks(ARTICLES))]
    assert found == [("p1", "佘山"), ("p2", "沈雲"), ("p3", "市"), ("p4", "里人善漁以其生長…"), ("p5", "石橋")]


@pytest.mark.parametrize(
    "body", ["", ARTICLES.replace("⟦001-1a⟧", "").replace("⟦001-1b⟧", ""), f"## 山\n\n{ARTICLES}", "甲⟦1a⟧乙"]
)
def test_other_texts_have_none(body: str) -> None:
    """A modern text, one with headings, a short one."""
    assert openings(blocks(body)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_leads_to_each_article(folder: Path, language: str) -> None:
    """Links to the paragraphs stand on the page of either language."""
    path = folder / "KR2k9001_001.txt"
    more = "萬福橋在縣東¶\n千秋橋在縣北¶\n百歲橋在縣南¶\n"
    path.write_text(
        path.read_text("utf-8").replace("<pb:KR2k9001_WYG_001-2b>", f"{more}<pb:KR2k9001_WYG_001-2b>"), "utf-8"
    )
    call_command("import_gazetteer", str(folder), verbosity=0)
    entry = Entry.objects.get(uid="XH-EN-KR2K9001-001-002")
    page = Client().get(language + entry.get_url()).content.decode()
    assert '<a href="#p3">千秋橋</a>' in page
    assert 'id="p3"' in page

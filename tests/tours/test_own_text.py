"""What a thing itself has to tell where no story is told: in the talk, the pack and the single file, as rights and reasons allow."""

import io
import re
from collections.abc import Callable

import pypdfium2
import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from authorities.models import Person
from chronicle.models import Entry
from cms.models import Holding, Shelf
from cms.models.kinds import kinds
from picturebooks.models import Book, Spread
from stations.models import Station
from tours.guiding.packs.printing import pdf
from tours.guiding.packs.single import html
from tours.guiding.telling import tell
from tours.guiding.texts import MOST, cut
from tours.models import Pack, Stop, Story, Tour

pytestmark = pytest.mark.django_db


def shelve(kind: type[Holding], title: str, **fields: object) -> Holding:
    """Put something on its shelf."""
    return Shelf.objects.get(slug=kind.shelf.slug).add_child(instance=kind(title=title, **fields))


@pytest.fixture
def entry(db: None) -> Entry:
    """An entry in both languages."""
    return shelve(
        Entry, "龙华塔", title_en="Longhua Pagoda", summary="塔在寺前。", body="第一段。\n\n## 小题\n\n第二段⟦卷三⟧。",
        body_en="The first.\n\nThe second.",
    )  # fmt: skip


@pytest.fixture
def book(db: None) -> Book:
    """A picture book of two pages."""
    made = shelve(Book, "小船", title_en="A boat")
    made.spreads.add(Spread(text="船来了。", text_en="A boat comes."), Spread(text="船走了。", text_en="A boat goes."))
    made.save()
    return made


def packed(tour: Tour, form: str, language: str = "zh-hans") -> str:
    """Make a pack and return its text."""
    pack = Pack(tour=tour, form=form, audience="general", language=language, code="ABCDEFG")
    telling = tell(tour, None, use={"pdf": "print", "html": "offline"}[form], language=language)
    data, _left = {"pdf": pdf, "html": html}[form](telling, pack, lambda _done: None)
    if form == "html":
        return data.decode()
    pages = list(pypdfium2.PdfDocument(io.BytesIO(data).getvalue()))
    return "\f".join(page.get_textpage().get_text_range() for page in pages)


@pytest.mark.parametrize("surface", ["talk", "pdf", "html", "visitor"])
def test_an_entry_and_a_book_speak_for_themselves(
    client: Client, guide: User, entry: Entry, book: Book, draw_up: Callable[..., Tour], surface: str
) -> None:
    """Every paragraph and every page, without the marks of old books; in English in English."""
    tour = draw_up((entry, None), (book, None), live=True)
    client.force_login(guide)
    address = tour.url
    for prefix, language, wanted in (
        ("", "zh-hans", ["第一段。", "小题", "第二段。", "船来了。", "船走了。"]),
        ("/en", "en", ["The first.", "The second.", "A boat comes.", "A boat goes."]),
    ):
        Tour.objects.filter(pk=tour.pk).update(language=language)
        tour.refresh_from_db()
        if surface in ("pdf", "html"):
            text = packed(tour, surface, language)
        elif surface == "talk":
            text = client.get(f"{prefix}/guide/tours/{tour.pk}/go/").content.decode()
        else:
            text = "".join(client.get(f"{prefix}{address}{n}/").content.decode() for n in (1, 2))
        assert [words for words in wanted if words not in text] == []
        assert "卷三" not in text


def test_every_kind_that_has_a_text_tells_it(draw_up: Callable[..., Tour], exhibit: Callable) -> None:
    """By what it tells the search: whatever kind of thing, its running text is there, and none is an error."""
    made = []
    for kind in kinds():
        if kind._meta.model_name in ("story", "tour", "chapter", "section", "exhibit"):
            continue
        fields = {"body": f"{kind.__name__}的正文。"} if hasattr(kind, "body") else {}
        if kind is Station:
            fields |= {"subdistrict": Station._meta.get_field("subdistrict").choices[0][0]}
        if kind is Person:
            fields |= {"date_edtf": "1900/1980", "date_text": "1900–1980"}
        made.append(shelve(kind, kind.__name__, **fields))
    made.append(exhibit("展品", body="展品的正文。"))
    telling = tell(draw_up(*[(thing, None) for thing in made]), None)
    for told, thing in zip(telling.stops, made, strict=True):
        assert told.paragraphs == ((thing.body,) if getattr(thing, "body", "") else ())


def test_a_living_persons_life_is_not_told(draw_up: Callable[..., Tour]) -> None:
    """As on the person's own page: what is there stays there."""
    person = shelve(Person, "某人", living=True, body="她的一生。", summary="画家。")
    told = tell(draw_up((person, None)), None).stops[0]
    assert (told.paragraphs, told.summary) == ((), "画家。")


def test_what_rights_do_not_allow_is_not_told(entry: Entry, draw_up: Callable[..., Tour]) -> None:
    """In print nor offline: no word of the text, and the stop says that something is left out."""
    Entry.objects.filter(pk=entry.pk).update(use_print=False, use_offline=False)
    tour = draw_up((entry, None))
    assert tell(tour, None).stops[0].paragraphs[0] == "第一段。"
    for form in ("pdf", "html"):
        text = packed(tour, form)
        assert "第一段" not in text
        assert "权利不许" in text


def test_a_hidden_entry_tells_nothing(entry: Entry, draw_up: Callable[..., Tour]) -> None:
    """It is a gap."""
    tour = draw_up((entry, None))
    entry.unpublish()
    told = tell(tour, None).stops[0]
    assert (told.gap, told.empty, told.paragraphs) == (True, True, ())


def test_a_story_comes_first(entry: Entry, write: Callable[..., Story], draw_up: Callable[..., Tour]) -> None:
    """Where it has a version; one just begun, or one whose rights forbid the use, leaves the word to the thing."""
    told = tell(draw_up((entry, write("塔的故事", entry))), None).stops[0]
    assert told.paragraphs == ("塔的故事，180 general zh-hans。",)
    assert tell(draw_up((entry, write("空", entry, versions=()))), None).stops[0].paragraphs[0] == "第一段。"
    kept = draw_up((entry, write("不许印", entry, use_print=False)))
    assert tell(kept, None, use="print").stops[0].paragraphs[0] == "第一段。"


def test_what_is_a_sample_or_unverified_says_so(
    client: Client, guide: User, entry: Entry, draw_up: Callable[..., Tour]
) -> None:
    """In the talk, in print, in the file."""
    Entry.objects.filter(pk=entry.pk).update(sample=True, unverified=True)
    tour = draw_up((entry, None))
    client.force_login(guide)
    texts = [
        client.get(reverse("guide_present", args=[tour.pk])).content.decode(),
        packed(tour, "pdf"),
        packed(tour, "html"),
    ]
    for text in texts:
        assert "示例" in text
        assert "待核" in text


def test_another_language_is_marked(client: Client, entry: Entry, draw_up: Callable[..., Tour]) -> None:
    """An entry that is not translated, for an English visitor."""
    Entry.objects.filter(pk=entry.pk).update(body_en="")
    tour = draw_up((entry, None), live=True)
    page = client.get(f"/en{tour.url}1/").content.decode()
    assert "This text has not yet been translated" in page
    assert 'class="big" lang="zh-Hans"' in page


def test_a_long_text_is_cut_and_says_where_it_stands(entry: Entry, draw_up: Callable[..., Tour]) -> None:
    """The printed stop still ends with its sign and its way on; nothing runs over more than two pages."""
    sentence = "某年某月某日，龙华塔上换了新的风铃，四方来看的人很多。"
    Entry.objects.filter(pk=entry.pk).update(body="\n\n".join([sentence * 20] * 200))
    tour = draw_up((entry, None), (entry, None))
    text = packed(tour, "pdf")
    assert len(text.split("\f")) <= 5
    assert re.sub(r"[\s\u200b\x02\ufffe-]", "", text).count(f"/id/{entry.uid}".replace("-", "")) == 2
    told = tell(tour, None, use="print").stops[0]
    assert MOST["print"] - len(sentence) <= sum(map(len, told.paragraphs)) <= MOST["print"]
    assert told.paragraphs[-1].endswith("。")
    assert f"/id/{entry.uid}" in packed(tour, "html")


@pytest.mark.parametrize(
    ("texts", "most", "kept"),
    [
        (["一二三。", "四五六。"], 8, ["一二三。", "四五六。"]),
        (["一二三。", "四五六。"], 4, ["一二三。"]),
        (["一二三。四五六。"], 6, ["一二三。"]),
        (["一二三四五六"], 4, ["一二三四……"]),
        ([], 5, []),
    ],
)
def test_where_a_text_is_cut(texts: list[str], most: int, kept: list[str]) -> None:
    """Between paragraphs, at the end of a sentence, or in dots."""
    assert cut(texts, most) == kept


def test_as_many_queries_for_many_books_as_for_two(draw_up: Callable[..., Tour]) -> None:
    """The pages of all books are read at once."""
    books = [shelve(Book, f"书{n}") for n in range(12)]
    for one in books:
        Spread.objects.create(book=one, text="页")
    counts = []
    for few in (books[:2], books):
        tour = draw_up(*[(one, None) for one in few])
        tell(tour, None)
        with CaptureQueriesContext(connection) as seen:
            tell(tour, None)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert Stop.objects.count() == 14

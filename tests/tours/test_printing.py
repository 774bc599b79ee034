"""The printed pack, read back from the file: what is told stands in it, every character has a shape, every code leads home."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from pypdf import PdfReader
from pypdf.generic import ContentStream
from wagtail.models import PageViewRestriction

from cms.pages.printing import covered
from media.models import Image
from tours.guiding.packs import printing
from tours.guiding.packs.glyphs import GETA, Setter
from tours.guiding.packs.orders import telling_of
from tours.guiding.packs.printing import pdf
from tours.models import Code, Pack, Script, Stop, Tour

pytestmark = pytest.mark.django_db
MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
BOTH = ((180, "general", "zh-hans"), (180, "general", "en"))
HOSTILE = '#panic() $x$ *粗* _斜_ `代码` <label> @ref //注 \\u{1F600} "引" [块] {代码} = 题 - 项 #let a = 1 &amp; <b>'


def made(tour: Tour, **choice: object) -> tuple[bytes, list]:
    """Return the file of a tour and what was left out."""
    pack = Pack(tour=tour, **{"form": "pdf", "audience": tour.audience, "language": tour.language, "code": "ABCDEFG", **choice})  # fmt: skip
    return pdf(telling_of(pack), pack, lambda done: None)


def pages(data: bytes) -> list[str]:
    """Return the text of each page."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]


def missing_glyphs(data: bytes) -> int:
    """Count the characters drawn with glyph 0 (.notdef) of any font in the file."""
    count = 0
    for page in PdfReader(io.BytesIO(data)).pages:
        for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
            if operator not in (b"Tj", b"TJ"):
                continue
            strings = operands[0] if operator == b"TJ" else operands
            for one in (s for s in strings if not isinstance(s, (int, float))):
                drawn = getattr(one, "original_bytes", one)
                count += sum(drawn[at : at + 2] == b"\0\0" for at in range(0, len(drawn), 2))
    return count


def outside(data: bytes) -> list[str]:
    """Return the characters that stand outside the paper or lie under the footer of their page."""
    found = []
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        assert page.get_size() == pytest.approx(A4, abs=1)
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            if left < 9 * MM or right > 201 * MM or bottom < 5 * MM or top > 292 * MM:
                found.append(text.get_text_range(index, 1))
    return found


@pytest.fixture
def walk(exhibit: Callable, write: Callable, draw_up: Callable, picture: Callable[..., Image]) -> Tour:
    """A tour of two stops with pictures, in both languages."""
    case = exhibit("行李箱", title_en="A suitcase", cover=picture("箱", (800, 600)), credit="自绘", date_text="1993 年")
    bust = exhibit("胸像", title_en="A bust", cover=picture("像", (300, 900)))
    story = write("箱子的故事", case, versions=BOTH, lines="一\n二\n三", lines_en="One\nTwo\nThree")
    tour = draw_up((case, story), (bust, write("像的故事", bust, versions=BOTH)), title="提着一箱纸回家的人")
    Stop.objects.filter(tour=tour, sort_order=1).update(way="左转，走十步。", way_en="Turn left; ten steps.")
    return tour


@pytest.fixture
def nothing_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no picture have been made in any size."""
    monkeypatch.setattr("tours.guiding.packs.pictures.ready", lambda image: {})


@pytest.mark.parametrize(("language", "words"), [
    ("zh-hans", ["提着一箱纸回家的人", "第 1 站", "1993 年", "记住三句", "箱子的故事，180 general zh-hans。", "某报，3",
                 "左转，走十步。", "自绘", "ABCDEFG", "讲完了"]),
    ("en", ["The first", "Stop 1", "Three lines to remember", "箱子的故事，180 general en。", "A paper, 3",
            "Turn left; ten steps.", "ABCDEFG"]),
])  # fmt: skip
def test_all_that_is_told_stands_in_it(walk: Tour, language: str, words: list[str]) -> None:
    data, left = made(walk, language=language)
    text = pages(data)
    assert len(text) == 3, "a cover, and a page for each stop"
    assert [word for word in words if word not in "".join(text)] == []
    assert left == []
    assert (missing_glyphs(data), outside(data)) == (0, [])
    reader = PdfReader(io.BytesIO(data))
    assert reader.root_object["/Lang"] == ("zh-CN" if language == "zh-hans" else "en")
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert "pdfuaid:part" in reader.root_object["/Metadata"].get_data().decode(), "it says that it is PDF/UA"
    assert len([image for page in reader.pages[1:] for image in page.images]) == 2


def test_every_code_is_read_from_a_300_dpi_picture_at_25_mm(walk: Tour) -> None:
    data, _left = made(walk)
    for number, page in enumerate(list(pypdfium2.PdfDocument(data))[1:]):
        drawn = page.render(scale=300 / 72, grayscale=True).to_pil()
        (code,) = zxingcpp.read_barcodes(drawn)
        stop = Stop.objects.get(tour=walk, sort_order=number)
        short = Code.objects.get(stop=stop).code
        assert code.text.endswith(f"/q/{short}")
        assert short in "".join(page.get_textpage().get_text_bounded().split())
        corners = code.position
        # 33 modules and the quiet zone of 8 make up 25 mm, of which the symbol itself is some 20.
        assert 18 < (corners.top_right.x - corners.top_left.x) / 300 * 25.4 < 22


@pytest.mark.parametrize("where", ["title", "summary", "way", "script", "story", "source"])
def test_nothing_that_is_told_is_read_as_markup(
    exhibit: Callable, write: Callable, draw_up: Callable, where: str
) -> None:
    """It comes out as it was written."""
    case = exhibit(HOSTILE if where == "title" else "行李箱", summary=HOSTILE if where == "summary" else "")
    story = write("故事", case) if where in ("story", "source") else None
    tour = draw_up((case, story))
    stop = Stop.objects.get(tour=tour)
    if where == "story":
        story.versions.update(text=HOSTILE)
    elif where == "source":
        story.citations.update(text=HOSTILE)
    elif where == "way":
        Stop.objects.filter(pk=stop.pk).update(way=HOSTILE)
    elif where == "script":
        Script.objects.create(stop=stop, owner=tour.owner, text=HOSTILE)
    data, _left = made(tour, with_scripts=True)
    plain = "".join("".join(pages(data)).split()).replace("\ufffe", "")
    assert "".join(HOSTILE.split()) in plain


def test_the_rare_characters_of_old_books_are_printed(exhibit: Callable, draw_up: Callable) -> None:
    """Forms that woodblock gazetteers are full of, also outside the BMP and in a heading."""
    rare = "㑹厯㕔𢎞𫝊䂓"
    data, left = made(draw_up((exhibit("𤣥妙觀", summary=rare), None)))
    assert left == []
    assert missing_glyphs(data) == 0
    assert "𤣥妙觀" in pages(data)[1]
    assert rare in pages(data)[1]


def test_what_search_folds_can_be_printed() -> None:
    """Both sides of the table of old and traditional forms; six have a drawing nowhere yet."""
    table = (Path(settings.ROOT) / "search" / "data" / "fold.txt").read_text("utf-8").splitlines()
    folded = {character for line in table if not line.startswith("#") for character in line if not character.isspace()}
    assert len({character for character in folded if ord(character) not in covered()}) <= 6


def test_a_character_that_no_font_has_is_marked_and_named(exhibit: Callable, draw_up: Callable) -> None:
    """The geta mark stands for it, and the cover says which it was; controls and lone surrogates are no characters."""
    tour = draw_up((exhibit("𪛖字\u200b", summary="笑😀\x07脸"), None), (exhibit("行李箱"), None))
    data, left = made(tour)
    assert [(one["stop"], one["why"], set(one["characters"])) for one in left] == [(1, "glyphs", {"𪛖", "😀"})]
    text = pages(data)
    assert "U+2A6D6" in text[0]
    assert f"{GETA}字" in text[1]
    assert "笑〓脸" in text[1]
    assert missing_glyphs(data) == 0
    assert Setter().text("\ud800字\x00") == "字"


def test_the_script_is_printed_for_who_asks_and_for_nobody_else(walk: Tour) -> None:
    Script.objects.create(stop=Stop.objects.filter(tour=walk).first(), owner=walk.owner, text="只有我知道")
    assert "只有我知道" in "".join(pages(made(walk, with_scripts=True)[0]))
    assert "只有我知道" not in "".join(pages(made(walk)[0]))


def test_what_the_rights_do_not_allow_is_left_out_and_said(walk: Tour) -> None:
    """Its picture is not in the file; the cover says so."""
    case = Stop.objects.filter(tour=walk).first().holding
    case.use_print = False
    case.save()
    data, left = made(walk)
    assert [(one["stop"], one["why"], one["of"]) for one in left] == [(1, "rights", case.pk)]
    assert "权利不许印刷" in pages(data)[0]
    assert len([image for page in PdfReader(io.BytesIO(data)).pages[1:] for image in page.images]) == 1


def test_a_picture_that_cannot_be_read_is_left_out_and_said(walk: Tour, nothing_ready: None) -> None:
    data, left = made(walk)
    assert [(one["stop"], one["why"]) for one in left] == [(1, "unreadable"), (2, "unreadable")]
    assert "图片读不出来" in pages(data)[0]


def test_a_gap_says_no_more_than_that_it_is_one(walk: Tour) -> None:
    case = Stop.objects.filter(tour=walk).first().holding
    PageViewRestriction.objects.create(page_id=case.pk, restriction_type=PageViewRestriction.LOGIN)
    text = "".join(pages(made(walk)[0]))
    assert "展品已撤下" in text
    assert "行李箱" not in text
    # The story is public by itself, and is told without the thing.
    assert "箱子的故事" in text


def test_a_missing_version_is_on_the_cover(walk: Tour) -> None:
    cover = pages(made(walk, audience="children")[0])[0]
    assert "第 1 站：缺，改用“3 分钟 · 一般观众 · 中文”" in "".join(cover.split("\r\n"))


def test_a_very_long_story_and_very_long_words_stay_on_the_paper(
    exhibit: Callable, write: Callable, draw_up: Callable
) -> None:
    """They flow on to further pages, which say whose they are."""
    case = exhibit("长" * 120, summary="x" * 3000)
    story = write("故事", case)
    story.versions.update(text="\n\n".join(["江水流春去欲尽，" * 60, "w" * 900] * 12))
    tour = draw_up((case, story), (exhibit("短"), None), title="很长的题名" * 24)
    data, _left = made(tour)
    text = pages(data)
    assert outside(data) == []
    assert len(text) > 4
    assert "长长长" in text[2]


def test_the_sheet_gets_values_and_no_markup(walk: Tour, monkeypatch: pytest.MonkeyPatch) -> None:
    """All goes through one JSON text."""
    seen = {}
    monkeypatch.setattr(printing.typst, "compile", lambda path, **options: seen.update(options) or b"")
    made(walk)
    assert json.loads(seen["sys_inputs"]["tour"])["stops"][0]["title"] == "行李箱"
    assert seen["ignore_system_fonts"]

"""Old books in the Kanripo format are read whole: no character lost, leaves where they stand, messages that help."""

import re
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chronicle.kanripo import Book, GazetteerError, files_of, read_book
from chronicle.kanripo_layout import han


@pytest.fixture(autouse=True)
def chinese():
    """Read messages in Chinese."""
    with translation.override("zh-hans"):
        yield


def text_of(book: Book) -> str:
    """Return everything that the book holds, in order."""
    return "".join(j.opening + "".join(e.heading + e.body for e in j.entries) for j in book.juans)


def write(folder: Path, text: str | bytes, number: int = 9) -> None:
    """Add a juan to the book."""
    data = text if isinstance(text, bytes) else text.encode()
    (folder / f"KR2k9001_{number:03}.txt").write_bytes(data)


def test_no_character_is_lost(folder: Path) -> None:
    """The Han characters of openings, headings and bodies are those of the files, in order."""
    sources = [re.sub(r"(?m)^#.*$", "", path.read_text("utf-8")) for _number, path in files_of(folder)]
    assert han(text_of(read_book(folder))) == han("".join(sources))


def test_the_book_is_known(folder: Path) -> None:
    """Title, edition by its name, author with dynasty, juans by number."""
    book = read_book(folder)
    assert (book.id, book.title, book.edition, book.author) == (
        "KR2k9001",
        "海上小志",
        "四庫全書・文淵閣",
        "〔明〕陸文",
    )
    assert [(j.number, j.title) for j in book.juans] == [(1, "卷一"), (2, "卷二"), (3, "卷三")]


def test_lines_leaves_and_notes_of_a_hanging_juan(folder: Path) -> None:
    """Words run across lines and leaves, notes across lines; paragraphs begin where the indent goes back."""
    juan = read_book(folder).juans[0]
    assert juan.opening == "⟦001-1a⟧欽定四庫全書\n\n海上小志卷一　明　陸文　撰"
    customs, bridges = juan.entries
    preface, fishing, market = customs.body.split("\n\n")
    assert (customs.heading, customs.first_leaf, customs.last_leaf) == ("風俗", "001-1a", "001-2a")
    assert preface == "浦水以東其俗淳厚而好學里中多藏書之家故具列於左"
    assert "春水方生則結網於浦口⟨大者曰罾小者曰罩竹器⟩⟦001-1b⟧曰笱" in fishing
    assert "言多騐也其⟦001-2a⟧婦女" in fishing
    assert "⟨一婦日成布一疋長二十尺有餘精者可以為衣粗者可以為囊皆售於市中得錢⟩以佐家計" in fishing
    assert market == "市在橋南"
    assert bridges.heading == "橋梁⟨附渡⟩"
    assert bridges.body == "萬年橋在縣西南二里〖KR0123〗石為之髙三丈有餘行人便焉\n\n⟦001-2b⟧海上小志卷一"


def test_headings_of_a_flush_juan(folder: Path) -> None:
    """Headings with nothing but a unit between them are one; a title keeps its author."""
    first, again = read_book(folder).juans[1].entries
    assert first.heading == "題詠 · 松江府 · 登浦上小樓　沈　雲"
    assert "只有漁舟日暮還" in first.body
    assert again.heading == "又　周　竹"
    assert "白蘋風起" in again.body


def test_lists_of_names_are_not_headings(folder: Path) -> None:
    """One entry with a subheading for each year and the names of a year in one paragraph."""
    (entry,) = read_book(folder).juans[2].entries
    assert entry.heading == "進士題名"
    assert entry.body.split("\n\n") == [
        "## 端拱元年程宿牓",
        "龔文",
        "## 淳化三年孫何牓",
        "丁清⟨宰相⟩　錢明⟨諫議大夫⟩　謝安之　陸仲　張舟",
    ]


def test_a_file_without_marks_is_read_by_its_lines(folder: Path) -> None:
    """Org headings, no ¶, no leaves, Windows line ends, another edition: read as far as it goes."""
    write(
        folder,
        "\ufeff#+TITLE: 海上小志\r\n#+PROPERTY: JUAN 卷九\r\n* 山\r\n佘山在府西北。\r\n# 注\r\n** 水\r\n浦水東流。\r\n",
    )
    juan = read_book(folder).juans[-1]
    assert [(e.heading, e.level, e.body, e.first_leaf) for e in juan.entries] == [
        ("山", 1, "佘山在府西北。", ""),
        ("水", 2, "浦水東流。", ""),
    ]


def test_a_second_section_in_a_file_is_an_entry(folder: Path) -> None:
    """Where the header names another JUAN within the file, its title begins an entry."""
    write(
        folder,
        "#+TITLE: 海上小志\n#+PROPERTY: JUAN 提要\n<pb:X_T_0-1a>¶\n　　提要¶\n"
        + "謹案海上小志三卷明陸文撰文字子章上海人官至教諭¶\n此書以類相從凡十門¶\n"
        + "#+PROPERTY: JUAN 原序\n<pb:X_T_0-2a>¶\n海上小志序¶\n志者史之流也¶\n",
        0,
    )
    juan = read_book(folder).juans[0]
    assert juan.title == "提要　原序"
    assert [(e.heading, e.first_leaf) for e in juan.entries] == [("提要", "0-1a"), ("海上小志序", "0-2a")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "文件是空的"),
        (b" \n\n", "文件是空的"),
        ("#+TITLE: 志\n甲¶\n".encode("gb18030"), "第 2 行：不是 UTF-8"),
        ("#+TITLE: 志\n甲¶\n".encode("utf-16"), "不是 UTF-8"),
        ("#+TITLE: X\n甲¶\n".encode("utf-16-le"), "编码"),
        ("#+TITLE: 志\n<pb:KR2k9001_WYG_009-1a>¶\n甲<pb:KR2k9001_WYG_00".encode(), "第 3 行：换叶标记"),
        ("#+TITLE: 志\n<pb:>甲¶\n".encode(), "第 2 行：换叶标记"),
        ("#+TITLE: 志\n<pb:KR2k9001_WYG_009-1a>¶\n".encode(), "没有正文"),
    ],
)
def test_what_cannot_be_read_is_named(folder: Path, data: bytes, message: str) -> None:
    """The message says the file, the line and what is wrong."""
    write(folder, data)
    with pytest.raises(GazetteerError, match=message) as caught:
        read_book(folder)
    assert "KR2k9001_009.txt" in str(caught.value)


def test_a_folder_that_is_none(tmp_path: Path, folder: Path) -> None:
    """A missing folder, one without texts, two books in one, two files of one juan, no title."""
    with pytest.raises(GazetteerError, match="没有"):
        read_book(tmp_path / "nowhere")
    with pytest.raises(GazetteerError, match="Kanripo"):
        read_book(tmp_path)
    (folder / "KR2k9001_01.txt").write_text("甲", "utf-8")
    with pytest.raises(GazetteerError, match="同一卷"):
        read_book(folder)
    (folder / "KR2k9002_001.txt").write_text("甲", "utf-8")
    with pytest.raises(GazetteerError, match="几部书"):
        read_book(folder)
    (tmp_path / "KR1_001.txt").write_text("甲¶\n", "utf-8")
    with pytest.raises(GazetteerError, match="TITLE"):
        read_book(tmp_path)


def test_odd_marks_are_kept_as_they_are(folder: Path) -> None:
    """Brackets without a partner, an entity cut off, an empty note, an unknown tag: text stays text."""
    write(folder, "#+TITLE: 志\n甲(乙丙¶\n丁&KR12¶\n戊(/)己<x>¶\n庚(辛)壬&CB00123;¶\n")
    (juan,) = [j for j in read_book(folder).juans if j.number == 9]
    assert juan.opening.split("\n\n") == ["甲(乙丙", "丁&KR12", "戊己<x>", "庚⟨辛⟩壬〖CB00123〗"]


def test_a_drawer_without_an_end_swallows_nothing(folder: Path) -> None:
    """Org drawers are skipped; the text after one that was never closed is not."""
    write(folder, "#+TITLE: 志\n:PROPERTIES:\n:CUSTOM_ID: 甲\n乙丙¶\n:PROPERTIES:\n:ID: 丁\n:END:\n戊¶\n")
    assert read_book(folder).juans[-1].opening == "乙丙\n\n戊"


def test_brackets_of_the_source_are_not_marks_of_ours(folder: Path) -> None:
    """A source's own 〖注〗 stays readable: as ours it would be drawn as a character without a code."""
    write(folder, "#+TITLE: 志\n甲〖注〗乙⟦丙⟧丁⟨戊⟩¶\n")
    assert read_book(folder).juans[-1].opening == "甲【注】乙〚丙〛丁〈戊〉"


LINES = ["山", "水在縣西", "里人善漁以其生長江湖盡得水族之性每歳春", "右", "松江府", "(甲/乙)", "(丙丁/戊)", "○", "* "]
MARKUP = ["<pb:KR2k9001_WYG_004-1a>", "<pb:x-2b>¶\n", "<md:a>", "&KR0001;", "&", "(", ")", "/", "⟦", "〗", "⟨"]
BREAKS = ["　", "　　", "　　　", " ", "¶", "¶\n", "¶\n", "\n", ":END:\n", ":PROPERTIES:\n", "\n#+PROPERTY: JUAN x\n"]


@given(st.lists(st.sampled_from(LINES + MARKUP + BREAKS), min_size=1, max_size=60).map("".join))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_character_of_any_text_is_lost(folder: Path, text: str) -> None:
    """Whatever the marks and indents, each Han character comes out, in order, and each leaf; or the file is refused."""
    write(folder, f"#+TITLE: x\n{text}")
    try:
        book = read_book(folder)
    except GazetteerError:
        return
    book.juans = book.juans[-1:]
    assert han(text_of(book)) == han(re.sub(r"(?m)^#.*$", "", text))
    assert text_of(book).count("⟦") == text.count("<pb:")

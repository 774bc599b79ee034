"""Picture books made for tests: a small one to read in a browser, folders to be imported, and as they stand in the library."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.images import ImageFile
from django.utils import translation
from PIL import Image as Picture

from cms.importing import import_files
from cms.models import Shelf
from media import renditions
from media.models import Image
from picturebooks.models import Book, Spread

LEAVES = Path(__file__).parents[2] / "collections" / "picturebooks" / "demo" / "pictures"
ROWS = [
    ("清早，风来叫我。“走吗？”我松开了手。", "Early the wind called me. “Coming?”", "qīngzǎo fēng lái jiào wǒ zǒu ma wǒ sōngkāi le shǒu"),
    ("弄堂里，一床被子在晒太阳。我也晒一会儿。", "A quilt lay in the sun.", "lòngtáng lǐ yìchuáng bèizi zài shài tàiyáng wǒ yě shài yíhuìr"),
    ("一页书对我说：“我从前也是树（真的）！”", "“I was a tree once, too.”", ""),
    ("“《徐光启》、‘土山湾’……”他说，“ABC，2019！”", "", ""),
]  # fmt: skip
"""Chinese, English, pinyin; the last two have none, and the last no picture and no English."""


def tables(folder: Path, rows: list[tuple[str, str, str]], more: str = "") -> None:
    """Import a book, XH-PB-7, of such spreads."""
    book, spread = folder / "book.csv", folder / "spread.csv"
    book.write_text(
        f"编号,题名,英文题名,作者,绘者,阅读程度,从几岁,读几分钟\nXH-PB-7,叶子的路,The Leaf,志汇,志汇,听大人读,4,6\n{more}",
        "utf-8",
    )
    with spread.open("w", encoding="utf-8", newline="") as file:
        rows_of = csv.writer(file)
        rows_of.writerow(["所属编号", "次序", "文字", "英文文字", "拼音"])
        rows_of.writerows(["XH-PB-7", number, *row] for number, row in enumerate(rows, 1))
    import_files([(Book, book), (Spread, spread)])


def pictured(book: Book, but: int = 1) -> None:
    """Give each spread of a book a picture, save for the last `but`."""
    with (LEAVES / "leaf-01.webp").open("rb") as file:
        image = Image.objects.create(title="叶", alt="一片叶子", alt_en="A leaf", file=ImageFile(file, "leaf.webp"))
    spreads = list(book.spreads.all())
    Spread.objects.filter(pk__in=[s.pk for s in spreads[: len(spreads) - but]]).update(image=image)


@pytest.fixture
def book(tmp_path: Path, db: None) -> Book:
    """A book of four spreads."""
    tables(tmp_path, ROWS)
    made = Book.objects.get()
    pictured(made)
    return made


LICENCE = "* License: [CC-BY]\n* Text: Ama\n* Illustration: Kofi\n"


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Start every test in Chinese; a request for an English page leaves English behind in the thread."""
    with translation.override("zh-hans"):
        yield


def markdown(title: str, pages: list[str], last: str) -> str:
    """Return a book's file in one language."""
    return "\n\n".join([f"# {title}", *(f"##\n{page}" for page in pages), f"##\n{last}"])


def jpeg(path: Path, colour: str) -> None:
    """Write a small picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Picture.new("RGB", (60, 60), colour).save(path, "JPEG")


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """A folder of one book with two pages."""
    folder = tmp_path / "books"
    for lang in ("zh", "en"):
        (folder / lang).mkdir(parents=True)
    last = LICENCE + "* Translation: Esi\n* Language: zh\n"
    (folder / "zh/0001_高个子.md").write_text(markdown("高个子", ["他的床太短。", "他\n走了。"], last), "utf-8")
    last = LICENCE + "* Language: en\n\nA short tale."
    (folder / "en/0001_a-tall-man.md").write_text(
        markdown("A tall man", ["His bed was\ntoo short.", "He went."], last), "utf-8"
    )
    for number, colour in enumerate(("teal", "red", "gold"), 1):
        jpeg(folder / f"images/0001/{number:02d}.jpg", colour)
    return folder


@pytest.fixture
def picture(db: None) -> Callable[..., Image]:
    """Return a function that keeps a picture of a colour with its sizes."""

    def make(colour: str, **words: str) -> Image:
        data = io.BytesIO()
        Picture.new("RGB", (80, 60), colour).save(data, "PNG")
        image = Image.objects.create(title=colour, file=ImageFile(data, f"{colour}.png"), **words)
        renditions.make([image])
        return image

    return make


@pytest.fixture
def put_book(picture: Callable[..., Image]) -> Callable[..., Book]:
    """Return a function that puts a book of so many spreads on its shelf."""

    def make(spreads: int = 2, **fields: object) -> Book:
        values = {"title": "叶子的路", "title_en": "The Leaf’s Road", "author": "志汇", **fields}
        made = Shelf.objects.get(slug="picturebooks").add_child(instance=Book(**values))
        image = picture("teal", alt="一片叶子", alt_en="A leaf")
        for number in range(spreads):
            Spread.objects.create(
                book=made,
                sort_order=number,
                image=image,
                text="清早，风来叫我。",
                text_en="The wind <called> & I “went”.",
                pinyin="qīng zǎo fēng lái jiào wǒ",
            )
        made.save_revision().publish()
        return Book.objects.get(pk=made.pk)

    return make

"""A small book to read in a browser."""

import csv
from pathlib import Path

import pytest
from django.core.files.images import ImageFile

from cms.importing import import_files
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

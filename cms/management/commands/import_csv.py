"""`manage.py import_csv KIND FILE …`: bring CSV files in, all or nothing."""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.importing import ImportRefused, import_files
from cms.importing.sheets import columns_of, importable, model_named, sheets_of
from cms.importing.workbooks import is_workbook
from cms.models.kinds import Tabled
from cms.worker import loop
from search import outbox

SHOWN = 100


def said(refused: ImportRefused) -> str:
    """Return the faults as lines, as many as can be read."""
    lines = [str(e) for e in refused.errors[:SHOWN]]
    more = len(refused.errors) - SHOWN
    if more > 0:
        lines.append(f"……还有 {more} 处。")
    return "\n".join([f"有 {len(refused.errors)} 处要改，什么都没有保存：", *lines])


class Command(BaseCommand):
    """Takes pairs of a kind's name and a file; all files go in together or none does."""

    help = "导入表格（CSV 或 XLSX）：import_csv KIND FILE [KIND FILE …]，或 import_csv 工作簿.xlsx。先查每一行，有错一条也不存。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Read pairs, or the name of a kind whose header row is wanted."""
        parser.add_argument("pairs", nargs="*", metavar="KIND FILE", help="种类名与文件，可给多对。")
        parser.add_argument("--template", metavar="KIND", help="写出这一种类的栏名行，不导入。")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and report, or explain and leave with 1."""
        if options["template"]:
            model = self.model(options["template"])
            # With the mark at the front Excel opens the template in UTF-8, where it would guess otherwise.
            csv.writer(self.stdout).writerow(
                ["\ufeff" + columns_of(model)[0].heading, *[c.heading for c in columns_of(model)[1:]]]
            )
            return
        try:
            report = import_files(self.files(options["pairs"]), progress=self.stdout.write)
        except ImportRefused as refused:
            raise CommandError(said(refused)) from None
        outbox.finish()
        loop.finish()
        for name, encoding in report.encodings.items():
            self.stdout.write(f"{name}：{encoding}")
        for note in report.notes[:SHOWN]:
            self.stdout.write(note)
        if len(report.notes) > SHOWN:
            self.stdout.write(f"……还有 {len(report.notes) - SHOWN} 条说明。")
        self.stdout.write(f"新增 {report.created}，更新 {report.updated}，未变 {report.unchanged}。")

    def files(self, pairs: list[str]) -> list[tuple[Tabled, Path]]:
        """Return each file with what it fills: a workbook alone fills what its sheets are called."""
        if len(pairs) == 1 and is_workbook(Path(pairs[0])):
            return sheets_of(Path(pairs[0]))
        if not pairs or len(pairs) % 2:
            raise CommandError(f"用法：import_csv KIND FILE。KIND 可用：{'、'.join(importable())}。")
        return [(self.model(kind), Path(file)) for kind, file in zip(pairs[::2], pairs[1::2], strict=True)]

    def model(self, name: str) -> Tabled:
        """Return the model of a name, or explain which there are."""
        found = model_named(name.lower())
        if found is None:
            raise CommandError(f"没有“{name}”这一种。可用：{'、'.join(importable())}。")
        return found

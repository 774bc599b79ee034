"""`manage.py export_tables FILE [KIND …]`: let records leave in tables that `import_csv` takes back."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.exporting import Selection, sheets
from cms.exporting.files import TooLong
from cms.exporting.formats import CATALOGUE, FORMATS
from cms.importing.sheets import importable, model_named


class Command(BaseCommand):
    """Writes everything, or the kinds and parts that are named; a file that is there already is never overwritten."""

    help = "导出表格：export_tables FILE [KIND …]。FILE 以 .xlsx、.zip（每种一个 CSV）或 .csv（只一种）结尾，书目记录以 .mrc（ISO 2709）或 .xml（MARCXML）结尾。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the file and the names."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("kinds", nargs="*", metavar="KIND", help="种类名；不写就是全部。")
        parser.add_argument("--words", default="", help="题名或编号里有的词。")

    def handle(self, *args: Any, file: Path, kinds: list[str], words: str, **options: Any) -> None:
        """Write the file beside its place first, so that half a one is never found there."""
        ending = file.suffix.lower().lstrip(".")
        write = FORMATS.get(ending)
        if write is None:
            raise CommandError(f"文件要以 {'、'.join('.' + ending for ending in FORMATS)} 结尾。")
        if file.exists():
            raise CommandError(f"{file} 已经在了，没有改它。")
        models = [model for name in kinds if (model := model_named(name.lower()))]
        if len(models) < len(kinds) or (ending == "csv" and len(models) != 1):
            raise CommandError(f"种类可用 {'、'.join(importable())}；.csv 只放一种。")
        selection = Selection(tuple(models), words) if models else Selection(words=words)
        half = file.with_name(f".{file.name}.{os.getpid()}")
        try:
            with half.open("xb") as target:
                count = write(sheets(selection), target)
            os.link(half, file)  # fails where somebody was sooner
        except TooLong as told:
            number, where = told.args
            other = "ISO 2709 的字段长，请用 .xml" if ending in CATALOGUE else "Excel 的一格长，请用 .zip 或 .csv"
            raise CommandError(f"{number} 的“{where}”比 {other}。") from None
        except OSError as fault:
            raise CommandError(f"写不了 {file}：{fault.strerror}。") from None
        finally:
            half.unlink(missing_ok=True)
        self.stdout.write(f"{file}：{count} 行。")

"""`manage.py import_gazetteer FOLDER`: bring an old book in the Kanripo format into the library."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from chronicle.gazetteer import import_gazetteer
from chronicle.kanripo import GazetteerError, Juan
from search import outbox


class Command(BaseCommand):
    """Imports one folder; a second run changes nothing."""

    help = "把一部汉籍リポジトリ（Kanripo）格式的旧志导入为典籍、卷与条目；全部成功或全不改动。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder and, if it is not the usual one, the shelf."""
        parser.add_argument("folder", type=Path, help="含 KR2k0029_001.txt 等文件的文件夹")
        parser.add_argument("--shelf", default="", help="书架的路径（slug），默认为典籍架")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, and say what was done."""
        started = time.monotonic()
        with translation.override("zh-hans"):
            try:
                tally = import_gazetteer(options["folder"], options["shelf"], self.show)
            except GazetteerError as error:
                raise CommandError(f"{error} {_('没有导入任何内容。')}") from None
            outbox.finish()
            counts = _("新增 %(new)d，更新 %(changed)d，未变 %(unchanged)d。") % vars(tally)
            work = tally.work
            if work and not work.licence:
                self.stdout.write(_("文件没有标明出处：来源网址、许可和权利都空着，请在后台补上。"))
            self.stdout.write(f"《{work.title if work else ''}》 {counts} {time.monotonic() - started:.1f} s")

    def show(self, juan: Juan, position: int, total: int) -> None:
        """Say how far it is: one line that changes on a terminal, a line for each juan elsewhere."""
        line = f"{position}/{total} {juan.title} {len(juan.entries)}"
        if self.stdout.isatty():
            self.stdout.write(f"\r\033[K{line}", ending="\n" if position == total else "")
            self.stdout.flush()
        else:
            self.stdout.write(line)

"""`manage.py import_book FOLDER`: bring picture books in, each whole or not at all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from cms.worker import loop
from picturebooks.importing import DIFFERENT, NEW, SAME, UPDATED, BookRefused, Outcome, bring_in
from picturebooks.importing.folder import Files, books_in
from search import outbox

SHOWN = 12
"""Differences of one book that are listed."""


class Command(BaseCommand):
    """Imports every book of a folder; a second run changes nothing."""

    help = "把一个文件夹里的双语绘本（zh、en、images）导入；每本全部成功或全不改动，再导入一次什么也不变。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, and how far to go."""
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="含 zh、en、images 三个文件夹的文件夹")
        parser.add_argument("--dry-run", action="store_true", help="只检查、只报告，什么也不存")
        parser.add_argument("--update", action="store_true", help="馆里已有而与文件不同的，改成文件里的")
        parser.add_argument("--only", action="append", metavar="ID", help="只导入这个编号的书，如 0001；可给多次")
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=languages, default=settings.LANGUAGE_CODE, help="报告的语言")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import book by book, and say of each what became of it; ends with 1 when any was refused."""
        with translation.override(options["language"]):
            books = self.wanted(options["folder"], options["only"])
            tally = dict.fromkeys((NEW, UPDATED, SAME, DIFFERENT, "refused"), 0)
            for number, files in enumerate(books, 1):
                tally[self.one(files, f"{number}/{len(books)}", options)] += 1
            if not options["dry_run"]:
                self.finish()
            self.sum_up(tally, options)

    def wanted(self, folder: Path, only: list[str] | None) -> list[Files]:
        """Return the books to bring in; CommandError where the folder is none of books."""
        if not folder.is_dir():
            raise CommandError(_("没有“%(folder)s”这个文件夹。") % {"folder": folder})
        try:
            books = books_in(folder)
        except BookRefused as refused:
            raise CommandError("\n".join(refused.faults)) from None
        if lacking := set(only or ()) - {files.key for files in books}:
            raise CommandError(_("没有编号是 %(ids)s 的书。") % {"ids": _("、").join(sorted(lacking))})
        return [files for files in books if not only or files.key in only]

    def one(self, files: Files, place: str, options: dict[str, Any]) -> str:
        """Bring one book in and report; returns its state."""
        try:
            outcome = bring_in(files, dry=options["dry_run"], update=options["update"])
        except BookRefused as refused:
            self.stdout.write(f"{place} {files.label}{_('：')}{_('没有导入：')}")
            self.lines(refused.faults)
            return "refused"
        self.stdout.write(f"{place} {files.label}{_('：')}{self.said(outcome, options['dry_run'])}")
        if outcome.differences:
            more = len(outcome.differences) - SHOWN
            listed = _("；").join(outcome.differences[:SHOWN])
            self.lines([_("不同处：%(list)s") % {"list": listed} + (f"……（+{more}）" if more > 0 else "")])
        self.lines(outcome.notes)
        return outcome.state

    def lines(self, lines: Any) -> None:
        """Write lines below the book that they are about."""
        for line in lines:
            self.stdout.write(f"    {line}")

    def said(self, outcome: Outcome, dry: bool) -> str:
        """Return what became of a book."""
        words = {
            NEW: _("可以导入，%(n)d 幅") if dry else _("已导入，%(n)d 幅，%(uid)s"),
            UPDATED: _("可以更新，%(uid)s") if dry else _("已更新，%(uid)s"),
            SAME: _("没有变，%(uid)s"),
            DIFFERENT: _("馆里已有，与文件不同，没有改动，%(uid)s；要改成文件里的，请加 --update"),
        }
        return words[outcome.state] % {"n": outcome.pages, "uid": outcome.uid}

    def finish(self) -> None:
        """Tell the search, and make the sizes of the pictures."""
        self.stdout.write(_("正在更新检索和图片尺寸……"))
        outbox.finish()
        loop.finish()

    def sum_up(self, tally: dict[str, int], options: dict[str, Any]) -> None:
        """Say how many of each; CommandError where any was refused."""
        said = (
            _("新增 %(new)d 本，更新 %(updated)d，未变 %(same)d，不同而没有改 %(different)d，没有导入 %(refused)d。")
            % tally
        )
        if options["dry_run"]:
            said = f"{said}{_('只是检查，什么也没有存。')}"
        if tally["refused"]:
            raise CommandError(said)
        self.stdout.write(said)

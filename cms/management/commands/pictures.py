"""`manage.py pictures repair|tidy`: sizes that are missing, files that are left over."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.worker.deleted_files import held
from cms.worker.loop import finish
from cms.worker.queue import ask_once
from media import repair
from media.renditions import make_by_id


class Command(BaseCommand):
    """Finds what is missing and what is left over."""

    help = "repair：补做缺少的图片尺寸。tidy：列出没有记录的图片文件，加 --delete 才删除。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One action and its switches."""
        parser.add_argument("action", choices=["repair", "tidy"])
        parser.add_argument("--delete", action="store_true", help="tidy: really delete")
        parser.add_argument("--hours", type=int, default=6, help="tidy: only files older than this (default: 6)")

    def handle(self, *args: Any, action: str, delete: bool, hours: int, **options: Any) -> None:
        """Do what was asked."""
        if hours < 1:
            raise CommandError(
                "--hours must be 1 or more: younger files may belong to a row that is just being written."
            )
        if action == "repair":
            self.repair()
        else:
            self.tidy(delete, timedelta(hours=hours))

    def repair(self) -> None:
        """Ask for what is missing; done at once where the site works for itself."""
        lacking = list(repair.lacking())
        asked = sum(ask_once(make_by_id, number) for number in lacking)
        finish()
        self.stdout.write(f"缺尺寸的图片 {len(lacking)} 张，新排入 {asked} 张；结果见后台“报告”里的“后台任务”。")

    def tidy(self, delete: bool, age: timedelta) -> None:
        """Name the files without a row, and delete them when that was said."""
        found = (
            name for folder in (repair.UPLOADS, repair.SIZES, repair.SOUNDS) for name in repair.surplus(folder, age)
        )
        kept = held()
        names = [name for name in found if name not in kept]
        for name in names:
            self.stdout.write(name)
        if delete:
            repair.remove(names)
        self.stdout.write(f"没有记录的文件 {len(names)} 个" + ("，已删除。" if delete else "；加 --delete 才删除。"))

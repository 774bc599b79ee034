"""`manage.py load_demo`: the demo of every kind, through the importer that librarians use."""

import secrets
from typing import Any

from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cms.importing import ImportRefused, import_files
from cms.importing.sheets import demo_files
from cms.management.commands.import_csv import said
from cms.worker import loop


class Command(BaseCommand):
    """Loads the demo; a second run changes nothing."""

    help = "装入示例馆藏，并在还没有用户时建一个管理员，口令只显示一次。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, index, and make the first user."""
        # An index must be there to follow the import; a missing one would be mended by a thread beside it.
        call_command("search", "rebuild", if_needed=True, stdout=self.stdout)
        try:
            report = import_files(demo_files(), progress=self.stdout.write)
        except ImportRefused as refused:
            raise CommandError(said(refused)) from None
        self.stdout.write(f"示例馆藏：新增 {report.created}，更新 {report.updated}，未变 {report.unchanged}。")
        call_command("search", "rebuild", if_needed=True, stdout=self.stdout)
        # The sizes of its pictures.
        loop.finish()
        self.first_user()

    def first_user(self) -> None:
        """Make an administrator where there is nobody yet, and show the password this once."""
        if User.objects.exists():
            return
        password = secrets.token_urlsafe(12)
        User.objects.create_superuser("admin", password=password)
        self.stdout.write(f"\n  编修室 /admin/  用户 admin  一次性口令 {password}\n")

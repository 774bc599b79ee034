"""`manage.py book_faces`: have the 楷 of every book cut that lacks its own, as after an upgrade or when files were lost."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.worker.queue import ask_once
from picturebooks.faces import cut_by_id
from picturebooks.models import Book


class Command(BaseCommand):
    """Asks the worker for each; what is there already is not cut again."""

    help = "请后台补切各本绘本的楷体。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, and say for how many."""
        asked = sum(ask_once(cut_by_id, number) for number in Book.objects.values_list("pk", flat=True))
        self.stdout.write(f"{asked} 本")

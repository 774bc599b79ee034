"""`manage.py subset_fonts`: cut the title face anew, when titles bring characters that it lacks."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from wagtail.models import Page

from cms.setup.fonts import characters, cut

HAN = re.compile(r"[\u3400-\u9fff]+")


def interface() -> str:
    """Return every Chinese text that stands in templates."""
    places = [settings.ROOT / "cms" / "templates", *Path(settings.SHELVES).glob("*/templates")]
    return "".join("".join(HAN.findall(f.read_text())) for place in places for f in place.rglob("*.html"))


class Command(BaseCommand):
    """Reads the titles in the database and the texts of the interface."""

    help = "按题名和界面用字重切标题字体。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Cut and say how large it became."""
        titles = Page.objects.values_list("title", flat=True)
        text = characters(interface(), titles)
        size = cut(text)
        self.stdout.write(f"{len(text)} 字，{size / 1024:.0f} KB")

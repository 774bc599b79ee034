"""`manage.py worker`: does what waits and what is due, until it is stopped."""

import signal
from typing import Any

from django.core.management.base import BaseCommand

from cms.worker.loop import Loop


class Command(BaseCommand):
    """Works as a service; as many as you like may run, one of them works."""

    help = "做等着的事：图片尺寸、定时发布和到期、索引（SEARCH_DRAIN=worker 时）、清理。作为服务长期运行。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGTERM or SIGINT, and end what is being done before."""
        loop = Loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: loop.stopping.set())
        loop.run()

"""`manage.py add_guide NAME`: an account for a guide, with a password that is shown once."""

import secrets

from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tours.access import GUIDES


class Command(BaseCommand):
    """Makes a guide."""

    help = "为讲解员开一个账户；一次性口令只显示一次。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the account's name."""
        parser.add_argument("name")

    def handle(self, *args: object, name: str, **options: object) -> None:
        """Make the account and put it in the group of guides."""
        if User.objects.filter(username=name).exists():
            raise CommandError(f"已经有账户“{name}”。")
        password = secrets.token_urlsafe(9)
        User.objects.create_user(name, password=password).groups.add(Group.objects.get(name=GUIDES))
        self.stdout.write(f"讲解台 /guide/  用户 {name}  一次性口令 {password}")

"""`manage.py add_guide NAME`: an account for a guide, with a password that is shown once and good for one login."""

import secrets
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from tours.guiding.access import GUIDES
from tours.models import OneTimePassword


class Command(BaseCommand):
    """Makes a guide, or gives one who forgot the password another."""

    help = "为讲解员开一个账户；一次性口令只显示一次，登录后先要改掉。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the account's name, and what the guide is called."""
        parser.add_argument("name", help="用户名，登录用")
        parser.add_argument("--full-name", default="", help="姓名，署在导览上，如 陈玲")
        parser.add_argument("--reset", action="store_true", help="已有的讲解员忘了口令：另给一个一次性口令")

    @transaction.atomic
    def handle(self, *args: Any, name: str, full_name: str, reset: bool, **options: Any) -> None:
        """Make the account, put it in the group of guides, and say its one-time password."""
        user = User.objects.filter(username=name).first()
        if user and not reset:
            raise CommandError(f"已经有账户“{name}”。忘了口令：add_guide {name} --reset")
        if reset and not (user and user.groups.filter(name=GUIDES).exists()):
            raise CommandError(f"没有讲解员“{name}”。")
        user = user or User(username=name)
        if full_name:
            user.first_name, user.last_name = full_name, ""
        try:
            user.full_clean(exclude=["password"])
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from fault
        password = secrets.token_urlsafe(9)
        user.set_password(password)
        user.save()
        user.groups.add(Group.objects.get(name=GUIDES))
        OneTimePassword.objects.update_or_create(user=user)
        self.stdout.write(f"讲解台 /guide/  用户 {name}  一次性口令 {password}")

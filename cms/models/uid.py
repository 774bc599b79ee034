"""Permanent numbers of holdings, given once and never again, and read in whatever way a person writes them."""

import re
import unicodedata

from django.conf import settings
from django.db import models, transaction

WRITTEN = re.compile(r"[A-Z0-9][A-Z0-9._-]*")
LONGEST_UID = 40
"""Characters."""
GIVEN = re.compile(r"[a-z0-9]+-[a-z]{2}-[0-9]{6,9}")
"""An address that was made from a number of the form that `next_uid` gives."""


class UidCounter(models.Model):
    """The last number given for a kind's code; it only grows, so no number is used twice."""

    code = models.CharField(max_length=10, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.code} {self.last}"


def normal_uid(uid: str) -> str:
    """Return the one way of writing a number: capitals of half width, no invisible signs; equal ones are one number."""
    half_width = unicodedata.normalize("NFKC", uid)
    return "".join(sign for sign in half_width if unicodedata.category(sign) != "Cf").strip().upper()


def uid_in(written: str) -> str:
    """Return the number that a text begins with, "" for none: a chat's link takes the comma after the number along."""
    found = WRITTEN.match(unicodedata.normalize("NFKC", written[: 2 * LONGEST_UID]).upper().lstrip())
    return found[0][:LONGEST_UID] if found else ""


def address_of(uid: str) -> str:
    """Return the part of an address that is made from a number."""
    return uid.lower().replace(".", "-")


def next_uid(code: str) -> str:
    """Return a fresh uid as `XH-PB-000123`; locks the counter until the transaction ends."""
    with transaction.atomic():
        counter, _made = UidCounter.objects.select_for_update().get_or_create(code=code)
        counter.last += 1
        counter.save(update_fields=["last"])
        return f"{settings.LIBRARY_CODE}-{code}-{counter.last:06d}"


def note_uid(uid: str) -> None:
    """Move the counter past a uid that came from outside, so that it is never given again."""
    parts = normal_uid(uid).rsplit("-", 2)
    if len(parts) != 3 or not parts[2].isdecimal() or len(parts[2]) > 9:
        return
    with transaction.atomic():
        counter, _made = UidCounter.objects.select_for_update().get_or_create(code=parts[1][:10])
        if int(parts[2]) > counter.last:
            counter.last = int(parts[2])
            counter.save(update_fields=["last"])

"""The edition of the library: a row for every change of what anybody may be shown."""

from django.db import models
from django.utils import timezone


class Edition(models.Model):
    """Something changed; written in the transaction of the change (cms.pages.edition), read before a page is drawn.

    Rows rather than one number: two transactions that end out of their order are both seen, and neither waits for the other.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.pk} {self.at:%F %T}"

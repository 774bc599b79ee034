"""Rows of tables that are no holdings themselves."""

from typing import ClassVar

from django.db import models

from cms.catalogue.columns import Column


class Part(models.Model):
    """What has a table of its own without being a holding: a part of one, as a spread or a copy, or a theme.

    `key` names the fields by which a row is known again, `columns` the headings of its table. A subclass is all that the
    importer, the index and the manual's test need to know it.
    """

    key: ClassVar[tuple[str, ...]]
    columns: ClassVar[tuple[Column, ...]]

    class Meta:
        abstract = True

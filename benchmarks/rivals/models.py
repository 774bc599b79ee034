"""The one model on which stock Wagtail search is tried: it filters and counts by columns, so a facet has one value here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from wagtail.search import index


class Passage(index.Indexed, models.Model):
    """A passage as a Wagtail site would index it."""

    title = models.CharField(max_length=255)
    names = models.TextField()
    text = models.TextField()
    kinds = models.CharField(max_length=64, db_index=True)
    decades = models.IntegerField(null=True, db_index=True)
    places = models.IntegerField(null=True, db_index=True)
    themes = models.CharField(max_length=64, db_index=True)
    subdistricts = models.CharField(max_length=64, db_index=True)
    languages = models.CharField(max_length=64, db_index=True)
    pictures = models.CharField(max_length=8, db_index=True)

    search_fields: ClassVar = [
        index.SearchField("title"),
        index.SearchField("names"),
        index.SearchField("text"),
        index.AutocompleteField("title"),
        *(
            index.FilterField(name)
            for name in ("kinds", "decades", "places", "themes", "subdistricts", "languages", "pictures")
        ),
    ]

    class Meta:
        app_label = "rivals"

    def __str__(self) -> str:
        return self.title

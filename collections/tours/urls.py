"""Addresses of the guide's bench, of packs, and of signs and walks; cms.urls takes them up, in both languages."""

from django.urls import include, path

urlpatterns = [
    path("", include("tours.guiding.bench.urls")),
    path("", include("tours.guiding.packs.urls")),
    path("", include("tours.guiding.walking.urls")),
]

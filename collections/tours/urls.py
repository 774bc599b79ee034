"""Addresses of the guide's bench and of signs; cms.urls takes them up, in both languages."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []

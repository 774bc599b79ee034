"""Addresses of the guide's bench."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

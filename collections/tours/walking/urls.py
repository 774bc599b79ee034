"""Addresses of signs, of walking a tour, and of what it leaves behind."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Addresses of postcards beside their pages."""

from django.urls import path

from postcards.views import newest

urlpatterns = [path("postcards/newest/", newest, name="newest_postcard")]

"""Addresses of exhibitions beside their pages; cms.urls takes them up, in both languages."""

from django.urls import path

from exhibitions.labels import labels

urlpatterns = [path("labels/<str:uid>/", labels, name="exhibition_labels")]

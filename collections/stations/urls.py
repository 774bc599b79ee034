"""Addresses of corners beside their pages."""

from django.urls import path

from stations.views import poster, whereabouts

urlpatterns = [
    path("stations/whereabouts.json", whereabouts, name="station_whereabouts"),
    path("stations/<str:slug>/poster.pdf", poster, name="station_poster"),
]

"""Addresses of packs."""

from django.urls import path

from tours.guiding.packs import page, shelf

urlpatterns = [
    path("guide/tours/<int:pk>/packs/", shelf.packs, name="guide_packs"),
    path("guide/packs/", page.check, name="guide_pack_check"),
    path("guide/packs/<str:code>/", page.pack_page, name="guide_pack"),
    path("guide/packs/<str:code>/again/", page.pack_again, name="guide_pack_again"),
    path("guide/packs/<str:code>/file/", page.pack_file, name="guide_pack_file"),
]

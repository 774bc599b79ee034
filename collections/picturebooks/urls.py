"""Addresses of the faces of books; cms.urls takes them up, in both languages."""

from django.urls import re_path

from picturebooks.views import face, face_rules

urlpatterns = [
    re_path(r"^faces/(?P<name>[0-9a-f]{16})\.css$", face_rules, name="book_face_rules"),
    re_path(r"^faces/(?P<name>[0-9a-f]{16})\.woff2$", face, name="book_face"),
]

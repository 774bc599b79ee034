"""Bringing in a table of old addresses: Wagtail's own step, which fails on a form that lacks what the step before gave it."""

from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from wagtail.contrib.redirects import views

SIGNED = ("import_file_name", "input_format")
"""What the first step gives to the second, signed."""


def process_import(request: HttpRequest) -> HttpResponse:
    """Take the second step of an import, or begin again where the first one's answer is missing or was changed."""
    try:
        for name in SIGNED:
            Signer().unsign(request.POST[name])
        return views.process_import(request)
    except (BadSignature, KeyError, OSError):
        messages.error(request, _("上传的表已经不在了，请再传一次。"))
        return redirect("wagtailredirects:start_import")


# At the address of Wagtail's own view, before it.
urlpatterns: list[URLPattern] = [path("redirects/import/process/", process_import)]

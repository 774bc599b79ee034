"""The addresses of the reconciliation service: manifest, questions and extension at one, suggestions, properties and cards beside it."""

import json
from collections.abc import Callable, Iterable
from functools import wraps

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt

from cms.matching.matcher import readable
from cms.models.uid import normal_uid
from cms.pages.absolute_urls import absolute
from cms.reconciling import answers
from cms.reconciling.properties import PROPERTIES, Property
from cms.reconciling.requests import MOST_QUERIES, Refused, extension, field, number, questions
from cms.reconciling.types import Type, kinds_of, types
from search.sounds import plain

CARD_WIDTH, CARD_HEIGHT = 420, 220
"""Pixels of the frame in which a client shows a card."""
ORIGINS = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "GET, POST, OPTIONS"}
ASKED_BEFORE = {"Access-Control-Allow-Headers": "Content-Type", "Access-Control-Max-Age": "86400"}
View = Callable[..., HttpResponse]


def said(told: object, status: int = 200) -> HttpResponse:
    """Return JSON that people can read too; half of a pair of surrogates, which UTF-8 has no bytes for, stays an escape."""
    text = json.dumps(told, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return HttpResponse(text, content_type="application/json", status=status)


def service(view: View) -> View:
    """Let a view be asked from any page of the web, without its cookies; what cannot be answered is told in JSON.

    What one visitor may see is not for a cache that others share.
    """

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, **parts: str) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=ORIGINS | ASKED_BEFORE)
        try:
            if request.method not in ("GET", "HEAD", "POST"):
                raise Refused(_("只用 GET 和 POST。"), 405)
            answer = view(request, **parts)
        except Refused as why:
            answer = said({"status": "error", "message": str(why)}, status=why.status)
        for name, value in ORIGINS.items():
            answer[name] = value
        answer["Cache-Control"] = "private, no-cache"
        return answer

    return answered


@service
def endpoint(request: HttpRequest) -> HttpResponse:
    """Answer `queries`, or `extend`, or else with the manifest."""
    if (asked := field(request, "queries")) is not None:
        return said(answers.answered(questions(asked), request))
    if (asked := field(request, "extend")) is not None:
        return said(answers.extended(extension(asked), request))
    return said(manifest())


def manifest() -> dict[str, object]:
    """Return what the service is and where its parts are, in the language of the address."""
    base = absolute(reverse("reconcile"))

    def at(name: str) -> dict[str, str]:
        return {"service_url": base.rstrip("/"), "service_path": reverse(name).removeprefix(reverse("reconcile")[:-1])}

    card, view = (
        absolute(reverse(name, args=["UID"])).replace("UID", "{{id}}") for name in ("reconcile_card", "permanent")
    )
    return {
        "versions": ["0.1", "0.2"],
        "name": _("志汇 %(code)s") % {"code": settings.LIBRARY_CODE},
        "identifierSpace": absolute("/id/"),
        "schemaSpace": "https://schema.org/Thing",
        "defaultTypes": types(),
        "view": {"url": view},
        "preview": {"url": card, "width": CARD_WIDTH, "height": CARD_HEIGHT},
        "suggest": {
            "entity": at("reconcile_entities"),
            "type": at("reconcile_types"),
            "property": at("reconcile_properties"),
        },
        "extend": {"propose_properties": at("reconcile_proposals"), "property_settings": []},
        "batchSize": MOST_QUERIES,
    }


@service
def entities(request: HttpRequest) -> HttpResponse:
    """Suggest records for `prefix`, of a `type` where one is given, after the first `cursor`."""
    prefix, cursor = asked(request)
    return suggestions(answers.suggested(prefix, cursor, readable(request.GET.get("type", "")), request))


@service
def type_suggestions(request: HttpRequest) -> HttpResponse:
    """Suggest types whose id or name has `prefix` in it."""
    return suggestions(fitting(types(), *asked(request)))


@service
def property_suggestions(request: HttpRequest) -> HttpResponse:
    """Suggest properties whose id or name has `prefix` in it."""
    return suggestions(fitting((one.told() for one in PROPERTIES), *asked(request)))


@service
def proposals(request: HttpRequest) -> HttpResponse:
    """Answer with the properties that records of a `type` have, at most `limit`."""
    name = readable(request.GET.get("type", ""))
    most = number(request.GET.get("limit", "")) or len(PROPERTIES)
    found = [one.told() for one in PROPERTIES if is_of(one, name)]
    return said({"type": name, "limit": most, "properties": found[:most]})


def is_of(one: Property, type_name: str) -> bool:
    """Whether any kind of a type has a property; no type, or an unknown one, is every kind."""
    return any(map(one.is_of, kinds_of(type_name) or kinds_of("holding")))


def asked(request: HttpRequest) -> tuple[str, int]:
    """Return what was typed, and how many suggestions to skip."""
    return readable(request.GET.get("prefix", "")), number(request.GET.get("cursor", ""))


def fitting(found: Iterable[Type], prefix: str, cursor: int) -> list[Type]:
    """Return those with what was typed in their id or name, those that begin with it first."""
    form = plain(prefix)
    names = [(one, [plain(str(one["id"])), plain(str(one["name"]))]) for one in found]
    fits = [(one, any(name.startswith(form) for name in own)) for one, own in names if any(form in n for n in own)]
    return [one for one, _begins in sorted(fits, key=lambda pair: not pair[1])][cursor : cursor + answers.PER_PAGE]


def suggestions(found: list[dict[str, object]]) -> HttpResponse:
    """Return suggestions as the protocol has them."""
    return said({"result": found})


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@service
def card(request: HttpRequest, uid: str) -> HttpResponse:
    """Draw a card of a record, for the frame of a client on any host; Http404 where nobody may see it."""
    found = answers.seen(request).filter(uid=normal_uid(uid)).first()
    if found is None:
        raise Http404
    holding = answers.whole([found], request)[found.pk]
    address = absolute(reverse("permanent", args=[holding.uid]))
    return render(request, "cms/reconciling/card.html", {"holding": holding, "address": address})

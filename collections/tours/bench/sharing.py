"""Opening a tour to visitors, handing it to a colleague, and taking a copy with credit."""

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST
from wagtail.actions.unpublish_page import UnpublishPageAction

from cms.models import Shelf
from cms.visibility import visible
from tours.access import for_guides, own_tour
from tours.bench.keeping import keep, stops_of
from tours.bench.stops import back_to
from tours.models import Stop, Tour

SALT = "tours.hand"
DAYS = 14
COPIED = (
    "title_en",
    "summary",
    "summary_en",
    "audience",
    "language",
    "minutes",
    "start",
    "start_en",
    "body",
    "body_en",
)
COPIED_STOP = (
    "holding_id", "story_id", "length", "minutes", "walking", "locked", "way", "way_en", "sort_order",
)  # fmt: skip


@for_guides
@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a tour to visitors, or take it back."""
    tour = own_tour(request.user, pk)
    if request.POST.get("show") == "no":
        UnpublishPageAction(tour, user=request.user).execute(skip_permission_checks=True)
        messages.success(request, _("已收回，参观者看不到了。"))
    elif not stops_of(tour):
        messages.error(request, _("还没有一站，不能开放。"))
    else:
        tour.save_revision(user=request.user, clean=False).publish(user=request.user, skip_permission_checks=True)
        messages.success(request, _("已开放给参观者。"))
    return back_to(tour)


@for_guides
@require_POST
def hand(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the link by which a colleague takes a copy, for 14 days."""
    tour = own_tour(request.user, pk)
    token = signing.dumps(tour.pk, salt=SALT)
    link = request.build_absolute_uri(reverse("guide_handed", args=[token]))
    return render(request, "tours/bench/hand.html", {"tour": tour, "link": link, "days": DAYS})


@for_guides
def handed(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was handed over, and on POST take a copy."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        return render(request, "tours/bench/handed.html", {"tour": None}, status=404)
    tour = Tour.objects.filter(pk=pk).first()
    if tour is None or request.method != "POST":
        return render(request, "tours/bench/handed.html", {"tour": tour}, status=200 if tour else 404)
    return copied(request, tour)


@for_guides
@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a copy of a tour that visitors may see, or of one's own."""
    public = visible(Tour.objects.filter(pk=pk), request).first()
    tour = public or Tour.objects.filter(pk=pk, owner=request.user).first()
    if tour is None:
        raise Http404
    return copied(request, tour)


def copied(request: HttpRequest, tour: Tour) -> HttpResponse:
    """Make the copy and lead to it."""
    made = copy_of(tour, request.user)
    messages.success(request, _("已复制成你的导览，注明了出处。"))
    return back_to(made)


@transaction.atomic
def copy_of(tour: Tour, user: object) -> Tour:
    """Copy a tour and its stops for another guide, with credit; scripts, runs, questions and codes are not taken along."""
    made = Tour(title=tour.title, owner=user, live=False, based_on=tour, **{n: getattr(tour, n) for n in COPIED})
    made.thanks, made.thanks_en = credit(tour, "zh-hans"), credit(tour, "en")
    Shelf.objects.get(slug=Tour.shelf.slug).add_child(instance=made)
    for stop in stops_of(tour):
        Stop(tour=made, **{name: getattr(stop, name) for name in COPIED_STOP}).save()
    keep(made, user)
    return made


def credit(tour: Tour, language: str) -> str:
    """Return whose tour a copy goes back to, in one language; earlier credit stays in it."""
    with override(language):
        name = tour.owner and (tour.owner.get_full_name() or tour.owner.get_username())
        title = tour.title_en if language == "en" and tour.title_en else tour.title
        said = _("《%(title)s》") % {"title": title}
        earlier = tour.thanks_en if language == "en" else tour.thanks
        return "；".join(filter(None, [f"{said}{_('，')}{name}" if name else said, earlier]))[:300]

"""Opening a tour to visitors, handing it to a colleague, and taking a copy with credit."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.actions.unpublish_page import UnpublishPageAction

from cms.models import Shelf
from cms.visibility import visible
from tours.guiding.access import GuideRequest, for_forms, for_guides, own_tour
from tours.guiding.bench import once
from tours.guiding.bench.changes import keep, stops_of
from tours.guiding.bench.stops import back_to
from tours.models import Handing, Script, Stop, Tour

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
    "holding_id", "story_id", "length", "minutes", "walking", "estimate", "measured", "locked", "way", "way_en",
    "sort_order",
)  # fmt: skip


@for_forms
def show(request: GuideRequest, pk: int) -> HttpResponse:
    """Open a tour to visitors, or take it back."""
    with transaction.atomic():
        # Read under the lock, as every change of a tour: publishing writes all its fields.
        tour = Tour.objects.select_for_update().get(pk=own_tour(request.user, pk).pk)
        if request.POST.get("show") == "no":
            UnpublishPageAction(tour, user=request.user).execute(skip_permission_checks=True)
            messages.success(request, _("已收回，参观者看不到了。"))
        elif not stops_of(tour):
            messages.error(request, _("还没有一站，不能开放。"))
        else:
            tour.save_revision(user=request.user, clean=False).publish(user=request.user, skip_permission_checks=True)
            messages.success(request, _("已开放给参观者。"))
    return back_to(tour)


@for_forms
def hand(request: GuideRequest, pk: int) -> HttpResponse:
    """Show the link by which a colleague takes a copy, for 14 days; `call_back` ends all that were made before."""
    tour = own_tour(request.user, pk)
    if request.POST.get("call_back"):
        Handing.call_back(tour)
        messages.success(request, _("以前的链接都收回了，打不开了。"))
        return back_to(tour)
    token = signing.dumps([tour.pk, Handing.turn_of(tour)], salt=SALT)
    link = request.build_absolute_uri(reverse("guide_handed", args=[token]))
    return render(request, "tours/bench/hand.html", {"tour": tour, "link": link, "days": DAYS})


def handed_over(token: str) -> Tour | None:
    """Return the tour that a link hands over; None for one that is forged, over its days, or called back."""
    try:
        pk, turn = signing.loads(token, salt=SALT, max_age=DAYS * 24 * 3600)
    except (signing.BadSignature, TypeError):
        # A link made before links could be called back held a number alone.
        return None
    tour = Tour.objects.filter(pk=pk).first()
    return tour if tour and Handing.turn_of(tour) == turn else None


@for_guides
def handed(request: GuideRequest, token: str) -> HttpResponse:
    """Show what was handed over, and on POST take a copy."""
    tour = handed_over(token)
    if tour is None or request.method != "POST":
        return render(request, "tours/bench/handed.html", {"tour": tour}, status=200 if tour else 404)
    return copied(request, tour)


@for_forms
def copy(request: GuideRequest, pk: int) -> HttpResponse:
    """Take a copy of a tour that visitors may see, or of one's own."""
    public = visible(Tour.objects.filter(pk=pk), request).first()
    tour = public or Tour.objects.filter(pk=pk, owner=request.user).first()
    if tour is None:
        raise Http404
    return copied(request, tour)


@transaction.atomic
def copied(request: GuideRequest, tour: Tour) -> HttpResponse:
    """Make the copy and lead to it; sent twice, it is one copy."""
    act = f"copy {tour.pk}"
    if before := once.earlier(request, act):
        return before
    made = copy_of(tour, request.user)
    own = tour.owner_id == request.user.pk
    said = _("已复制，你的讲稿也一起复制了。") if own else _("已复制成你的导览，注明了出处。")
    messages.success(request, said)
    return once.done(request, back_to(made), act)


@transaction.atomic
def copy_of(tour: Tour, user: User) -> Tour:
    """Copy a tour and its stops for a guide; runs, questions and codes are not taken along.

    A copy of somebody else's gives credit and has no script. A copy of one's own has one's own scripts.
    """
    made = Tour(title=tour.title, owner=user, live=False, based_on=tour, **{n: getattr(tour, n) for n in COPIED})
    own = tour.owner_id == user.pk
    made.thanks, made.thanks_en = (
        (tour.thanks, tour.thanks_en) if own else (credit(tour, "zh-hans"), credit(tour, "en"))
    )
    Shelf.objects.get(slug=Tour.shelf.slug).add_child(instance=made)
    for stop in stops_of(tour):
        twin = Stop(tour=made, **{name: getattr(stop, name) for name in COPIED_STOP})
        twin.save()
        if own:
            copy_script(stop, twin, user)
    keep(made, user)
    return made


def copy_script(stop: Stop, twin: Stop, user: User) -> None:
    """Copy what a guide wrote at a stop, and nobody else's."""
    for script in Script.objects.filter(stop=stop, owner=user):
        Script.objects.create(stop=twin, owner=user, text=script.text)


def credit(tour: Tour, language: str) -> str:
    """Return whose tour a copy goes back to, in one language; earlier credit stays in it."""
    with override(language):
        name = tour.owner and (tour.owner.get_full_name() or tour.owner.get_username())
        title = tour.title_en if language == "en" and tour.title_en else tour.title
        said = _("《%(title)s》") % {"title": title}
        earlier = tour.thanks_en if language == "en" else tour.thanks
        return "；".join(filter(None, [f"{said}{_('，')}{name}" if name else said, earlier]))[:300]

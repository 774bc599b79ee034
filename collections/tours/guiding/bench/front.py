"""The front of the bench: a guide's tours, a new one, and what colleagues have opened."""

from django.contrib.auth.views import LoginView, LogoutView
from django.db import transaction
from django.db.models import Count, DecimalField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render

from cms.models import Shelf
from cms.visibility import visible
from tours.guiding.access import GuideRequest, for_guides, own_tours
from tours.guiding.bench import once
from tours.guiding.bench.changes import keep
from tours.guiding.bench.forms import TourForm
from tours.guiding.bench.stops import back_to
from tours.guiding.gaps import with_gaps
from tours.models import Stop, Tour

LISTED = 50


class Login(LoginView):
    """The guides' way in; the throttle on wrong passwords is the site's."""

    template_name = "tours/bench/login.html"
    next_page = "guide"
    redirect_authenticated_user = False


class Logout(LogoutView):
    """The way out, by POST."""

    next_page = "guide_login"


def summed(tours: "QuerySet[Tour]") -> "QuerySet[Tour]":
    """Add to each tour the number of its `places` and the minutes they take, as `taken`."""
    stops = Stop.objects.filter(tour=OuterRef("pk")).order_by().values("tour")
    zero = Coalesce(
        Subquery(stops.annotate(n=Sum("minutes") + Sum("walking")).values("n")), 0, output_field=DecimalField()
    )
    places = Coalesce(Subquery(stops.annotate(n=Count("pk")).values("n")), 0)
    return tours.annotate(taken=zero, places=places)


@for_guides
def front(request: GuideRequest) -> HttpResponse:
    """Show the guide's tours, the latest first, and a form for another; POST makes it."""
    form = TourForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return begun(form, request)
    others = visible(Tour.objects.exclude(owner=request.user), request)
    tours = list(summed(own_tours(request.user)).order_by("-latest_revision_created_at", "-pk")[:LISTED])
    context = {
        "tours": with_gaps(tours, request),
        "others": summed(others).select_related("owner").order_by("path")[:LISTED],
        "form": form,
    }
    return render(request, "tours/bench/front.html", context, status=422 if form.errors else 200)


@transaction.atomic
def begun(form: TourForm, request: GuideRequest) -> HttpResponse:
    """Make a private tour of what was filled in and lead to it; sent twice, it is one tour."""
    if before := once.earlier(request, "begin"):
        return before
    tour = form.save(commit=False)
    tour.owner, tour.live = request.user, False
    Shelf.objects.get(slug=Tour.shelf.slug).add_child(instance=tour)
    keep(tour, request.user)
    return once.done(request, back_to(tour), "begin")

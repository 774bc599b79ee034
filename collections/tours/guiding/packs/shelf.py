"""The page of a tour's packs: what is missing before anything is printed, the asking, and what was made."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tours.guiding.access import GuideRequest, for_guides, own_tour
from tours.guiding.packs import leaving
from tours.guiding.packs.content import notes
from tours.guiding.packs.freshness import Freshness, freshness, summary
from tours.guiding.packs.leaving import withheld
from tours.guiding.packs.making import start
from tours.guiding.packs.orders import NothingToPack, ask, telling_of
from tours.guiding.telling import audience_named, language_named
from tours.guiding.told import Telling
from tours.models import Audience, Language, Pack, Tour

LISTED = 12


def choice(tour: Tour, sent: QueryDict) -> Pack:
    """Return the pack that an address or a form asks for; what it does not say is as the tour has it."""
    return Pack(
        tour=tour,
        form=sent.get("form", "") if sent.get("form") in Pack.Form.values else Pack.Form.PRINT,
        audience=audience_named(sent.get("audience", ""), tour),
        language=language_named(sent.get("language", ""), tour),
        with_scripts=bool(sent.get("scripts")),
    )


@for_guides
def packs(request: GuideRequest, pk: int) -> HttpResponse:
    """Show what a pack of one of a guide's own tours would lack, and those made before; on POST ask for one."""
    tour = own_tour(request.user, pk)
    if request.method == "POST":
        wanted = choice(tour, request.POST)
        return looked_at(wanted) if request.POST.get("look") else asked(request, wanted)
    wanted = choice(tour, request.GET)
    telling = telling_of(wanted)
    made = Pack.objects.filter(tour=tour).select_related("tour__owner")[:LISTED]
    context = {
        "tour": tour,
        "wanted": wanted,
        "telling": telling,
        "missing": [*notes(telling), *leaving.in_words(withheld(telling), wanted.form)],
        "looked": "form" in request.GET,
        "audiences": Audience.choices,
        "languages": Language.choices,
        "forms": Pack.Form.choices,
        "packs": with_states(list(made)),
    }
    return render(request, "tours/packs/shelf.html", context)


def looked_at(wanted: Pack) -> HttpResponse:
    """Lead to the page for another choice, which an address can say; a form's own address would hold its token too."""
    said = {"form": wanted.form, "audience": wanted.audience, "language": wanted.language}
    if wanted.with_scripts:
        said["scripts"] = "1"
    return redirect(f"{reverse('guide_packs', args=[wanted.tour_id])}?{urlencode(said)}")


def asked(request: GuideRequest, wanted: Pack) -> HttpResponse:
    """Have a pack made and show its page; a tour with no stop makes none and says so."""
    try:
        pack = ask(wanted)
    except NothingToPack:
        messages.error(request, _("还没有一站，没有东西可以打包。"))
        return redirect("guide_packs", wanted.tour_id)
    start(pack)
    return redirect("guide_pack", pack.code)


def with_states(packs: list[Pack]) -> list[tuple[Pack, Freshness | None, str]]:
    """Return packs with what became of them; the tour is read once for each audience, language and form."""
    told: dict[tuple[str, str, str, bool], Telling] = {}
    rows: list[tuple[Pack, Freshness | None, str]] = []
    for pack in packs:
        if pack.state != Pack.State.READY:
            rows.append((pack, None, str(pack.get_state_display())))
            continue
        key = (pack.form, pack.audience, pack.language, pack.with_scripts)
        if key not in told:
            told[key] = telling_of(pack)
        found = freshness(pack, told[key])
        rows.append((pack, found, summary(found)))
    return rows

"""The page of one pack while it is made and after, its file, and the check of a printed one by its code."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cms.visibility import is_visible
from tours.guiding.access import GuideRequest, for_guides
from tours.guiding.packs import leaving, making
from tours.guiding.packs.files import file_name, path_of
from tours.guiding.packs.freshness import freshness, summary
from tours.guiding.packs.orders import CODE_SIZE, NothingToPack, ask
from tours.models import Pack
from tours.models.code import read_code

UNDER_WAY = (Pack.State.WAITING, Pack.State.MAKING)
TYPES = {Pack.Form.PRINT: "application/pdf", Pack.Form.OFFLINE: "text/html; charset=utf-8"}


def own_pack(request: GuideRequest, code: str) -> Pack:
    """Return a pack of one of a guide's own tours; Http404 for any other, as for one that does not exist."""
    found = Pack.objects.filter(code=code, tour__owner=request.user).select_related("tour__owner").first()
    if found is None:
        raise Http404
    return found


@for_guides
def pack_page(request: GuideRequest, code: str) -> HttpResponse:
    """Show how far a pack is, or what it is: its size, what was left out, what changed since."""
    pack = own_pack(request, code)
    if pack.state in UNDER_WAY:
        # Its maker may have died; whoever looks then takes it up.
        making.start(pack)
    return render(request, "tours/packs/pack.html", {"tour": pack.tour, "pack": pack, **state(pack)})


def state(pack: Pack) -> dict[str, Any]:
    """Return what the page of a pack says of it."""
    if pack.state in UNDER_WAY:
        return {"under_way": True}
    if pack.state == Pack.State.FAILED:
        return {"trouble": trouble(pack)}
    found = freshness(pack)
    return {
        "found": found,
        "said": summary(found),
        "left": leaving.in_words(pack.left_out, pack.form),
        "there": path_of(pack).is_file(),
    }


def trouble(pack: Pack) -> str:
    """Return why a pack could not be made."""
    words = {
        making.CHANGED: _("等的时候导览改过了，请再做一次。"),
        making.DISK: _("磁盘写不下，请告诉管理员，腾出地方再做一次。"),
        making.TOO_LONG: _("文字太长，一个文件放不下；去掉自己的讲稿，或把导览分成两条。"),
        making.FAULT: _("出了意外，已经记下，请告诉管理员；也可以再试一次。"),
    }
    return words.get(pack.trouble, words[making.FAULT])


@for_guides
def pack_again(request: GuideRequest, code: str) -> HttpResponse:
    """Make the same choice of a tour once more, as the tour is now; without a form, show what was made."""
    old = own_pack(request, code)
    if request.method != "POST":
        return redirect("guide_pack", code)
    choice = {"form": old.form, "audience": old.audience, "language": old.language, "with_scripts": old.with_scripts}
    try:
        pack = ask(Pack(tour=old.tour, **choice))
    except NothingToPack:
        return redirect("guide_packs", old.tour_id)
    making.start(pack)
    return redirect("guide_pack", pack.code)


@for_guides
def pack_file(request: GuideRequest, code: str) -> HttpResponseBase:
    """Hand out a pack's file to its guide, unless something in it may no longer be seen or used."""
    pack = own_pack(request, code)
    if pack.state != Pack.State.READY or not path_of(pack).is_file() or freshness(pack).closed:
        return redirect("guide_pack", pack.code)
    file = path_of(pack).open("rb")
    return FileResponse(file, as_attachment=True, filename=file_name(pack), content_type=TYPES[Pack.Form(pack.form)])


@for_guides
def check(request: GuideRequest) -> HttpResponse:
    """Tell by the code in a footer whether what is printed still holds: one's own packs, and those of public tours."""
    typed = request.GET.get("code", "")[:50]
    found = (
        Pack.objects.filter(code=read_code(typed, CODE_SIZE)).select_related("tour__owner").first() if typed else None
    )
    if found and found.tour.owner_id == request.user.pk:
        return redirect("guide_pack", found.code)
    context: dict[str, Any] = {"typed": typed}
    if found and found.state == Pack.State.READY and is_visible(found.tour, None):
        fresh = freshness(found)
        context.update(pack=found, found=fresh, said=summary(fresh))
    return render(request, "tours/packs/check.html", context, status=404 if typed and "pack" not in context else 200)

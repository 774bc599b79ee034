"""The pages of taking down: what would go and why, and the register."""

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.desk.merging.hindrances import who_may
from cms.desk.reporting import checked, may, page_of
from cms.desk.rights import DeskRequest
from cms.desk.taking_down.take_down import Target, take_down
from cms.models import Change, Home, TakeDown
from cms.pages.images import holdings_showing
from media.models import Image, Sound

PER_PAGE = 50
CONFLICT = 409
LONGEST_REASON = Change._meta.get_field("reason").max_length


class TakeDownForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("缘由"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("必填，记进下架登记；读者看不到。"),
    )


def of_page(request: DeskRequest, page_id: int) -> HttpResponse:
    """Take down a page with all below it; the site's own pages hold it together and stay."""
    page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
    if isinstance(page, Home):
        return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[page.pk]))
    allowed = page.permissions_for_user(request.user).can_publish()
    back = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return ask(request, Target("page", page), back) if allowed else refused(request, back, who_may(page))


def of_image(request: DeskRequest, image_id: int) -> HttpResponse:
    """Take down a picture wherever it stands."""
    return of_medium(request, Target("image", get_object_or_404(Image, pk=image_id)), "wagtailimages:edit")


def of_sound(request: DeskRequest, sound_pk: int) -> HttpResponse:
    """Take down a recording wherever it is heard."""
    sound = get_object_or_404(Sound, pk=sound_pk)
    return of_medium(request, Target("sound", sound), "wagtailsnippets_media_sound:edit")


def of_medium(request: DeskRequest, target: Target, edit: str) -> HttpResponse:
    """Ask those who answer for what is published; all records that show it would change for readers."""
    back = reverse(edit, args=[target.thing.pk])
    if may(request.user):
        return ask(request, target, back)
    return refused(request, back, who_may(Home.objects.get()))


def refused(request: HttpRequest, back: str, who: str) -> HttpResponse:
    """Say who may."""
    context = {"page_title": _("这要有发布的权限"), "header_icon": "warning", "back": back, "who": who}
    return render(request, "cms/desk/not_yours.html", context, status=403)


def ask(request: DeskRequest, target: Target, back: str) -> HttpResponse:
    """Ask why, or do it."""
    form, status = TakeDownForm(request.POST or None), 200
    if request.method == "POST":
        if form.is_valid():
            return done(request, target, form.cleaned_data["reason"])
        status = 400
    context = {
        "page_title": _("下架"),
        "header_icon": "no-view",
        "thing": target.thing,
        "standing": target.standing,
        "form": form,
        "back": back,
        "shown_by": shown_by(target.thing),
        "below": target.thing.get_descendant_count() if isinstance(target.thing, Page) else 0,
    }
    return render(request, "cms/desk/taking_down/ask.html", context, status=status)


def shown_by(thing: Model) -> int:
    """Return how many records show a picture or a recording."""
    return holdings_showing(thing).count() if isinstance(thing, (Image, Sound)) else 0


def done(request: DeskRequest, target: Target, reason: str) -> HttpResponse:
    """Do it, and lead to the register."""
    if take_down(target, reason, request.user):
        words = _("“%(title)s”已经下架：哪里都看不到了。要恢复，在下面这一行。")
        messages.success(request, words % {"title": target.thing})
    else:
        messages.info(request, _("“%(title)s”已经下架了。") % {"title": target.thing})
    return HttpResponseRedirect(reverse("take_downs"))


def register(request: HttpRequest) -> HttpResponse:
    """Draw what was taken down: who, when, what, why, and when it was put up again."""
    checked(request)
    rows = TakeDown.objects.select_related("change__made_by", "change__undoing__made_by")
    context = {
        "page_title": _("下架登记"),
        "header_icon": "no-view",
        "page": page_of(rows, request, PER_PAGE),
    }
    return render(request, "cms/desk/taking_down/register.html", context)


urlpatterns = [
    path("takedown/", register, name="take_downs"),
    path("takedown/page/<int:page_id>/", of_page, name="take_down_page"),
    path("takedown/image/<int:image_id>/", of_image, name="take_down_image"),
    path("takedown/sound/<int:sound_pk>/", of_sound, name="take_down_sound"),
]

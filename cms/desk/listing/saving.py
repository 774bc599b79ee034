"""Keeping a list under a name: one's own or for all colleagues; renamed, asked for otherwise, taken away."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cms.desk.listing import asked as asking
from cms.desk.rights import DeskRequest, may_edit, may_publish
from cms.models import SavedView

LONGEST = 4000
"""Characters of an address that can be kept."""


class ViewForm(forms.ModelForm):  # type: ignore[type-arg]  # the class takes no argument when it runs
    """The name of a list, who may open it, and what is asked."""

    query = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = SavedView
        fields: ClassVar = ["name", "shared", "on_first_page", "query"]
        labels: ClassVar = {
            "name": gettext_lazy("叫什么"),
            "shared": gettext_lazy("大家都能用"),
            "on_first_page": gettext_lazy("放在案头"),
        }

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_name(self) -> str:
        """Refuse a name that one's other list has: nothing is overwritten unasked."""
        name = " ".join(self.cleaned_data["name"].replace("\0", "").split())
        if SavedView.objects.filter(owner=self.user, name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("您已经有一张“%(name)s”，请换个名字。") % {"name": name})
        return name

    def clean_query(self) -> str:
        """Keep what every list knows, in the one way in which a list is asked for."""
        query = asking.parsed(self.cleaned_data["query"]).query()
        if len(query) > LONGEST:
            raise forms.ValidationError(_("条件太多，存不下。"))
        return query


def may_change(view: SavedView, user: User) -> bool:
    """Whether a list is somebody's to change: one's own, and what is shared also an editor's."""
    return view.owner_id == user.pk or (view.shared and may_publish(user))


def of(request: DeskRequest, number: int) -> SavedView:
    """Return a list that whoever asks may change. Http404 for one that they cannot open, PermissionDenied for others."""
    if not may_edit(request.user):
        raise PermissionDenied
    view = get_object_or_404(SavedView.open_to(request.user), pk=number)
    if not may_change(view, request.user):
        raise PermissionDenied
    return view


def views(request: DeskRequest) -> HttpResponse:
    """Draw the lists that somebody may open, or keep one more."""
    if not may_edit(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return draw(request)
    form = ViewForm(request.user, request.POST)
    if not form.is_valid():
        return draw(request, form, 400)
    form.instance.owner = request.user
    view = form.save()
    messages.success(request, _("存好了：“%(name)s”。") % {"name": view.name})
    return HttpResponseRedirect(address_of(view))


def address_of(view: SavedView) -> str:
    """Return where a list stands that was kept."""
    return f"{reverse('holdings')}?{view.query}{'&' if view.query else ''}view={view.pk}"


def form_of(view: SavedView, sent: QueryDict | None = None) -> ViewForm:
    """Return the form of one list among others on a page."""
    return ViewForm(view.owner, sent, instance=view, auto_id=f"view-{view.pk}-%s")


def draw(request: DeskRequest, wrong: ViewForm | None = None, status: int = 200) -> HttpResponse:
    """Draw the lists, each that may be changed with its form; `wrong` is what could not be kept."""
    lines = []
    for view in SavedView.open_to(request.user):
        mine = may_change(view, request.user)
        here = wrong is not None and wrong.instance.pk == view.pk
        lines.append((view, (wrong if here else form_of(view)) if mine else None))
    context = {
        "page_title": _("存好的清单"),
        "header_icon": "list-ul",
        "lines": lines,
        "new": wrong if wrong is not None and wrong.instance.pk is None else None,
    }
    return render(request, "cms/desk/listing/saved.html", context, status=status)


@require_POST
def change(request: DeskRequest, number: int) -> HttpResponse:
    """Give a list another name, share it or no longer, or ask for something else under its name."""
    view = of(request, number)
    form = form_of(view, request.POST)
    if not form.is_valid():
        return draw(request, form, 400)
    form.save()
    messages.success(request, _("存好了：“%(name)s”。") % {"name": view.name})
    return HttpResponseRedirect(reverse("holdings_views"))


@require_POST
def again(request: DeskRequest, number: int) -> HttpResponse:
    """Let a list ask for what is in sight now."""
    view = of(request, number)
    query = asking.parsed(request.POST.get("query", "")[:LONGEST]).query()
    if len(query) > LONGEST:
        messages.error(request, _("条件太多，存不下。"))
        return HttpResponseRedirect(address_of(view))
    view.query = query
    view.save(update_fields=["query"])
    messages.success(request, _("“%(name)s”现在就是这张清单。") % {"name": view.name})
    return HttpResponseRedirect(address_of(view))


@require_POST
def drop(request: DeskRequest, number: int) -> HttpResponse:
    """Take a list away; the records in it stay as they are."""
    view = of(request, number)
    view.delete()
    messages.success(request, _("清单“%(name)s”不要了；里面的记录都还在。") % {"name": view.name})
    return HttpResponseRedirect(reverse("holdings_views"))


urlpatterns = [
    path("holdings/views/", views, name="holdings_views"),
    path("holdings/views/<int:number>/", change, name="holdings_view"),
    path("holdings/views/<int:number>/again/", again, name="holdings_view_again"),
    path("holdings/views/<int:number>/drop/", drop, name="holdings_view_drop"),
]

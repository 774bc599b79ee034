"""Deleting in the admin: what refers to a thing is listed first, refuses it while published, and what goes is kept."""

from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.generic.models import DeleteView as DeleteThing
from wagtail.admin.views.pages.delete import DeleteView as DeletePage
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.images import get_image_model
from wagtail.images.views.images import DeleteView as DeletePicture
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.views.snippets import DeleteView as DeleteSnippet

from cms.desk.removing import keep
from cms.desk.rights import DeskRequest
from cms.desk.usage import Going
from cms.models import Holding

PER_PAGE = 50
CONFLICT = 409


def guarded(model: type[Model]) -> bool:
    """Whether things of this model can be referred to by pages, so that their deletion is looked at."""
    return issubclass(model, (Page, get_image_model(), *get_snippet_models()))


def told(going: Going, request: HttpRequest) -> dict[str, Any]:
    """Return what a page of confirmation says: who refers to the things, a page at a time, and what goes with them."""
    return {
        "going": going,
        "total": len(going.referents),
        "forbidding": sum(one.forbids for one in going.referents),
        "page_of_referents": Paginator(going.referents, PER_PAGE).get_page(request.GET.get("p")),
        "below": going.below[:PER_PAGE],
        "below_count": going.below.count(),
    }


class Deletion(DeletePage):
    """Deleting a page with all below it."""

    template_name = "cms/desk/delete_page.html"

    @cached_property
    def going(self) -> Going:
        """Return what is to be removed."""
        return Going([self.page])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who refers to it, and whether another record could stand for it."""
        mergeable = isinstance(self.page.specific, Holding) and not self.page.alias_of_id
        return super().get_context_data(**kwargs) | told(self.going, self.request) | {"mergeable": mergeable}

    def post(self, request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse while something published refers to it; else keep it and delete. The whole view is one transaction."""
        if self.going.refused:
            return self.render_to_response(self.get_context_data(), status=CONFLICT)
        if type_to_delete_confirmation(request):
            keep([self.page], request.user)
        return super().post(request, *args, **kwargs)


class Asking(DeleteThing):
    """Deleting a picture or a snippet, asked in the same way."""

    template_name = "cms/desk/delete_thing.html"

    @cached_property
    def going(self) -> Going:
        """Return what is to be removed."""
        return Going([self.object])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who refers to it."""
        return super().get_context_data(**kwargs) | told(self.going, self.request)

    def post(self, request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse while something published refers to it."""
        if self.going.refused:
            return self.render_to_response(self.get_context_data(), status=CONFLICT)
        return super().post(request, *args, **kwargs)

    def delete_action(self) -> None:
        """Keep it and delete it, both or neither."""
        with transaction.atomic():
            keep([self.object], self.request.user)
            super().delete_action()


class PictureDeletion(Asking, DeletePicture):
    """Deleting a picture."""

    template_name = "cms/desk/delete_thing.html"


class SnippetDeletion(Asking, DeleteSnippet):
    """Deleting a theme, or another snippet."""

    template_name = "cms/desk/delete_thing.html"


def many(request: DeskRequest, action: str, things: list[Model], view: BulkAction) -> HttpResponse | None:
    """Before a bulk action: refuse to delete what something published refers to, else keep it. Runs in its transaction."""
    if action != "delete" or not things or not guarded(type(things[0])):
        return None
    going = Going(things)
    if going.refused:
        context = told(going, request) | {"next": view.next_url}
        return render(request, "cms/desk/delete_refused.html", context, status=CONFLICT)
    keep(things, request.user)
    return None

"""Accounts in the admin: one is removed once somebody else has taken over what its bearer wrote."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.users.views.users import DeleteView, UserViewSet

from cms.desk.handover import Left, hand_over, heirs, left_by

CONFLICT = 409


class Bearers(forms.ModelChoiceField):  # type: ignore[type-arg]  # the class takes no argument when it runs
    """A choice among people, by their names."""

    def label_from_instance(self, user: User) -> str:
        """Return the name of a person, with that of the account."""
        full = user.get_full_name()
        return f"{full}（{user.get_username()}）" if full else user.get_username()


class HandingForm(forms.Form):
    """To whom everything goes."""

    heir = Bearers(User.objects.none(), label=_("交给"), empty_label=_("请选一位同事"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heir = self.fields["heir"]
        if isinstance(heir, Bearers):
            heir.queryset = heirs(user)


class AccountDeletion(DeleteView):
    """Deleting an account: what it would leave behind is listed first, and handed over in the same transaction."""

    template_name = "cms/desk/delete_account.html"

    @cached_property
    def left(self) -> list[Left]:
        """Return what stands in the way."""
        return left_by(self.object)

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        """Ask for an heir where there is something to hand over."""
        sent = self.request.POST if self.request.method == "POST" else None
        return HandingForm(sent, user=self.object) if self.left else forms.Form(sent)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is handed over, and to whom it may be."""
        kwargs.setdefault("form", self.get_form())
        told = {"left": self.left, "anybody": self.left and heirs(self.object).exists()}
        return super().get_context_data(**kwargs) | told

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Say that somebody has to be chosen."""
        return self.render_to_response(self.get_context_data(form=form), status=CONFLICT)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Hand over and delete, both or neither."""
        with transaction.atomic():
            if self.left:
                hand_over(self.object, form.cleaned_data["heir"])
            return super().form_valid(form)


class Accounts(UserViewSet):
    """The accounts of the library."""

    delete_view_class = AccountDeletion
    delete_template_name = AccountDeletion.template_name


def many(request: HttpRequest, action: str, users: list[Any], view: BulkAction) -> HttpResponse | None:
    """Before accounts are deleted in bulk: refuse for those whose work has to be handed over, each on its own page."""
    if action != "delete" or not users or not isinstance(users[0], User):
        return None
    leaving = [(user, left) for user in users if (left := left_by(user))]
    if not leaving:
        return None
    context = {"leaving": leaving, "next": view.next_url}
    return render(request, "cms/desk/accounts_refused.html", context, status=CONFLICT)

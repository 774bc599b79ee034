"""A guide's own account: the name that stands under their tours, and the password."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from cms.pages.resumed_forms import waiting
from tours.guiding.access import ACCOUNT, GuideRequest, for_guides, must_change_password
from tours.models import OneTimePassword

LONGEST_NAME = 100


class NameForm(forms.Form):
    """How a guide is called in credits; nothing means by the account's name."""

    name = forms.CharField(label=gettext_lazy("署名"), max_length=LONGEST_NAME, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": user.get_full_name()}
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs.update(autocomplete="name", maxlength=LONGEST_NAME)

    def save(self, user: User) -> None:
        """Keep the name as one: whether the family's comes first is for its bearer to say."""
        User.objects.filter(pk=user.pk).update(first_name=self.cleaned_data["name"], last_name="")


class PasswordForm(PasswordChangeForm):
    """The old password and twice a new one, by the site's rules for passwords."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = self.fields
        fields["old_password"].label = _("现在的口令")
        fields["old_password"].widget.attrs.pop("autofocus", None)
        fields["new_password1"].label = _("新口令")
        fields["new_password1"].help_text = " ".join(map(str, password_validators_help_texts()))
        fields["new_password2"].label, fields["new_password2"].help_text = _("再写一遍新口令"), ""

    def clean_new_password1(self) -> str:
        """Refuse the password that the account has: one that somebody else gave would stay in use."""
        new = self.cleaned_data["new_password1"]
        if self.user.check_password(new):
            raise ValidationError(_("新口令要和现在的不同。"), code="same")
        return new


@sensitive_post_parameters()
@for_guides
def account(request: GuideRequest) -> HttpResponse:
    """Show both forms, and keep the one that was sent; a new password ends this account's other sessions."""
    sent = request.POST.get("form") if request.method == "POST" else ""
    name = NameForm(request.POST if sent == "name" else None, user=request.user)
    password = PasswordForm(request.user, request.POST if sent == "password" else None)
    if sent == "name" and name.is_valid():
        name.save(request.user)
        messages.success(request, _("署名改好了。"))
        return redirect(ACCOUNT)
    if sent == "password" and password.is_valid():
        return changed(request, password)
    context = {"name": name, "password": password, "first": must_change_password(request.user)}
    return render(request, "tours/bench/account.html", context, status=422 if name.errors or password.errors else 200)


def changed(request: GuideRequest, form: PasswordForm) -> HttpResponse:
    """Set the new password, stay logged in here, and open the bench, or what waits since a login to be sent again."""
    user = form.save()
    OneTimePassword.objects.filter(user=user).delete()
    # Sessions elsewhere carry the mark of the old password and end with it.
    update_session_auth_hash(request, user)
    messages.success(request, _("口令改好了；别处登录的都已退出。"))
    found = waiting(request)
    return redirect(found.path if found else "guide")

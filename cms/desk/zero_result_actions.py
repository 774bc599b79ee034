"""What a librarian does about words that found nothing: put a holding first for them, add them to its names, or let them be."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from wagtail.models import Revision

from cms.desk.forms import HoldingField, told
from cms.models import Holding, Name
from cms.models.name import LANGUAGES
from search.models import Promotion, Unfound


class Refused(Exception):
    """What was asked for cannot be done; the text says why."""


class Choice(forms.Form):
    """A holding and why it is chosen; of a name the reason is the source, and it has a language, the first where none is chosen."""

    holding = HoldingField()
    why = forms.CharField(required=False, max_length=Promotion._meta.get_field("why").max_length)
    language = forms.ChoiceField(required=False, choices=LANGUAGES)

    def clean_language(self) -> str:
        """Return the language that was chosen."""
        return self.cleaned_data["language"] or LANGUAGES[0][0]


def chosen(sent: QueryDict) -> dict[str, Any]:
    """Return what was filled in. Raises Refused."""
    form = Choice(sent)
    if not form.is_valid():
        raise Refused(told(form))
    return form.cleaned_data


def let_be(row: Unfound, user: User, sent: QueryDict) -> str:
    """List these words no more, however often they are asked for."""
    Unfound.objects.filter(pk=row.pk).update(settled=True)
    return _("“%(words)s”不再列出。") % {"words": row.words}


def promote(row: Unfound, user: User, sent: QueryDict) -> str:
    """Put a holding first for these words, which readers see at once: for those who may publish it."""
    choice = chosen(sent)
    holding = choice["holding"]
    if not holding.permissions_for_user(user).can_publish():
        raise Refused(_("置顶读者立刻看得到，要有发布权。请找编辑。"))
    Promotion.objects.update_or_create(
        plain=row.plain, holding=holding.pk, defaults={"words": row.words, "why": choice["why"]}
    )
    row.delete()
    return _("检索“%(words)s”时，《%(title)s》排在最前。") % {"words": row.words, "title": holding.title}


def add_name(row: Unfound, user: User, sent: QueryDict) -> str:
    """Add the words to a holding's names: published where one may and nothing else waits in a draft, else as a draft."""
    choice = chosen(sent)
    holding = choice["holding"]
    rights = holding.permissions_for_user(user)
    if not rights.can_edit() or rights.page_locked():
        raise Refused(_("您现在不能修改《%(title)s》。") % {"title": holding.title})
    waits = holding.has_unpublished_changes or not rights.can_publish()
    revision = with_name(holding, Name(text=row.words, language=choice["language"], source=choice["why"]), user)
    said = {"words": row.words, "title": holding.title}
    # Whoever asks before the draft is published still finds nothing, and then the words are listed again.
    row.delete()
    if waits:
        return _("“%(words)s”已加进《%(title)s》的草稿，发布之后就能查到。") % said
    revision.publish(user=user)
    return _("“%(words)s”已是《%(title)s》的名称。") % said


def with_name(holding: Holding, name: Name, user: User) -> Revision:
    """Save a draft of a holding with one more name. Raises Refused where it has it, or cannot be saved as it is."""
    draft = holding.get_latest_revision_as_object()
    if any(known.text == name.text for known in draft.names.all()):
        raise Refused(_("《%(title)s》已经有这个名称，或者草稿里有。") % {"title": holding.title})
    draft.names.add(name)
    try:
        return draft.save_revision(user=user, log_action=True)
    except ValidationError as error:
        said = {"title": holding.title, "why": "；".join(error.messages)}
        raise Refused(_("《%(title)s》现在存不下：%(why)s") % said) from error


ACTIONS = {"promote": promote, "name": add_name, "none": let_be}

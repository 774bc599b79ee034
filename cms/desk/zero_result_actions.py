"""What a librarian does about words that found nothing: put a holding first for them, add them to its names, or let them be."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Revision

from cms.models import Holding, Name
from cms.models.name import LANGUAGES
from search.models import Promotion, Unfound

LONGEST_WORDS = Promotion._meta.get_field("words").max_length
LONGEST_REASON = Promotion._meta.get_field("why").max_length


class Refused(Exception):
    """What was asked for cannot be done; the text says why."""


def let_be(row: Unfound, request: HttpRequest) -> str:
    """List these words no more, however often they are asked for."""
    Unfound.objects.filter(pk=row.pk).update(settled=True)
    return _("“%(words)s”不再列出。") % {"words": row.words}


def promote(row: Unfound, request: HttpRequest) -> str:
    """Put a holding first for these words, which readers see at once: for those who may publish it."""
    holding = named(request)
    if not holding.permissions_for_user(request.user).can_publish():
        raise Refused(_("置顶读者立刻看得到，要有发布权。请找编辑。"))
    Promotion.objects.update_or_create(
        plain=row.plain, holding=holding.pk, defaults={"words": row.words, "why": reason(request)}
    )
    row.delete()
    return _("检索“%(words)s”时，《%(title)s》排在最前。") % {"words": row.words, "title": holding.title}


def add_name(row: Unfound, request: HttpRequest) -> str:
    """Add the words to a holding's names: published where one may and nothing else waits in a draft, else as a draft."""
    holding = named(request)
    rights = holding.permissions_for_user(request.user)
    if not rights.can_edit() or rights.page_locked():
        raise Refused(_("您现在不能修改《%(title)s》。") % {"title": holding.title})
    waits = holding.has_unpublished_changes or not rights.can_publish()
    revision = with_name(holding, Name(text=row.words, language=language(request), source=reason(request)), request)
    said = {"words": row.words, "title": holding.title}
    # Whoever asks before the draft is published still finds nothing, and then the words are listed again.
    row.delete()
    if waits:
        return _("“%(words)s”已加进《%(title)s》的草稿，发布之后就能查到。") % said
    revision.publish(user=request.user)
    return _("“%(words)s”已是《%(title)s》的名称。") % said


def with_name(holding: Holding, name: Name, request: HttpRequest) -> Revision:
    """Save a draft of a holding with one more name. Raises Refused where it has it, or cannot be saved as it is."""
    draft = holding.get_latest_revision_as_object()
    if any(known.text == name.text for known in draft.names.all()):
        raise Refused(_("《%(title)s》已经有这个名称，或者草稿里有。") % {"title": holding.title})
    draft.names.add(name)
    try:
        return draft.save_revision(user=request.user, log_action=True)
    except ValidationError as error:
        said = {"title": holding.title, "why": "；".join(error.messages)}
        raise Refused(_("《%(title)s》现在存不下：%(why)s") % said) from error


def named(request: HttpRequest) -> Holding:
    """Return the one holding that was named by number or by its title in full. Raises Refused for none or several."""
    typed = written(request, "holding")
    number = typed.split(" ")[0]
    found = Holding.objects.filter(uid__iexact=number)[:1] or Holding.objects.filter(title=typed)[:2]
    if not typed or not found:
        raise Refused(_("请填一条馆藏的编号或题名全文；“%(typed)s”没有。") % {"typed": typed[:LONGEST_WORDS]})
    if len(found) > 1:
        raise Refused(_("不止一条馆藏叫“%(typed)s”，请填编号。") % {"typed": typed[:LONGEST_WORDS]})
    return found[0].specific


def language(request: HttpRequest) -> str:
    """Return the language that was chosen for a name; the first where none was."""
    chosen = request.POST.get("language", "")
    return chosen if chosen in dict(LANGUAGES) else LANGUAGES[0][0]


def reason(request: HttpRequest) -> str:
    """Return why: of a name it is the source."""
    return written(request, "why")[:LONGEST_REASON]


def written(request: HttpRequest, field: str) -> str:
    """Return what was written in a field, without the NUL that PostgreSQL refuses."""
    return request.POST.get(field, "").replace("\0", "").strip()


ACTIONS = {"promote": promote, "name": add_name, "none": let_be}

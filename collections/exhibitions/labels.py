"""All labels of an exhibition on one page, several to a sheet of A4, for whoever prints and cuts them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cms.models.former_number import numbered
from cms.pages.narrowing import narrows
from cms.visibility import visible
from exhibitions.models import Exhibit, Exhibition, Section
from exhibitions.walls import sections_of

LANGUAGES = ("both", "zh", "en")
"""What stands on a label; the first where the address does not say."""
narrows("section", "text")


def labels(request: HttpRequest, uid: str) -> HttpResponse:
    """Show the labels of an exhibition, of all its sections or of one; Http404 for one that this visitor may not see.

    The parameters are `text` (one of LANGUAGES) and `section` (its permanent number). What may not be printed by its
    rights is left out and counted.
    """
    show = numbered(visible(Exhibition.objects.all(), request), uid)
    if show is None:
        raise Http404
    sections = sections_of(show, request)
    section = request.GET.get("section", "")
    if section not in {one.uid for one, _some in sections}:
        section = ""
    asked = [(one, some) for one, some in sections if section in ("", one.uid)]
    printed = [(one, [exhibit for exhibit in some if may_print(show, one, exhibit)]) for one, some in asked]
    text = request.GET.get("text", "")
    return render(
        request,
        "exhibitions/labels.html",
        {
            "show": show,
            "sections": sections,
            "section": section,
            "printed": printed,
            "text": text if text in LANGUAGES else LANGUAGES[0],
            "languages": LANGUAGES,
            "count": sum(len(some) for _one, some in printed),
            "barred": sum(len(some) for _one, some in asked) - sum(len(some) for _one, some in printed),
        },
    )


def may_print(show: Exhibition, section: Section, exhibit: Exhibit) -> bool:
    """Tell whether the rights of an exhibit, and of all that it stands in, allow print."""
    return show.use_print and section.use_print and exhibit.use_print

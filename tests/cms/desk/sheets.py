"""Reading the forms of a page as a browser does, and filling in what a person would have to."""

import io
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from PIL import Image as Picture

from tests.desk.forms import page_of

_number = itertools.count(1)
TYPED = {
    "email": "reader{}@zhihui.example",
    "url": "https://zhihui.example/{}",
    "number": "1",
    "date": "2026-05-18",
    "tel": "021-{}",
    "password": "Wutong-Shuxia-2026",
}


@dataclass
class Sheet:
    """One form: where it goes ("" is the page itself), what it holds, and the buttons that it can be sent by."""

    action: str
    fields: dict[str, list] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


def markup(answer: HttpResponse) -> str:
    """Return the HTML of an answer, or of the dialog in one that is JSON; "" for anything else."""
    kind = answer.get("Content-Type", "")
    if kind.startswith("application/json"):
        told = json.loads(answer.content)
        return str(told.get("html") or "") if isinstance(told, dict) else ""
    if not kind.startswith("text/html"):
        return ""
    return (b"".join(answer) if answer.streaming else answer.content).decode()


def sheets(answer: HttpResponse) -> Iterator[Sheet]:
    """Yield the forms of an answer that are sent by POST."""
    for form in page_of(markup(answer)).find_all("form"):
        if str(form.get("method", "")).lower() == "post":
            yield read(form)


def read(form: Tag) -> Sheet:
    """Read one form: its fields as they stand, with what is required filled in."""
    sheet = Sheet(str(form.get("action") or "").split("#")[0])
    for tag in form.find_all(["input", "textarea", "select", "button"]):
        kind, name = str(tag.get("type") or "").lower(), str(tag.get("name") or "")
        if tag.has_attr("disabled") or (not name and tag.name != "button"):
            continue
        if tag.name == "button" or kind in ("submit", "image"):
            if kind in ("", "submit") and name:
                sheet.buttons.append((name, str(tag.get("value") or "")))
        elif values := list(filled(tag, kind)):
            sheet.fields.setdefault(name, []).extend(values)
    return sheet


def filled(tag: Tag, kind: str) -> Iterator[object]:
    """Yield what a field sends."""
    if tag.name == "select":
        chosen = [o for o in tag.find_all("option") if o.has_attr("selected")]
        if not chosen and not tag.has_attr("multiple"):
            chosen = [o for o in tag.find_all("option") if o.get("value")][:1] or tag.find_all("option")[:1]
        yield from (str(o.get("value", o.get_text())) for o in chosen)
    elif tag.name == "textarea":
        yield tag.get_text().removeprefix("\n") or typed(tag, "text")
    elif kind in ("checkbox", "radio"):
        if tag.has_attr("checked"):
            yield str(tag.get("value") or "on")
    elif kind == "file":
        if tag.has_attr("required"):
            yield upload(str(tag.get("accept") or "") + str(tag.get("id") or ""))
    else:
        yield str(tag.get("value") or "") or typed(tag, kind)


def typed(tag: Tag, kind: str) -> str:
    """Return what a person types into an empty field that must be filled; nothing into any other."""
    # What is hidden is set by a dialog, and not typed.
    if kind == "hidden" or (not tag.has_attr("required") and tag.get("name") not in ("title", "new_title")):
        return ""
    if any(word in str(tag.get("name")) for word in ("slug", "hostname")):
        return f"typed-{next(_number)}"
    return TYPED.get(kind, "甲乙丙{}").format(next(_number))


def upload(wanted: str) -> SimpleUploadedFile:
    """Return a small picture, or a small paper where no picture is asked for."""
    if "image" not in wanted:
        return SimpleUploadedFile("paper.pdf", b"%PDF-1.4")
    data = io.BytesIO()
    Picture.new("RGB", (30, 20), "teal").save(data, "PNG")
    return SimpleUploadedFile(f"picture-{next(_number)}.png", data.getvalue())

"""Reading a form of the admin as a browser does: what it would send if nothing were changed."""

import re

from bs4 import BeautifulSoup, Tag

# Half of an editor's page, in which nothing can be sent; of templates in one another, the innermost first.
IDLE = re.compile(r"<(script|svg)\b.*?</\1>", re.S)
WAITING = re.compile(r"<template\b[^<]*(?:<(?!/?template\b)[^<]*)*</template>")


def page_of(html: str) -> BeautifulSoup:
    """Read a page without its scripts and drawings, and without what a template holds for later, which is no part of any form."""
    html, waiting = IDLE.sub("", html), 1
    while waiting:
        html, waiting = WAITING.subn("", html)
    return BeautifulSoup(html, "html.parser")


def form_of(html: str, selector: str = "form[data-edit-form]") -> Tag:
    """Return one form of a page."""
    found = page_of(html).select_one(selector)
    assert found is not None, f"no {selector} on the page"
    return found


def fields_of(form: Tag) -> dict[str, str | list[str]]:
    """Return the fields that would be sent, without any button."""
    sent: dict[str, list[str]] = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        if control.has_attr("disabled"):
            continue
        sent.setdefault(control["name"], []).extend(values_of(control))
    return {name: values[0] if len(values) == 1 else values for name, values in sent.items() if values}


def values_of(control: Tag) -> list[str]:
    """Return what one control would send."""
    kind = control.get("type", "text")
    if control.name == "textarea":
        # A browser drops the first line break, which Django writes before the text.
        return [control.get_text().removeprefix("\r\n").removeprefix("\n")]
    if control.name == "select":
        return [option.get("value", option.get_text()) for option in control.select("option[selected]")]
    if kind in ("submit", "button", "file", "image", "reset"):
        return []
    if kind in ("checkbox", "radio"):
        return [control.get("value", "on")] if control.has_attr("checked") else []
    return [control.get("value", "")]


def sent_by(html: str, selector: str = "form[data-edit-form]") -> dict[str, str | list[str]]:
    """Return the fields of a form on a page."""
    return fields_of(form_of(html, selector))

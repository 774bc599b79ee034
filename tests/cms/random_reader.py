"""A browser that keeps what it has fetched and asks whether it still holds; and what was found wherever it asked."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.translation import override

ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
HELD = 304


@cache
def name_of(path: str) -> str:
    """Return the name of an address, "" where the site has none."""
    with override("zh-hans"):
        try:
            return str(resolve(path.removeprefix("/en")).url_name)
        except Resolver404:
            return ""


def plain(text: str) -> str:
    """Return a text with what stands in it as `%E5%BF%97` or as `\\u5fd7` in its own characters."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), unquote(text) if "%" in text else text)


@dataclass
class Reader:
    """A browser, with a session or without; it keeps every page with its tag, and asks by that."""

    client: Client = field(default_factory=lambda: Client(SERVER_NAME="localhost"))
    kept: dict[tuple, tuple[str, str]] = field(default_factory=dict)
    names: Counter[str] = field(default_factory=Counter)
    latest: Any = None

    def read(self, address: str, **headers: str) -> str:
        """Return all that comes to the reader's browser from an address: where it was led, headers and text, and what it had.

        AssertionError where the site failed.
        """
        place = (address, *headers.items())
        tag, text = self.kept.get(place, ("", ""))
        self.names[name_of(urlsplit(address).path)] += 1
        asked = headers | ({"If-None-Match": tag} if tag else {})
        answer = self.client.get(address, headers=asked, follow=True)
        self.latest = answer
        assert answer.status_code < 500, f"{answer.status_code} at {address}"
        self.names.update(name_of(urlsplit(step).path) for step, _status in answer.redirect_chain)
        if answer.status_code == HELD:
            return text
        content = answer.getvalue() if answer.streaming else answer.content
        led = [step for step, _status in answer.redirect_chain]
        said = [*led, *(f"{name}: {value}" for name, value in answer.headers.items())]
        text = plain("\n".join([*said, content.decode("utf-8", "replace")]))
        self.kept[place] = (answer.headers.get("ETag", ""), text if answer.status_code == 200 else "")
        return text


@dataclass
class Findings:
    """What was asked, on which surfaces something public was seen, and every leak."""

    asked: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)

    def check(self, event: str, surface: str, text: str, secrets: Iterable[str], typed: str = "") -> None:
        """Note every secret in a text, but for what whoever asked had typed or found in the address."""
        self.asked[surface] += 1
        self.leaks += [f"{event}: {word} on {surface}" for word in secrets if word in text and word not in typed]

"""What a book's last section says of its rights, in the words of the library."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.models.rights import STATEMENTS

COMMONS = re.compile(r"CC[\s-]*BY((?:[\s-]*(?:NC|SA|ND))*)[\s-]*(?:V(?=[0-9]))?([0-9](?:\.[0-9])?)?", re.I)
ADDRESS = re.compile(r"https?://creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/([0-9.]+)/?", re.I)
ZERO = re.compile(r"CC[\s-]*0(?:[\s-]*1\.0)?", re.I)
PUBLIC = re.compile(r"public[\s-]+domain|公有领域|公版", re.I)
CURRENT = "4.0"
"""The version that is meant where none is written: the library's own list has no other."""
HOST = "https://creativecommons.org"
KNOWN = {uri for uri, _label in STATEMENTS if uri}


@dataclass(frozen=True)
class Licence:
    """A statement of rights ("" where the library has none for it), whether it lets the library show the book, and a note."""

    uri: str
    free: bool
    note: str


def read_licence(text: str) -> Licence:
    """Return what a licence as written allows."""
    if found := ADDRESS.fullmatch(text.strip()):
        return stated(f"{HOST}/{found[1].lower()}/{found[2].lower()}/{found[3]}/", text)
    if found := COMMONS.fullmatch(text.strip()):
        parts = sorted(re.findall("NC|SA|ND", found[1].upper()), key=("NC", "SA", "ND").index)
        code, version = "-".join(["by", *map(str.lower, parts)]), found[2]
        uri = f"{HOST}/licenses/{code}/{version or CURRENT}/"
        if version or uri not in KNOWN:
            return stated(uri if version else "", text)
        meant = f"CC {code.upper()} {CURRENT}"
        said = _("许可只写了“%(text)s”，没有写版本，记作 %(meant)s；请核对。") % {"text": text, "meant": meant}
        return Licence(uri, True, said)
    if ZERO.fullmatch(text.strip()):
        return stated(f"{HOST}/publicdomain/zero/1.0/", text)
    if PUBLIC.fullmatch(text.strip()):
        return stated(f"{HOST}/publicdomain/mark/1.0/", text)
    said = _("许可“%(text)s”不认得，权利空着，也没有允许任何用途，读者还看不到；请在后台核对后再开放。")
    return Licence("", False, said % {"text": text})


def stated(uri: str, text: str) -> Licence:
    """Return a licence of Creative Commons, which lets it be shown; one that the library's list lacks stays in the sources alone."""
    if uri in KNOWN:
        return Licence(uri, True, "")
    said = _("馆里的权利清单没有“%(text)s”，权利空着，原文记在出处里；请在后台核对。")
    return Licence("", True, said % {"text": text})

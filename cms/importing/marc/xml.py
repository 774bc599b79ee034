"""Records of a file in MARCXML; a document that declares entities or a type of its own is refused before it is read."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from pymarc import Field, Indicators, Leader, Record, Subfield

from cms.importing.errors import refuse
from cms.importing.marc.records import LEADER, Read
from cms.importing.signs import printable

PLAIN_LEADER = "00000nam a2200000   4500"


def marc_xml(path: Path) -> Iterator[Read]:
    """Yield every record of a file in MARCXML; ImportRefused for one with entities. Where it breaks off is said as a record."""
    try:
        with path.open("rb") as file:
            root = None
            for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
                root = element if root is None else root
                if event == "end" and named(element) == "record":
                    yield record_of(element)
                    element.clear()
                    if root is not element:
                        root.clear()
    except DefusedXmlException:
        raise refuse(
            printable(path.name), "XML 里声明了文档类型或实体，不接受。请导出不带 DOCTYPE 的 MARCXML。"
        ) from None
    except (ParseError, LookupError, ValueError) as fault:
        yield f"XML 到这里读不下去了：{fault}。后面的没有读。"


def named(element: Element) -> str:
    """Return the name of an element, in whatever namespace."""
    return element.tag.rpartition("}")[2]


def record_of(element: Element) -> Read:
    """Return a record, or why it is none."""
    record = Record(force_utf8=True)
    leader = next((one.text or "" for one in element if named(one) == "leader"), PLAIN_LEADER)
    record.leader = Leader(leader if len(leader) == LEADER else PLAIN_LEADER)
    for one in element:
        if named(one) not in ("controlfield", "datafield"):
            continue
        tag = one.get("tag", "")
        if len(tag) != 3 or not tag.isalnum() or not tag.isascii():
            return f"字段号“{tag[:20]}”不是三位。"
        if named(one) == "controlfield" and tag < "010":
            record.add_field(Field(tag=tag, data=one.text or ""))
            continue
        marks = Indicators((one.get("ind1") or " ")[:1], (one.get("ind2") or " ")[:1])
        codes = [Subfield((sub.get("code") or " ")[:1], sub.text or "") for sub in one if named(sub) == "subfield"]
        record.add_field(Field(tag=tag, indicators=marks, subfields=codes))
    return record if record.fields else "这条记录一个字段也没有。"

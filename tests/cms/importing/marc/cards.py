"""Catalogue records made up for tests, in the formats and encodings in which libraries hand them on."""

from pymarc import Field, Indicators, Leader, Record, Subfield
from pymarc.marcxml import record_to_xml

Line = tuple[str, str, str]
"""Tag, indicators with `#` for a blank, and subfields as `$aTitle$cSomebody`; of a control field the data."""
XML = '<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">{}</collection>'
WU: tuple[Line, ...] = (
    ("001", "", "  2099000001 "),
    ("003", "", "DLC"),
    ("008", "", "990101s2019    cc            000 0 chi d"),
    ("020", "##", "$a7-5439-0123-4 (精装) :$cCNY 38.00"),
    ("100", "1#", "$6880-01$aZhang, Jia,$d1950-$eauthor."),
    ("245", "10", "$6880-02$aShi li di ming zhi :$bXuhui bian /$cZhang Jia zhu ; Li Yi yi."),
    ("246", "31", "$aPlace names, a sample"),
    ("250", "##", "$6880-03$aDi 2 ban."),
    ("264", "#1", "$6880-04$aShanghai :$bShi li chu ban she,$c2019."),
    ("300", "##", "$a300 pages :$bmaps ;$c24 cm"),
    ("490", "0#", "$aShi li cong shu ;$v3"),
    ("500", "##", "$aA sample record."),
    ("505", "0#", "$aOne -- Two"),
    ("520", "##", "$aNames of places."),
    ("650", "#0", "$aNames, Geographical$zChina$zShanghai."),
    ("700", "1#", "$6880-05$aLi, Yi,$etranslator."),
    ("856", "40", "$uhttps://example.org/shili"),
    ("999", "##", "$aelsewhere"),
    ("880", "1#", "$6100-01/$1$a张甲,$d1950-$eauthor."),
    ("880", "10", "$6245-02/$1$a示例地名志 :$b徐汇编 /$c张甲著 ; 李乙译."),
    ("880", "##", "$6250-03/$1$a第2版."),
    ("880", "#1", "$6264-04/$1$a上海 :$b示例出版社,$c2019."),
    ("880", "1#", "$6700-05/$1$a李乙,$etranslator."),
)
"""MARC 21, with each field in two scripts."""
CN: tuple[Line, ...] = (
    ("001", "", "012099000002"),
    ("010", "##", "$a978-7-5439-0456-9$b平装$dCNY25.00"),
    ("100", "##", "$a20200101d2020    em y0chiy50      ea"),
    ("101", "0#", "$achi"),
    ("200", "1#", "$a示例河道志$Ashi li he dao zhi$e三条河$f王丙著$g赵丁译"),
    ("205", "##", "$a2版"),
    ("210", "##", "$a上海$c示例出版社$d2020"),
    ("215", "##", "$a212页$c图$d21cm"),
    ("225", "2#", "$a示例丛书$v卷一"),
    ("300", "##", "$a示例附注"),
    ("330", "##", "$a写三条河的书。"),
    ("510", "1#", "$aThe three rivers$zeng"),
    ("606", "0#", "$a河流$y上海$x地方志"),
    ("701", "#0", "$a王丙$Awang bing$4著"),
    ("702", "#0", "$a赵丁$Azhao ding$4译"),
    ("801", "#0", "$aCN$bSHLIB$c20200101"),
)
"""CNMARC, as Chinese libraries hand it on."""


def record(lines: tuple[Line, ...], **changed: str) -> Record:
    """Return a record of some lines; `t245="$a…"` puts other subfields in the place of a field's."""
    made = Record(force_utf8=True)
    made.leader = Leader("00000nam a2200000 a 4500")
    for tag, marks, text in lines:
        said = changed.get(f"t{tag}", text)
        if not marks:
            made.add_field(Field(tag=tag, data=said))
            continue
        # The script code `$1` in $6 is no subfield.
        parts = [p.replace("\1", "$1") for p in said.replace("/$1", "/\1").split("$")[1:]]
        codes = [Subfield(part[0], part[1:]) for part in parts]
        made.add_field(Field(tag=tag, indicators=Indicators(*marks.replace("#", " ")), subfields=codes))
    return made


def marc(*records: Record) -> bytes:
    """Return records in ISO 2709, in UTF-8."""
    return b"".join(one.as_marc() for one in records)


def marc_xml(*records: Record) -> bytes:
    """Return records in MARCXML."""
    return XML.format("".join(record_to_xml(one).decode() for one in records)).encode()


def in_encoding(one: Record, encoding: str) -> bytes:
    """Return a record in ISO 2709 whose leader says no encoding, as those in MARC-8 and GB18030."""
    fields, directory, at = b"", b"", 0
    for field in one.fields:
        data = field.as_marc("utf-8").decode().encode(encoding)
        directory += f"{field.tag}{len(data):04d}{at:05d}".encode()
        fields, at = fields + data, at + len(data)
    base = 24 + len(directory) + 1
    length = base + len(fields) + 1
    return f"{length:05d}nam  22{base:05d} a 4500".encode() + directory + b"\x1e" + fields + b"\x1d"

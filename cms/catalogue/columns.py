"""Columns of a kind's CSV: the Chinese heading, the field it fills, and how its cells are read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column; `form` names the class of its cells in `cms.importing.forms`."""

    heading: str
    field: str
    form: str = "text"
    required: bool = False


COMMON = (
    Column("编号", "uid", "uid", required=True),
    Column("题名", "title", required=True),
    Column("英文题名", "title_en"),
    Column("路径", "slug", "slug"),
    Column("上级", "parent", "parent"),
    Column("提要", "summary"),
    Column("英文提要", "summary_en"),
    Column("时间", "date_text"),
    Column("英文时间", "date_text_en"),
    Column("EDTF", "date_edtf", "edtf"),
    Column("又名", "names", "names"),
    Column("关联", "relations", "relations"),
    Column("出处", "citations", "citations"),
    Column("主题", "themes", "themes"),
    Column("图片", "cover", "picture"),
    Column("图片说明", "cover.alt", "picture_text"),
    Column("英文图片说明", "cover.alt_en", "picture_text"),
    Column("图片来源", "credit"),
    Column("英文图片来源", "credit_en"),
    Column("权利", "rights_uri", "choice"),
    Column("权利依据", "rights_basis", "choice"),
    Column("允许用途", "uses", "uses"),
    Column("示例", "sample", "yes"),
    Column("待核", "unverified", "yes"),
    Column("首页", "featured", "integer"),
)
PROSE = (Column("正文", "body"), Column("英文正文", "body_en"))

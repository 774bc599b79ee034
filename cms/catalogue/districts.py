"""The thirteen sub-districts of Xuhui, as the map and the facets use them."""

from django.utils.translation import gettext_lazy as _

SUBDISTRICTS = [
    ("tianping", _("天平路街道")),
    ("hunan", _("湖南路街道")),
    ("xietu", _("斜土路街道")),
    ("fenglin", _("枫林路街道")),
    ("changqiao", _("长桥街道")),
    ("tianlin", _("田林街道")),
    ("hongmei", _("虹梅路街道")),
    ("kangjian", _("康健新村街道")),
    ("xujiahui", _("徐家汇街道")),
    ("lingyun", _("凌云路街道")),
    ("longhua", _("龙华街道")),
    ("caohejing", _("漕河泾街道")),
    ("huajing", _("华泾镇")),
]

"""What may be done with a holding, and on what ground."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATEMENTS = [
    ("", _("未说明")),
    ("http://rightsstatements.org/vocab/InC/1.0/", _("受版权保护")),
    ("http://rightsstatements.org/vocab/NoC-OKLR/1.0/", _("无版权，另有法律限制")),
    ("http://rightsstatements.org/vocab/CNE/1.0/", _("版权未评估")),
    ("http://rightsstatements.org/vocab/UND/1.0/", _("版权未定")),
    ("https://creativecommons.org/publicdomain/mark/1.0/", _("公有领域")),
    ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
    ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
    ("https://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0"),
    ("https://creativecommons.org/licenses/by-nc/4.0/", "CC BY-NC 4.0"),
]


class Rights(models.Model):
    """A statement (rightsstatements.org or Creative Commons), the local basis, and the uses it allows."""

    class Basis(models.TextChoices):
        OWN = "own", _("自有")
        LICENSED = "licensed", pgettext_lazy("权利依据", "许可")
        CONSENT = "consent", _("捐赠者同意")
        UNKNOWN = "unknown", _("不明")

    rights_uri = models.CharField(_("权利"), max_length=200, choices=STATEMENTS, blank=True)
    rights_basis = models.CharField(_("权利依据"), max_length=10, choices=Basis.choices, default=Basis.UNKNOWN)
    use_web = models.BooleanField(_("可上网"), default=True, help_text=_("去掉这一勾，读者在网上就看不到它。"))
    use_print = models.BooleanField(_("可印刷"), default=True)
    use_offline = models.BooleanField(_("可离线"), default=True)
    use_api = models.BooleanField(_("可经接口"), default=True)

    class Meta:
        abstract = True

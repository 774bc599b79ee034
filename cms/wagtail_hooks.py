"""What the admin adds to Wagtail: the house's colours, and the lists of librarians' own things."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def colours() -> str:
    """Give the admin the paper, ink and slate of the site."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin.css"))

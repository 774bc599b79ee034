"""What the forms of the bench carry."""

import uuid

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tours.guiding.bench.once import FIELD

register = template.Library()


@register.simple_tag
def once() -> SafeString:
    """Give a form the key by which it is done once, however often it is sent."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, uuid.uuid4().hex)

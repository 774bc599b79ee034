"""What a form sent, read strictly: ids."""

from django.http import HttpRequest


def is_id(sent: str) -> bool:
    """Say whether a text is what an id looks like, and no larger than a database takes."""
    return sent.isascii() and sent.isdigit() and len(sent) < 18


def number(request: HttpRequest, name: str) -> int:
    """Return an id as a form sent it; 0 for anything else, which is the id of nothing."""
    sent = request.POST.get(name, "")
    return int(sent) if is_id(sent) else 0

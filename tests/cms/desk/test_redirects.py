"""Bringing in old addresses: a step without the one before it begins again, in words."""

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.parametrize(
    "fields", [{}, {"input_format": "x"}, {"input_format": "0:x", "import_file_name": "../../etc:x"}]
)
def test_the_second_step_alone_begins_again(admin_client: Client, fields: dict[str, str]) -> None:
    answer = admin_client.post(reverse("wagtailredirects:process_import"), fields, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == reverse("wagtailredirects:start_import")

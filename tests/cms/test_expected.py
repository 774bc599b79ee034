"""What search/expected.csv says of the demo library holds on both engines."""

import uuid

import pytest

from search.engines import engine
from search.expecting import failing, read
from search.rebuilding import rebuild


@pytest.mark.parametrize("name", ["whoosh", "elasticsearch"])
def test_every_row_holds(demo: None, settings, request, name: str) -> None:
    if name == "elasticsearch":
        settings.SEARCH_URL = f"{request.getfixturevalue('elasticsearch_url')}/zhihui-{uuid.uuid4().hex}"
    rebuild()
    rows = read()
    assert len(rows) >= 100
    assert [(row.query, row.expected, found) for row, found in failing(rows)] == []
    if name == "elasticsearch":
        engine().building.clear(keep=())
        engine().close()

"""Holdings to be found, made as for the tests of the site."""

from tests.cms.conftest import chinese, put, road

__all__ = ["chinese", "put", "road"]

"""The servers of other tests."""

from tests.web.conftest import edge as edge
from tests.web.conftest import own_edge as own_edge
from tests.web.conftest import public_edge as public_edge

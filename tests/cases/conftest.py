"""The servers and browsers of other tests, for the cases: one for many tests, and one of its own for
a test that moves the clock."""

from tests.e2e.conftest import browser as browser
from tests.web.conftest import edge as edge
from tests.web.conftest import own_edge as own_edge
from tests.web.conftest import public_edge as public_edge

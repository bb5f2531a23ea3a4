"""The servers and browsers of other tests, for the cases: one for many tests, and one of its own
for a test that moves the clock or guesses links."""

from tests.e2e.conftest import browser as browser
from tests.e2e.conftest import browsing as browsing
from tests.e2e.conftest import own_site as own_site
from tests.e2e.conftest import site as site
from tests.e2e.conftest import staff_cookies as staff_cookies
from tests.web.conftest import edge as edge
from tests.web.conftest import own_edge as own_edge
from tests.web.conftest import public_edge as public_edge

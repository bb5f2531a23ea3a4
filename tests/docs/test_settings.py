"""docs/settings.md names every setting with its default, and no other."""

from __future__ import annotations

import re

from tests.docs.markdown import names, own_text, read, rows, section
from turnout.settings import DOORS, NAMES, read_settings

DOC = read("settings.md")


def test_every_setting_is_described_with_its_default() -> None:
    table = rows(own_text(section(DOC, "Settings")))
    defaults = {names(name)[0]: next(iter(names(default)), None) for name, default, *_ in table}
    unset = read_settings({})
    assert defaults == {
        "TURNOUT_DATA": str(unset.data),
        "TURNOUT_DATABASE": unset.database,
        "TURNOUT_HOST": unset.host,
        "TURNOUT_PORT": str(unset.port),
        "TURNOUT_PUBLIC": unset.public,
        "TURNOUT_METRICS_PORT": unset.metrics_port,
        "TURNOUT_METRICS_HOST": unset.metrics_host,
        "TURNOUT_PROXIES": next(iter(unset.proxies), None),
        "TURNOUT_LOG": unset.log,
    }
    assert set(defaults) == NAMES


def test_no_other_variable_of_ours_is_described() -> None:
    known = NAMES | {"TURNOUT_TOKEN", "TURNOUT_NODE"}
    assert set(re.findall(r"TURNOUT_\w+", DOC + read("deployment.md"))) <= known


def test_what_a_path_of_the_public_address_may_not_hold_is_listed() -> None:
    text = own_text(section(DOC, "The public address"))
    listed = text.partition("parts")[2].partition("own.")[0]
    assert set(names(listed)) == DOORS

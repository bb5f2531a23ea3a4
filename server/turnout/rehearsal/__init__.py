"""Rehearsals: robots that use the real links over real sockets, and the report of what they saw.

A client of the server like any other: nothing here may import services, storage, web or app.
"""

from __future__ import annotations

from turnout.rehearsal.accompany import accompany
from turnout.rehearsal.conductor import Step
from turnout.rehearsal.faults import FAULTS
from turnout.rehearsal.plan import Plan, PlanRefused, Remote, make_plan, remote_of
from turnout.rehearsal.rehearsal import rehearse
from turnout.rehearsal.report import Report
from turnout.rehearsal.staff import RehearsalFailed

__all__ = [
    "FAULTS",
    "Plan",
    "PlanRefused",
    "RehearsalFailed",
    "Remote",
    "Report",
    "Step",
    "accompany",
    "make_plan",
    "rehearse",
    "remote_of",
]

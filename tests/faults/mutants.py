"""All servers with one fault each."""

from tests.faults import mutants_open, mutants_stored, mutants_told
from tests.faults.mutant import MUTANTS

__all__ = ["MUTANTS", "mutants_open", "mutants_stored", "mutants_told"]

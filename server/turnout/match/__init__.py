"""Match: the researcher's own list beside Participant Data, on the researcher's machine.

Pure: bytes in, values out. Nothing of the list is kept, logged or sent anywhere.
"""

from turnout.match.matching import Counts, Matched, Result, match
from turnout.match.tables import NotMatched

__all__ = ["Counts", "Matched", "NotMatched", "Result", "match"]

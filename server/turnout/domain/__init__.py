"""The rules of Turnout, pure: no I/O, no clock, no randomness, no async. Time is an argument, in
milliseconds since the Unix epoch (UTC)."""

"""`python -m turnout.cli`, the same as `turnout`."""

from turnout.cli import main

main()

"""The command line: `turnout`. Chooses what runs; decides nothing itself."""

from turnout.cli.commands import app


def main() -> None:
    """The `turnout` command."""
    app()

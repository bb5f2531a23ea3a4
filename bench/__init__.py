"""What is measured by hand: nothing here is part of `make test`, where time proves nothing."""

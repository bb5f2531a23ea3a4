"""What the Makefile and the build hook call; not part of the installed package."""

"""How fast Turnout is, beside what this machine can do at all and what others make of it."""

"""Everything that was tried against cleantext, by one command: ``python -m tests.trust``."""

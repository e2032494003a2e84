"""Inputs by the million: ``python -m tests.fuzz --seconds N`` or ``--inputs N``."""

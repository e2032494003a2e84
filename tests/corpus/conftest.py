from tests.cli.conftest import cli, here

__all__ = ["cli", "here"]

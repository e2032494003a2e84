"""Tests that have pip fetch and install packages, as a user would; `.ci/run` runs them."""

import os

import pytest

installs = pytest.mark.skipif(
    not os.environ.get("CLEANTEXT_TEST_INSTALLS"),
    reason="installs packages from the registry: set CLEANTEXT_TEST_INSTALLS=1",
)

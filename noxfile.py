"""What a contributor runs, one session each: `nox -s tests`."""

import nox

nox.options.sessions = ["tests", "lint", "types"]
nox.options.reuse_existing_virtualenvs = True


@nox.session
def tests(session: nox.Session) -> None:
    """The test suite."""
    session.install("-e", ".[test]")
    session.run("pytest", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Style and format."""
    session.install("ruff")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """The type checker."""
    session.install("-e", ".[dev]")
    session.run("mypy")


@nox.session
def lexicon(session: nox.Session) -> None:
    """Checks the words and rebuilds the calendar."""
    session.install("-e", ".[dev]")
    session.run("python", "tools/check_lexicon.py")
    session.run("python", "tools/build_calendar.py")


@nox.session
def docs(session: nox.Session) -> None:
    """Rebuilds the pages that are made from the rules and the settings, and the site."""
    session.install("-e", ".[docs]")
    session.run("python", "tools/build_rule_table.py")
    session.run("python", "tools/build_config_docs.py")
    session.run("mkdocs", "build", "--strict")


@nox.session
def bench(session: nox.Session) -> None:
    """Speed beside other cleaners."""
    session.install("-e", ".[test]")
    session.run("python", "-m", "benchmarks", "speed", *session.posargs)


@nox.session
def trust(session: nox.Session) -> None:
    """What docs/reliability.md lists, in the short form; `nox -s trust -- --full` all of it."""
    session.install("-e", ".[dev,components]")
    session.run("python", "-m", "tests.trust", *session.posargs)

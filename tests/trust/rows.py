"""What is tried: a row each, as docs/reliability.md lists them, with its command in a short form and in full."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """A trial. Commands are arguments of ``python -m``; `full` is empty where the short form is all there is.

    suite     whether the short form is a part of the test suite, so that CI needn't do it again
    settings  environment variables for the full form
    """

    name: str
    short: str
    full: str = ""
    suite: bool = False
    settings: tuple[tuple[str, str], ...] = ()


ROWS = (
    Row("fuzzing", "tests.fuzz --seconds 120", "tests.fuzz --jobs 2 --inputs 1000000"),
    Row("guided fuzzing", "", "tests.fuzz.guided --seconds 600"),
    Row("found before", "pytest tests/test_found.py", suite=True),
    Row("properties", "pytest tests/test_properties.py tests/report/test_jsonl.py tests/test_engines.py", suite=True),
    Row(
        "killed anywhere",
        "pytest tests/run/test_resume.py -k killed",
        "pytest tests/run/test_resume.py -k killed",
        suite=True,
        settings=(("CLEANTEXT_KILLS", "200"),),
    ),
    Row("stopped after any commit", "pytest tests/run/test_resume.py -k after_any_commit", suite=True),
    Row("signals", "pytest tests/run/test_faults.py -k signals", suite=True),
    Row("disk", "pytest tests/run/test_faults.py -k disk", suite=True),
    Row("permission lost", "pytest tests/run/test_faults.py -k permission", suite=True),
    Row("files that change", "pytest tests/run/test_faults.py -k under_the_run", suite=True),
    Row("files cut off", "pytest tests/run/test_faults.py -k cut_off", suite=True),
    Row("workers killed", "pytest tests/run/test_faults.py tests/run/test_pool.py -k kill", suite=True),
    Row("workers that hang", "pytest tests/run/test_pool.py -k hangs", suite=True),
    Row("no memory", "pytest tests/run/test_faults.py -k memory", suite=True),
    Row("clock", "pytest tests/run/test_faults.py -k clock", suite=True),
    Row("two runs", "pytest tests/run/test_faults.py -k two_runs", suite=True),
    Row("engines", "pytest tests/engines", suite=True),
    Row("hostile", "pytest tests/test_hostile.py", suite=True),
    Row("report in a browser", "pytest tests/report/test_browser.py -k hostile", suite=True),
    Row("linear", "pytest tests/test_linear.py", "benchmarks linear", suite=True),
    Row("threads", "tests.trust.load threads --share 0.05", "tests.trust.load threads"),
    Row("documents", "", "tests.trust.load documents"),
    Row("file", "", "tests.trust.load file"),
    Row("files", "", "tests.trust.load files"),
    Row("soak", "", "tests.trust.load soak"),
    Row("budget", "pytest tests/test_properties.py tests/test_hostile.py -k 'budget or jump or removes_far'", suite=True),
    Row("builds", "tests.trust.builds"),
    Row("lowest versions", "tests.trust.versions lowest"),
    Row("highest versions", "", "tests.trust.versions highest"),
)  # fmt: skip

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cleantext
from cleantext.cleaner import Cleaner
from cleantext.corpus.lines import keys_of, lines_of, page_key, site_of
from cleantext.corpus.profile import Page, Row, line_batch, make_profile, read_rows
from cleantext.corpus.site import confidence
from cleantext.rules import find_rule
from tests.cli.conftest import Cli
from tests.corpus.sites import LAW, REFRAIN, SITES, pages

pytest.importorskip("duckdb", reason="profiles need duckdb")
pytest.importorskip("pyarrow", reason="profiles need pyarrow")


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("profile") / "p.parquet"
    make_profile([line_batch([Page(site_of(url), page)]) for url, page, _ in pages()], str(path))
    return path


def test_furniture_goes_and_content_stays(profile: Path) -> None:
    """Of the sites that it was made of, with every rule but this one off."""
    cleaner = Cleaner(profile=str(profile), select=("CT401",))
    for url, page, content in pages():
        result = cleaner.clean(page, url=url)
        assert result.text == content
        assert cleantext.restore(result.text, result.report) == page
        assert {f.family for f in result.report.edits} == {"repeated-line"}
        assert cleaner.clean(result.text, url=url).text == result.text


def test_reason_tells_the_evidence(profile: Path) -> None:
    url, page, _ = pages()[0]
    found = Cleaner(profile=str(profile), select=("CT401",)).clean(page, url=url).report.findings
    assert (
        "each of 4 lines in a row repeats: the least stands on 12 of 12 pages of museum.example"
        in found[0].reason
    )


def test_other_rules_still_see_what_repeats(profile: Path) -> None:
    """What goes without a profile goes with it: its lines leave last, for neighbours speak for each other."""
    url, page, _ = pages()[0]
    page = page.replace("Sammlung\n", "Sammlung\nHeute\nMorgen\nIm Winter\nAnfahrt\nPreise\nLaden\n")
    without = cleantext.clean(page, url=url)
    assert any(f.rule == "CT801" for f in without.report.edits)
    with_it = Cleaner(profile=str(profile)).clean(page, url=url)
    gone = {i for f in with_it.report.edits for i in range(f.start, f.end)}
    assert {i for f in without.report.edits for i in range(f.start, f.end)} <= gone
    assert any(f.rule == "CT401" and "Museum am Fluss" in f.text for f in with_it.report.edits)


def test_pages_of_other_sites_and_without_url_are_left_alone(profile: Path) -> None:
    cleaner = Cleaner(profile=str(profile), select=("CT401",))
    for url, page, _ in pages()[:3]:
        assert cleaner.clean(page, url="https://other.example/").text == page
        assert cleaner.clean(page).text == page
        assert Cleaner(select=("CT401",)).clean(page, url=url).text == page


def test_what_repeats_and_is_content_is_not_sure(profile: Path) -> None:
    rows = {row.example: row for row in read_rows(str(profile), "bridge.example") if row.kind == "exact"}
    assert REFRAIN not in rows  # on one page only
    law = rows[LAW[:160]]
    assert (law.pages, law.site_pages) == (3, 12)
    assert confidence(law) < 0.8
    assert all(confidence(rows[line]) >= 0.93 for part in SITES["bridge.example"] for line in part)


def test_copies_of_a_page_count_once(tmp_path: Path) -> None:
    """The same pages under other addresses, with another menu, don't make content repeat."""
    some = pages()[:4]
    copies = [Page("museum.example", f"Druckansicht {i}\n{page}") for i in range(5) for _, page, _ in some]
    make_profile([line_batch(copies)], str(tmp_path / "p.parquet"))
    content = {line for _, _, text in some for line in text.splitlines()}
    rows = list(read_rows(str(tmp_path / "p.parquet")))
    assert rows
    assert not [row for row in rows if row.example in content and row.kind == "exact" and row.pages > 2]


def test_persons_word_comes_first(profile: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.parquet"
    mine.write_bytes(profile.read_bytes())
    mine.with_suffix(".toml").write_text(
        '[protect]\n"museum.example" = ["  sammlung "]\n[add]\n"*" = ["Only once"]\n', encoding="utf-8"
    )
    cleaner = Cleaner(profile=str(mine), select=("CT401",))
    page = "Museum am Fluss\nSammlung\nA line of text.\nOnly once\n"
    assert cleaner.clean(page, url="http://museum.example").text == "Sammlung\nA line of text.\n"
    mine.with_suffix(".toml").write_text("[protec]")
    with pytest.raises(cleantext.ConfigError, match="it has the tables protect and add"):
        Cleaner(profile=str(mine))


def test_what_is_no_profile_is_refused(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"a": [1]}), tmp_path / "a.parquet")
    with pytest.raises(cleantext.ConfigError, match="is no profile"):
        Cleaner(profile=str(tmp_path / "a.parquet"))
    with pytest.raises(cleantext.ConfigError, match="can't be read"):
        Cleaner(profile=str(tmp_path / "none.parquet"))


def test_examples_of_the_rule(tmp_path: Path) -> None:
    rule = find_rule("CT401")
    furniture = ["Visit the museum shop", "Friends of the museum"]
    texts = [f"{furniture[0]}\nText {i} of a page.\n{furniture[1]}\n" for i in range(9)]
    make_profile([line_batch(Page("m.example", text) for text in texts)], str(tmp_path / "p.parquet"))
    cleaner = Cleaner(profile=str(tmp_path / "p.parquet"))
    for example in rule.examples:
        assert cleaner.clean(example.before, url="//m.example/1").text == example.after
    for look in rule.lookalikes:
        assert cleaner.clean(look.text, url="//m.example/1").text == look.text


WARNING = "The keeper is old and deaf by now: ring the bell twice before you cross."


def row(pages: int, of: int, *, edge: bool, example: str = "Line", kind: str = "exact") -> Row:
    return Row("s", kind, 1, pages, of, pages, pages if edge else 0, 0, 0, 0, 0, example, example)


@pytest.mark.parametrize(
    ("counts", "sure"),
    [
        (row(3, 3, edge=True), True),
        (row(2, 3, edge=True), False),
        (row(2, 40, edge=True), False),
        (row(4, 5, edge=False), True),
        (row(3, 40, edge=False), False),
        (row(30, 40, edge=False, example="return null;"), False),
        (row(10, 40, edge=False, example=LAW[:160]), False),
        (row(40, 40, edge=True, kind="near"), True),
        (row(3, 4, edge=True, kind="near"), False),
        (row(40, 40, edge=True, kind="near", example="| 2012-01-12 HKT 15:15 |"), False),
        (row(5, 9, edge=False), True),
        (row(20, 40, edge=False, example="Note:"), False),
        (row(3, 5, edge=True), False),  # an author's, or a series
        (row(3, 7, edge=True), True),
        (row(3, 100, edge=True), False),
        (row(3, 3, edge=True, example=WARNING), False),  # what a series tells on each page
        (row(4, 4, edge=True, example=WARNING), True),
        (row(7, 7, edge=False, example=LAW[:160]), True),
        (row(7, 7, edge=False, example=f"({WARNING})"), False),  # an author's remark
        (row(12, 12, edge=False, example=f"({WARNING})"), True),
        (row(3, 11, edge=True, example="- November 6, 2012 |"), False),  # three pages of a day
        (row(9, 11, edge=True, example="- November 6, 2012 |"), True),
        (row(4, 11, edge=True, example="© 2012 The Bridge Post"), True),
    ],
)
def test_confidence(counts: Row, sure: bool) -> None:
    assert (confidence(counts) >= 0.8) is sure


def test_lines_and_their_keys() -> None:
    assert keys_of("  Read  12 Times ") == keys_of("read 12 times")
    assert keys_of("Read 12 times")[1] == keys_of("Read 3,456 times")[1] != 0  # type: ignore[index]
    assert keys_of("Posted by Ana Lima on Monday")[1] == keys_of("Posted by Bo Ek on Friday")[1]  # type: ignore[index]
    assert keys_of("The Red House") != keys_of("The Blue House")
    assert keys_of("The Red House")[1] == 0  # type: ignore[index]
    assert keys_of("• Harbour") == keys_of("Harbour")
    assert keys_of("— 12 —") is None
    lines = {line.sample: line for line in lines_of(f"Top\n{LAW}\nMid\n{LAW}\nTop\n")}
    assert (lines["Top"].times, lines["Top"].edge, lines["Mid"].edge) == (2, 2, 0)
    assert page_key("a\nlonger line\nx") == page_key("longer line\nx\na")


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.Example.org:80/a", "example.org"),
        ("example.org/a", "example.org"),
        ("http://[::1", ""),
        (None, ""),
        ("", ""),
    ],
)
def test_site_of(url: str | None, site: str) -> None:
    assert site_of(url) == site


def test_profile_spills_and_stays_the_same(tmp_path: Path) -> None:
    batches = [line_batch([Page(site_of(url), page)]) for url, page, _ in pages(count=60)]
    make_profile(batches, str(tmp_path / "a.parquet"), memory="512MB")
    make_profile(batches[::-1], str(tmp_path / "b.parquet"), memory="64MB")
    assert list(read_rows(str(tmp_path / "a.parquet"))) == list(read_rows(str(tmp_path / "b.parquet")))


def test_sites_counted_a_few_at_a_time_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batches = [line_batch([Page(site_of(url), page)]) for url, page, _ in pages(count=60)]
    make_profile(batches, str(tmp_path / "a.parquet"))
    monkeypatch.setattr("cleantext.corpus.profile._AT_ONCE", 200)
    make_profile(batches, str(tmp_path / "b.parquet"))
    rows = list(read_rows(str(tmp_path / "a.parquet")))
    assert rows == list(read_rows(str(tmp_path / "b.parquet")))
    assert len({row.site for row in rows}) == len(SITES)


@pytest.fixture
def crawl(here: Path) -> Path:
    with open("pages.jsonl", "w", encoding="utf-8") as f:
        for url, page, _ in pages():
            f.write(json.dumps({"url": url, "text": page}) + "\n")
    for url, page, _ in pages():
        folder, _, name = url.removeprefix("https://www.").partition("/")
        Path("mirror", folder).mkdir(parents=True, exist_ok=True)
        Path("mirror", folder, f"{name}.txt").write_text(page, encoding="utf-8")
    return here


@pytest.mark.usefixtures("crawl")
def test_commands(cli: Cli) -> None:
    result = cli("profile", "pages.jsonl", "--url-field", "url", "--out", "p.parquet")
    assert (result.exit_code, result.stderr) == (0, result.stderr)
    shown = cli("profile", "show", "p.parquet", "--site", "museum.example").stdout
    assert "museum.example: [0.97] 12 of 12 pages: Sammlung" in shown
    assert "bridge" not in shown
    one = json.loads(cli("profile", "show", "p.parquet", "--format", "json").stdout.splitlines()[0])
    assert one["confidence"] >= 0.8
    assert cli("run", "pages.jsonl", "out", "--url-field", "url", "--profile", "p.parquet").exit_code == 0
    numbers = json.loads(Path("out/summary.json").read_bytes())
    assert numbers["families"]["repeated-line"]["removed"] >= 2 * len(pages())
    Path("p.toml").write_text(
        '[protect]\n"museum.example" = ["Sammlung"]\n[add]\n"*" = ["Only once"]\n"bridge.example" = ["x y"]\n'
    )
    shown = cli("profile", "show", "p.parquet", "--site", "museum.example").stdout
    assert "*: [1.00] listed in p.toml: Only once" in shown
    assert "Museum am Fluss" in shown
    assert "Sammlung" not in shown
    assert "x y" not in shown
    added = json.loads(cli("profile", "show", "p.parquet", "--format", "json").stdout.splitlines()[1])
    assert (added["site"], added["example"], added["confidence"]) == ("bridge.example", "x y", 1.0)
    again = cli("profile", "pages.jsonl", "--url-field", "url", "--out", "p.parquet")
    assert (again.exit_code, "--overwrite" in again.stderr) == (2, True)


@pytest.mark.usefixtures("crawl")
def test_two_passes_over_a_mirror(cli: Cli) -> None:
    result = cli("run", "--two-pass", "mirror", "out", "--select", "CT401", "--jobs", "2")
    assert result.exit_code == 0, result.output
    for url, _, content in pages():
        name = url.removeprefix("https://www.")
        assert Path("out", f"{name}.txt").read_text(encoding="utf-8") == content
    assert Path("out/profile.parquet").exists()
    assert cli("restore", "out", "back").exit_code == 0
    quiet = cli("run", "--two-pass", "mirror", "quiet", "--select", "CT401", "-q")
    assert (quiet.exit_code, quiet.stdout, quiet.stderr) == (0, "", "")
    assert cli("run", "--two-pass", "mirror", "-").exit_code == 2

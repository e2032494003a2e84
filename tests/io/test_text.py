import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.errors import ConfigError, InputError
from cleantext.io.text import (
    Encoding,
    check_encoding,
    decode,
    decode_as,
    encode,
    looks_like_text,
    read_bytes,
)


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        pytest.param(b"", "", Encoding(), id="empty"),
        pytest.param(b"a\r\nb\r\n", "a\r\nb\r\n", Encoding(), id="crlf-stays"),
        pytest.param(b"a\rb\nc", "a\rb\nc", Encoding(), id="mixed-line-ends"),
        pytest.param(b"a\0b", "a\0b", Encoding(), id="nul-in-valid-utf8-is-text"),
        pytest.param(
            b"%PDF-1.7 is how it begins", "%PDF-1.7 is how it begins", Encoding(), id="magic-in-text"
        ),
        pytest.param(codecs.BOM_UTF8 + b"a", "a", Encoding("utf-8", True), id="utf8-bom"),
        pytest.param(codecs.BOM_UTF8, "", Encoding("utf-8", True), id="only-a-bom"),
        pytest.param(codecs.BOM_UTF8 * 2 + b"a", "\ufeffa", Encoding("utf-8", True), id="second-bom-is-text"),
        pytest.param(b"\xff\xfea\0", "a", Encoding("utf-16-le", True), id="utf16-le"),
        pytest.param(b"\xfe\xff\0a", "a", Encoding("utf-16-be", True), id="utf16-be"),
        pytest.param(b"\xff\xfe\0\0a\0\0\0", "a", Encoding("utf-32-le", True), id="utf32-le"),
    ],
)
def test_decoding_keeps_every_byte(data: bytes, text: str, encoding: Encoding) -> None:
    document = decode(data)
    assert (document.text, document.encoding) == (text, encoding)
    assert encode(document.text, document.encoding) == data


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"one\ncaf\xe9 au lait", "byte 0xE9 at byte offset 7 (line 2)", id="latin-1"),
        pytest.param(b"caf\xe9 au lait", "iconv -f WINDOWS-1252 -t UTF-8", id="what-to-do"),
        pytest.param(b"caf\xc3", "at byte offset 3", id="cut-in-a-character"),
        pytest.param(codecs.BOM_UTF8 + b"\xe9", "at byte offset 3", id="offset-counts-the-bom"),
        pytest.param(b"\xed\xa0\x80", "at byte offset 0", id="surrogate-in-utf8"),
        pytest.param(b"\xff\xfea", "not valid UTF-16-LE", id="utf16-cut"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", "looks binary: a PNG image", id="png"),
        pytest.param(b"\x1f\x8b\x08\0\0\xff", "looks binary: gzip data", id="gzip"),
        pytest.param(b"%PDF-1.7\n\xff", "looks binary: a PDF document", id="pdf"),
        pytest.param(b"\xff\0\x01", "looks binary: NUL bytes", id="nul"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(data: bytes, says: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data)
    assert says in str(caught.value)


def test_given_encoding_holds_for_files_without_a_mark() -> None:
    assert decode(b"caf\xe9", "cp1252").text == "café"
    assert decode(codecs.BOM_UTF8 + b"caf\xc3\xa9", "cp1252").text == "café"
    assert decode(b"a\0b\0", "utf-16-le").text == "ab"


def test_given_encoding_does_not_turn_images_into_text() -> None:
    with pytest.raises(InputError, match="looks binary: a PNG image"):
        decode(b"\x89PNG\r\n\x1a\n\0\xff", "latin-1")


def test_encoding_that_loses_bytes_is_refused() -> None:
    with pytest.raises(InputError, match="loses the exact bytes"):
        decode(b"+AGE-b", "utf-7")  # "ab", which utf-7 writes without the detour


def test_text_that_the_encoding_lacks_is_refused() -> None:
    with pytest.raises(InputError, match=r"U\+201C, which cp1250 can't|U\+4E2D, which cp1250 can't"):
        encode("中", Encoding("cp1250"))


def test_leading_feff_of_a_cleaned_text_is_no_mark() -> None:
    data = encode("\ufeffa", Encoding())
    assert decode_as(data, Encoding()) == "\ufeffa"


def test_missing_mark_is_told() -> None:
    with pytest.raises(InputError, match="byte order mark of utf-8 is gone"):
        decode_as(b"a", Encoding("utf-8", True))


@pytest.mark.parametrize("name", ["no-such", "hex", "rot13", "", "utf-8\0"])
def test_unknown_encoding_is_a_config_error(name: str) -> None:
    with pytest.raises(ConfigError, match="is unknown: give a name such as"):
        check_encoding(name)


def test_utf8_sig_is_utf8_whose_mark_is_kept_anyway() -> None:
    assert check_encoding("utf-8-sig") == "utf-8"
    assert check_encoding("Latin-1") == "iso8859-1"


def test_text_is_told_from_a_cut_head() -> None:
    assert looks_like_text("déjà".encode()[:2])
    assert looks_like_text(b"")
    assert not looks_like_text(b"\x89PNG\r\n\xff")


@pytest.mark.parametrize("path", ["missing.txt", ".", "a\0b"])
def test_unreadable_paths_give_a_reason_without_the_path(path: str) -> None:
    with pytest.raises(InputError, match=r"^can't be read: [a-z]"):
        read_bytes(path)


@given(st.binary(), st.sampled_from(["utf-8", "cp1252", "shift_jis", "utf-16-le", "iso2022_jp"]))
def test_whatever_decodes_gives_its_bytes_back(data: bytes, encoding: str) -> None:
    try:
        document = decode(data, encoding)
    except InputError:
        return
    assert encode(document.text, document.encoding) == data
    assert decode_as(data, document.encoding) == document.text

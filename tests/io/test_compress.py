import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.errors import ExtraError, InputError
from cleantext.extras import need
from cleantext.io.compress import pack, packing_of, split_name, unpack, unpacked

DATA = b"some text, some text, " * 20_000


def needs(packing: str) -> None:
    if packing == "zst":
        pytest.importorskip("zstandard", reason="zstd needs zstandard")


@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_packed_pieces_one_after_the_other_are_one_file(packing: str) -> None:
    needs(packing)
    packed = pack(DATA, packing) + pack(b"", packing) + pack(b"end", packing)  # type: ignore[arg-type]
    assert packing_of(packed) == packing
    assert unpack(packed) == (DATA + b"end", packing)
    assert pack(DATA, packing) == pack(DATA, packing)  # type: ignore[arg-type]


@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_file_that_was_cut_off_is_noticed(packing: str) -> None:
    needs(packing)
    packed = pack(DATA, packing)  # type: ignore[arg-type]
    for cut in (len(packed) - 1, len(packed) // 2, 6):
        with pytest.raises(InputError, match="cut off"):
            unpack(packed[:cut])


@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_damage_is_noticed(packing: str) -> None:
    needs(packing)
    packed = bytearray(pack(DATA, packing))  # type: ignore[arg-type]
    packed[len(packed) // 2] ^= 0xFF
    with pytest.raises(InputError, match=r"damaged|cut off"):
        unpack(bytes(packed))


@given(st.binary(max_size=500), st.integers(1, 7))
def test_stream_reads_in_any_steps(data: bytes, step: int) -> None:
    stream = unpacked(io.BytesIO(gzip.compress(data)), "gz")
    assert b"".join(iter(lambda: stream.read(step), b"")) == data


def test_names() -> None:
    assert split_name("a.jsonl.gz") == ("a.jsonl", "gz")
    assert split_name("a.ZST") == ("a", "zst")
    assert split_name(".gz") == (".gz", "")
    assert split_name("a.txt") == ("a.txt", "")


def test_missing_distribution_names_the_extra() -> None:
    with pytest.raises(ExtraError, match=r"pip install 'cleantext-toolkit\[not_there\]'"):
        need("not_there")


def test_broken_distribution_is_not_called_missing(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    (tmp_path / "broken_one.py").write_text("import what_it_needs")  # type: ignore[operator]
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ModuleNotFoundError, match="what_it_needs"):
        need("broken_one")
    sys.modules.pop("broken_one", None)

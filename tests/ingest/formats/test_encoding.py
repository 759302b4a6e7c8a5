"""ingest.formats.encoding: strict decoding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.document import ReaderError
from ingest.formats.encoding import decode

REPORT = "上半年，固定资产投资完成442.1亿元，同比增长0.6%。㎡、①、镕"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_chinese_encodings_are_told_apart(encoding: str) -> None:
    assert decode(REPORT.encode(encoding)) == REPORT


def test_ascii_is_text() -> None:
    assert decode(b"GDP 442.1") == "GDP 442.1"


@pytest.mark.parametrize("encoding", ["big5", "shift_jis", "utf-16-le", "utf-32"])
def test_other_encodings_are_refused_rather_than_garbled(encoding: str) -> None:
    text = "臺灣經濟成長" if encoding == "big5" else "経済の成長について"
    with pytest.raises(ReaderError):
        decode((text * 10).encode(encoding))


def test_a_broken_byte_is_located() -> None:
    content = bytearray((REPORT * 3).encode())
    content[100] = 0xFF
    with pytest.raises(ReaderError, match="第 100 个字节"):
        decode(bytes(content))


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x4E20), max_size=50))
def test_text_survives_a_round_trip(text: str) -> None:
    assert decode(text.encode()) == text

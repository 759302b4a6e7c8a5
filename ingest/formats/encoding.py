"""Bytes -> text, strictly: no character is guessed, replaced or dropped."""

from __future__ import annotations

import codecs
import re

from ingest.formats.document import ReaderError

_REMEDY = "请用编辑器打开核对，另存为 UTF-8 编码的文本后重试"
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# Characters that no text file holds; bytes of other formats do.
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〈〉【】〔〕—…·％　")
_SAMPLE = 50_000  # characters that are judged
_COMMON_SHARE = 0.6  # at least so many of its Chinese characters are common in real text
_DAMAGED_SHARE = 0.001


def decode(content: bytes) -> str:
    """Decode UTF-8, UTF-16 with a byte order mark, or GB18030, and make every line end "\\n"."""
    return _checked(_decoded(content))


def decode_as(content: bytes, encoding: str) -> str | None:
    """Decode in the encoding that the document states; None if it is not in that encoding."""
    try:
        return _checked(content.decode(encoding))
    except UnicodeDecodeError:
        return None


def _checked(text: str) -> str:
    if _BINARY.search(text):
        raise ReaderError("文件内容不是文本（含有二进制字符）", "请确认文件没有改错后缀；" + _REMEDY)
    if text.count("\ufffd") > max(3, _DAMAGED_SHARE * len(text)):
        raise ReaderError("文件里有大量无法识别的字符（�），原文在转换编码时已损坏", "请重新从原始页面保存")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes) -> str:
    if content.startswith(codecs.BOM_UTF8):
        return _strict(content[3:], "utf-8", "UTF-8")
    for mark, name in _UTF16.items():
        if content.startswith(mark):
            return _strict(content[2:], name, "UTF-16")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        # Chinese in another encoding is never valid UTF-8 for long: this one is UTF-8 with a broken byte.
        if len(content[: error.start].decode("utf-8").encode("ascii", "ignore")) < error.start - 60:
            raise _broken("UTF-8", error.start) from error
    return _gb18030(content)


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _broken(name, error.start) from error


def _broken(name: str, position: int) -> ReaderError:
    return ReaderError(f"文件是 {name} 编码，但第 {position + 1} 个字节损坏或文件不完整", _REMEDY)


def _gb18030(content: bytes) -> str:
    unknown = ReaderError("文字编码无法识别（不是 UTF-8、UTF-16 或 GB18030），或者不是文本文件", _REMEDY)
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError as error:
        raise unknown from error
    if not _reads_like_chinese(text[:_SAMPLE]):
        raise unknown
    return text


def _reads_like_chinese(text: str) -> bool:
    """Tell real GB18030 from other bytes that happen to decode: Big5, Latin-1, a picture.

    The 3,755 most common characters are level 1 of GB 2312, first bytes B0 to D7; text in another encoding scatters.
    """
    letters = [char for char in text if ord(char) > 0x7F and char not in _PUNCTUATION]
    return sum(map(_is_common, letters)) >= _COMMON_SHARE * len(letters)


def _is_common(char: str) -> bool:
    try:
        return 0xB0 <= char.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False

"""Names that share their end are written out; what shares nothing stays as it is."""

from __future__ import annotations

import pytest

from assistant.sharing import written_apart

NAMES = {
    "地方级财政收入",
    "区级财政收入",
    "城镇居民人均可支配收入",
    "农村居民人均可支配收入",
    "第一产业增加值",
    "第二产业增加值",
}
SHARED = {
    "the end once": ("第一产业和第二产业增加值各多少", "第一产业增加值和第二产业增加值各多少"),
    "inside the second name": (
        "2025年城镇与农村居民人均可支配收入",
        "2025年城镇居民人均可支配收入与农村居民人均可支配收入",
    ),
    "the noun first": (
        "财政收入,地方级跟区级比哪个涨得更猛",
        "地方级财政收入跟区级财政收入比哪个涨得更猛",
    ),
    "in brackets": ("财政收入(地方级、区级)增速", "地方级财政收入、区级财政收入增速"),
    "two whole names": ("固投和社零哪个大", "固投和社零哪个大"),
    "a word that makes no name": ("上级和财政收入", "上级和财政收入"),
    "one name": ("财政收入多少", "财政收入多少"),
}


@pytest.mark.parametrize(("text", "apart"), SHARED.values(), ids=SHARED)
def test_names_that_share_their_end_are_written_out(text: str, apart: str) -> None:
    assert written_apart(text, NAMES.__contains__) == apart

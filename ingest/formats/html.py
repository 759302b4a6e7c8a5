"""Saved web pages: the article without the page around it, its title, source and date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, Tag

from ingest.dates import find_date
from ingest.formats.document import Line, RawDocument, ReaderError, compose, table_row
from ingest.formats.encoding import decode, decode_as
from ingest.metadata import Metadata
from ingest.text import tidy

# <meta charset="gb2312">, <meta http-equiv="Content-Type" content="text/html; charset=gbk">, <?xml encoding="utf-8"?>
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.I)
_CHARSET_BYTES = 4096
# <!-- saved from url=(0042)https://www.bjdx.gov.cn/… -->
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://\S+)")

_INVISIBLE = ["script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "select", "button"]
_AROUND = ["nav", "header", "footer", "aside", "form"]
# Parts of a page by their names: class="bread-crumb", id="fontSize"
_AROUND_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|bread\w*|crumbs?|position|location|foot\w*|copyright|head|header|top\w*bar|tool\w*"
    r"|side\w*|share\w*|bdshare\w*|print\w*|font-?size|fontsize|related|recommend\w*|hot\w*|pagination|pager|prev\w*"
    r"|search\w*|login|qrcode|ewm|links?|friend\w*|ad|ads|banner)(?:$|[\s_-])",
    re.I,
)
_AROUND_SHARE = 0.3  # what holds more of the page's text than this is not the page's frame, whatever its name
# Where the usual systems of government portals put the article.
_ARTICLE = re.compile(
    r"TRS_Editor|TRS_UEDITOR|UCAP-CONTENT|pages_content|article|news_?con\w*|con_?text|detail|zoom|main-?text|xxgk|view",
    re.I,
)
_ARTICLE_SHARE, _CONTAINER_SHARE = 0.9, 0.97  # of the page's sentences
_BREAK_TAGS = """
    address article blockquote body br center dd div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 hr li main
    ol p pre section table tbody td tfoot th thead tr ul
"""
_BREAKS = frozenset(_BREAK_TAGS.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LAYOUT_CELL = 200  # a table with a longer cell lays out the page
_BYLINE_LINES = 40
_TITLE_CHARACTERS = 300
_MAX_DEPTH = 300
_CONTAINERS = frozenset(
    ("div", "article", "section", "main", "form", "center", "td", "tr", "tbody", "table", "font", "span")
)
# 打印, 【关闭窗口】, 字体：大 中 小, 分享到：, 上一篇：…, 当前位置：首页 > 公告, 浏览次数：12
_CONTROL = re.compile(
    r"[\[【\s]*(?:打印\w*|关闭\w*|返回\w*|收藏|分享\S{0,6}|点赞|字[体号][^。]{0,20}|大\s*中\s*小|扫一扫.{0,20}|微信|微博"
    r"|(?:上|下)一[篇条][^。]*|[您你]?(?:当前|现在)?(?:所在|的)?位置[^。]*|(?:浏览|阅读|点击|访问)(?:次数|量|数)?\s*[:：]?\s*\d*\s*次?"
    r"|首页\s*[>›»/].*|无障碍\S*|\|)[\]】\s]*"
)
# 来源:区发改委 … 打印 【字体:大 中 小】 -> what follows the date
_CONTROL_TAIL = re.compile(r"[\s|]*(?:[【\[]?\s*(?:打印|字体|字号|分享|浏览|阅读|点击|收藏|关闭|保护视力).*)$")
# 来源：区发改委, 发布机构：大庆市统计局
_SOURCE = re.compile(r"(?:来\s*源|发布机构|发文机关|发布单位)\s*[:：]\s*([^\s|【]{2,40})")
_DATED = re.compile(r"(?:日期|时间)\s*[:：]")
# 关于…的报告_北京市大兴区人民政府 -> 关于…的报告
_SITE_NAME = re.compile(r"\s*[-_—|–]+\s*[^-_—|–]*(?:网|政府|门户|首页|公开|频道|中国)[^-_—|–]*$")


def read(content: bytes) -> RawDocument:
    """Read a .html file."""
    text = _decode(content)
    page = BeautifulSoup(text, "lxml")
    _check_depth(page)
    found = _metadata(page, text)
    _remove(page)
    body = page.body or page
    article = _article(body)
    lines = [line for line in _lines(article) if not _CONTROL.fullmatch(line.text)]
    lines = [_without_controls(line) for line in lines]
    title = found.title or _heading(body, page)
    byline = _byline(body, article)
    if title and not any(_same(title, line.text) for line in lines[:5]) and not _is_split(title, lines):
        lines.insert(0, Line(title))
    metadata = Metadata(title, published=found.published or byline.published, url=found.url)
    return compose(lines, metadata, found.issuer or byline.issuer)


def _decode(content: bytes) -> str:
    """Decode by what the page states about itself; if that is wrong, by its bytes."""
    match = _CHARSET.search(content[:_CHARSET_BYTES])
    stated = match[1].decode("ascii").lower() if match else ""
    if stated in ("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"):
        text = decode_as(content, "gb18030")
        if text is not None:
            return text
    return decode(content)


def _metadata(page: BeautifulSoup, text: str) -> Metadata:
    """Read the meta elements that the standard for government sites prescribes."""
    stated = {
        str(tag.get("name") or tag.get("property") or "").lower(): tidy(str(tag.get("content") or ""))
        for tag in page.find_all("meta")
    }
    published = find_date(stated.get("pubdate", "") or stated.get("publishdate", ""))
    link = page.find("link", rel="canonical")
    saved = _SAVED_FROM.search(text[:_CHARSET_BYTES])
    url = stated.get("url", "") or (str(link.get("href") or "") if isinstance(link, Tag) else "")
    return Metadata(
        title=stated.get("articletitle", ""),
        issuer=stated.get("contentsource", ""),
        published=published[0] if published else "",
        url=url if url.startswith(("http://", "https://")) else (saved[1] if saved else ""),
    )


def _remove(page: BeautifulSoup) -> None:
    """Take out what is not seen, and the frame of the page."""
    for tag in page.find_all(_INVISIBLE):
        tag.decompose()
    body = page.body or page
    prose = _prose(body)
    total = len(body.get_text())
    framed = [tag for tag in body.find_all(True) if _is_frame(tag) and len(tag.get_text()) <= _AROUND_SHARE * total]
    inside = {id(tag) for outer in framed for tag in outer.find_all(True)}
    outermost = [tag for tag in framed if id(tag) not in inside]
    # Where most of the text has such names, they mean something else here.
    if sum(prose[id(tag)] for tag in outermost) <= prose[id(body)] / 2:
        for tag in outermost:
            tag.decompose()


def _is_frame(tag: Tag) -> bool:
    named = tag.name in _AROUND or _is_hidden(tag) or _AROUND_NAMES.search(_names(tag)) is not None
    return named and tag.find("h1") is None


def _names(tag: Tag) -> str:
    return " ".join([*filter(None, tag.get_attribute_list("class")), str(tag.get("id") or "")])


def _is_hidden(tag: Tag) -> bool:
    return "display:none" in str(tag.get("style") or "").replace(" ", "").lower()


def _article(body: Tag) -> Tag:
    """Return the element that holds the article: a well-known one, else the smallest with nearly all sentences."""
    prose = _prose(body)
    total = prose[id(body)]
    if not total:
        return body
    known = [
        tag for tag in body.find_all(True) if prose[id(tag)] >= _ARTICLE_SHARE * total and _ARTICLE.search(_names(tag))
    ]
    article = known[-1] if known else body
    while inner := next((tag for tag in _children(article) if prose[id(tag)] >= _CONTAINER_SHARE * total), None):
        if inner.name not in _CONTAINERS:
            break
        article = inner
    return article


def _children(tag: Tag) -> list[Tag]:
    return [child for child in tag.children if isinstance(child, Tag)]


def _prose(body: Tag) -> Counter[int]:
    """Count the characters of sentences and of table cells in every element; links and labels do not count."""
    counts: Counter[int] = Counter()
    for string in body.find_all(string=_is_shown):
        above = list(string.parents)
        names = {tag.name for tag in above}
        text = string.strip()
        if "a" not in names and (len(text) > 20 or "。" in text or "td" in names):
            counts.update({id(tag): len(text) for tag in above})
    return counts


def _check_depth(page: BeautifulSoup) -> None:
    """Refuse a page whose elements are nested without end; every walk through it is recursive."""
    depths: dict[int, int] = {id(page): 0}
    for tag in page.find_all(True):
        depths[id(tag)] = depths.get(id(tag.parent), 0) + 1
    if max(depths.values()) > _MAX_DEPTH:
        raise ReaderError(f"网页的标签嵌套超过 {_MAX_DEPTH} 层", "请用浏览器打开后重新保存")


def _is_shown(string: object) -> bool:
    """Tell text from comments and declarations, which are strings too."""
    return type(string) in (NavigableString, CData)


def _lines(tag: Tag) -> Iterator[Line]:
    """Yield the lines of an element: what stands between two tags that break the line."""
    if tag.name == "table":
        yield from _table(tag)
        return
    parts: list[tuple[str, bool]] = []
    for child in tag.children:
        if isinstance(child, Tag) and (child.name in _BREAKS or child.find(list(_BREAKS))):
            yield from _flush(parts, tag)
            yield from _lines(child)
        elif isinstance(child, Tag):
            parts.append((child.get_text(), child.name in ("strong", "b") or child.find(["strong", "b"]) is not None))
        elif _is_shown(child):
            parts.append((str(child), tag.name in ("strong", "b")))
    yield from _flush(parts, tag)


def _flush(parts: list[tuple[str, bool]], tag: Tag) -> Iterator[Line]:
    """Make a line of the parts gathered, and forget them. A line break in the source between Chinese is no space."""
    text = tidy(_joined("".join(part for part, _ in parts)))
    bold = "" if tag.name in _HEADINGS else tidy(_joined("".join(_leading_bold(parts))))
    parts.clear()
    if text:
        lead = len(bold) if text.startswith(bold) else 0
        yield Line(text, _HEADINGS.get(tag.name), lead=lead)


def _joined(text: str) -> str:
    return re.sub(r"\s+", _between, text)


def _between(space: re.Match[str]) -> str:
    before, after = space.string[max(0, space.start() - 1) : space.start()], space.string[space.end() : space.end() + 1]
    broken = "\n" in space[0] and before and after and not before.isascii() and not after.isascii()
    return "" if broken else " "


def _leading_bold(parts: list[tuple[str, bool]]) -> Iterator[str]:
    for text, bold in parts:
        if text.strip() and not bold:
            return
        yield text


def _table(table: Tag) -> Iterator[Line]:
    """Yield the rows of a table of data; a table that lays out the page is read like any other element."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    cells = [[tidy(cell.get_text(" ")) for cell in row.find_all(["td", "th"], recursive=False)] for row in rows]
    data = not table.find("table") and any(len(row) > 1 for row in cells)
    if data and max(len(cell) for row in cells for cell in row) <= _LAYOUT_CELL:
        yield from (Line(table_row(row), row=True) for row in cells if any(row))
    else:
        for child in _children(table):
            yield from _lines(child)


def _without_controls(line: Line) -> Line:
    """Cut "打印 【字体:大 中 小】" off a byline."""
    if len(line.text) > 200 or not (_SOURCE.search(line.text) or _DATED.search(line.text)):
        return line
    return Line(_CONTROL_TAIL.sub("", line.text) or line.text, line.level, line.page)


def _byline(body: Tag, article: Tag) -> Metadata:
    """Find source and date among the lines before and at the beginning of the article."""
    texts = [line.text for line in _lines(body) if len(line.text) <= 200]
    first = next((line.text for line in _lines(article)), "")
    start = texts.index(first) if first in texts else 0
    near = texts[max(0, start - _BYLINE_LINES) : start + 6]
    source = next((match[1] for text in reversed(near) if (match := _SOURCE.search(text))), "")
    dated = [found for text in near if (found := find_date(text)) and (_SOURCE.search(text) or _DATED.search(text))]
    return Metadata(issuer=source, published=dated[-1][0] if dated else "")


def _heading(body: Tag, page: BeautifulSoup) -> str:
    """Return the title: of the h1 elements the one that <title> names too; else <title> without the site's name."""
    stated = tidy(page.title.get_text())[:_TITLE_CHARACTERS] if page.title else ""
    headings = [text for tag in body.find_all("h1") if (text := tidy(tag.get_text()))]
    for text in headings:
        if text in stated and len(text) > 5:
            return text
    shortened = _SITE_NAME.sub("", stated)
    if shortened and shortened != stated:
        return shortened
    return headings[0] if headings else ""


def _same(title: str, line: str) -> bool:
    return re.sub(r"\s", "", title) == re.sub(r"\s", "", line)


def _is_split(title: str, lines: list[Line]) -> bool:
    """Tell whether the first lines together are the title."""
    bare = re.sub(r"\s", "", title)
    return any(_same(bare, "".join(line.text for line in lines[i : i + 2])) for i in range(min(3, len(lines))))

"""Markdown: whatever a text holds, it comes out as that text and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ikec_compliance.app.publish import publish
from ikec_compliance.report.document.markdown import escape
from tests.report.sample_overview import FULL, wording

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(markdown: str) -> str:
    """What a reader sees of one paragraph; fails when it is more than plain words."""
    tokens = PARSER.parse(markdown)
    assert [token.type for token in tokens] in ([], ["paragraph_open", "inline", "paragraph_close"])
    words = []
    for token in tokens[1:2]:
        for child in token.children or ():
            assert child.type in ("text", "text_special"), child.type
            words.append(child.content)
    return "".join(words)


@given(st.text(alphabet=st.sampled_from("ab1.)-+=#>*_`~[]()<>!|&;:/\\\n\t {}$@wW'\"") | st.characters(), max_size=60))
def test_any_text_stays_text(text: str) -> None:
    flat = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    assert shown(escape(text)).replace("\u200b", "") == flat.replace("\u200b", "")


def test_web_addresses_in_texts_are_no_links() -> None:
    for text in ("https://kwaad.example", "www.kwaad.example", "http://x", "FTP://x"):
        assert "://" not in escape(text) or not escape(text).lower().startswith(("http:", "https:", "ftp:"))
        assert "www." not in escape(text).lower()


def test_tables_keep_their_columns() -> None:
    made = publish(FULL, wording(), "beleid", "markdown")
    assert isinstance(made, str)
    tokens = PARSER.parse(made)
    rows: list[int] = []
    tables: list[list[int]] = []
    for token in tokens:
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append(0)
        elif token.type in ("td_open", "th_open"):
            rows[-1] += 1
        elif token.type == "table_close":
            tables.append(rows)
    assert len(tables) > 5 and all(len(set(table)) == 1 for table in tables)
    assert not any(token.type == "html_block" for token in tokens)

"""Changes by source span: the value changes, everything else in the file stays as it was."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikec_compliance.centre.editing import edited_texts, written
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.repair import Edit
from ikec_compliance.yamlio.nodes import Mapping, Scalar
from ikec_compliance.yamlio.reader import parse

FIRST = """\
schema: ikec-centrum/v1
# het plan, met een é en een € ervoor
documenten:
  - id: plan            # eigen kenmerk
    titel: Centrumplan 2025   # naam
    soorten: [schoolplan]
  - {id: gids, titel: 'Gids: so', soorten: [schoolgids]} # een regel
"""
SECOND = """\
integratie:
  # wat samen gaat
  - {id: a, soort: plan, deelt: [so, kdv], waarde: 20}
  - {id: b, soort: gebouw, deelt: [so, kdv]}

rooster:
  - {id: r1, groep: g}
"""


def edit(tmp_path: Path, *edits: Edit) -> dict[str, str]:
    (tmp_path / "a.yaml").write_text(FIRST, encoding="utf-8")
    (tmp_path / "b.yml").write_text(SECOND, encoding="utf-8")
    (tmp_path / "leesmij.txt").write_text("geen configuratie", encoding="utf-8")
    return edited_texts(tmp_path, edits)


def changes(old: str, new: str) -> list[tuple[str, str]]:
    """Lines that differ, when the number of lines is the same."""
    before, after = old.splitlines(), new.splitlines()
    assert len(before) == len(after)
    return [(one, other) for one, other in zip(before, after, strict=True) if one != other]


def test_a_value_is_replaced_and_its_comment_stays(tmp_path: Path) -> None:
    new = edit(tmp_path, Edit("set", "documenten", "plan", "titel", "Schoolplan, tevens centrumplan"))
    assert changes(FIRST, new["a.yaml"]) == [
        ("    titel: Centrumplan 2025   # naam", "    titel: 'Schoolplan, tevens centrumplan'   # naam")
    ]
    assert new["b.yml"] == SECOND


def test_a_new_key_in_a_block_and_in_a_line(tmp_path: Path) -> None:
    new = edit(tmp_path, Edit("set", "documenten", "plan", "ondertitel", "Tevens schoolplan"),
               Edit("set", "documenten", "gids", "ondertitel", "nee"))["a.yaml"]  # fmt: skip
    assert "    titel: Centrumplan 2025   # naam\n    ondertitel: Tevens schoolplan\n    soorten" in new
    # A word that YAML or a configuration reads as yes or no is quoted.
    assert "{id: gids, titel: 'Gids: so', ondertitel: 'nee', soorten: [schoolgids]} # een regel" in new


def test_a_nested_key_that_is_not_there_yet(tmp_path: Path) -> None:
    new = edit(tmp_path, Edit("set", "rooster", "r1", "contract.uren", Decimal("1.50")))["b.yml"]
    assert changes(SECOND, new) == [("  - {id: r1, groep: g}", "  - {id: r1, groep: g, contract: {uren: 1.5}}")]


def test_lists_and_numbers_within_one_line(tmp_path: Path) -> None:
    new = edit(tmp_path, Edit("set", "integratie", "a", "deelt", ["so"]), Edit("set", "integratie", "a", "waarde", 2))
    assert changes(SECOND, new["b.yml"]) == [
        ("  - {id: a, soort: plan, deelt: [so, kdv], waarde: 20}", "  - {id: a, soort: plan, deelt: [so], waarde: 2}")
    ]


def test_an_item_is_taken_away_and_the_last_one_leaves_an_empty_list(tmp_path: Path) -> None:
    first = edit(tmp_path, Edit("remove", "integratie", "a"))["b.yml"]
    assert first == SECOND.replace("  - {id: a, soort: plan, deelt: [so, kdv], waarde: 20}\n", "")
    both = edit(tmp_path, Edit("remove", "integratie", "a"), Edit("remove", "integratie", "b"))["b.yml"]
    root = parse(both.encode(), "b.yml")
    assert isinstance(root, Mapping)
    assert not getattr(root.get("integratie"), "items", None) and root.get("rooster") is not None


def test_an_item_is_added_at_the_end_of_its_list(tmp_path: Path) -> None:
    new = edit(
        tmp_path, Edit("add", "rooster", "r2", "", {"id": "r2", "dag": ["ma"], "van": "08:30", "vacature": True})
    )
    assert new["b.yml"] == SECOND + "  - {id: r2, dag: [ma], van: 08:30, vacature: ja}\n"
    new = edit(tmp_path, Edit("add", "medewerkers", "m", "", {"id": "m"}))
    assert new["a.yaml"] == FIRST + "\nmedewerkers:\n  - {id: m}\n"


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'c' staat niet in integratie"):
        edit(tmp_path, Edit("set", "integratie", "c", "waarde", 1))


PLAIN = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn", "Co"], exclude_characters="\ufeff"
)


@given(st.text(PLAIN, max_size=30))
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    root = parse(f"a: {written(text)}\n".encode(), "a.yaml")
    assert isinstance(root, Mapping)
    found = root.get("a")
    assert isinstance(found, Scalar) and found.value == text


def test_a_configuration_written_as_json(tmp_path: Path) -> None:
    path = tmp_path / "centrum.json.yaml"
    path.write_text('{"schema": "x", "integratie": [{"id": "a", "waarde": 20}]}', encoding="utf-8")
    new = edited_texts(path, [Edit("set", "integratie", "a", "waarde", 2), Edit("add", "rooster", "r", "", {"id": "r"}),
                              Edit("add", "integratie", "b", "", {"id": "b"})])[path.name]  # fmt: skip
    assert new == '{"schema": "x", "integratie": [{"id": "a", "waarde": 2}, {id: b}], rooster: [{id: r}]}'

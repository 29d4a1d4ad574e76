"""Configurations as workbooks and back, and facts from the registers LRK and DUO."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from ikec_compliance.centre import Centre, centre_of, load_centre
from ikec_compliance.centre.editing import edited_texts
from ikec_compliance.importers.assemble import assemble
from ikec_compliance.importers.folder import refuse_existing, write_folder, yaml_files
from ikec_compliance.importers.layout import published_layout
from ikec_compliance.importers.mapping import WorkbookMapping, load_mapping
from ikec_compliance.importers.pages import Workbook
from ikec_compliance.importers.registered import Fact, by_facility, registered_facts
from ikec_compliance.model.errors import InputError, InternalError
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.repair import Edit
from ikec_compliance.yamlio.documents import SUFFIXES, load_folder_or_file
from ikec_compliance.yamlio.nodes import Mapping as Block
from ikec_compliance.yamlio.nodes import Node, Scalar
from ikec_compliance.yamlio.nodes import Sequence as NodeList
from ikec_compliance.yamlio.reader import shown_path

SCHEMA = "ikec-centrum/v1"


@dataclass(frozen=True, slots=True)
class Imported:
    """What was written, where, and what the registers said."""

    folder: Path | None
    files: Sequence[str]
    facts: Sequence[Fact]


def template_book() -> bytes:
    """The empty workbook, made from the published schema."""
    from ikec_compliance.importers.export import template

    return template()


def centre_workbook(path: Path) -> bytes:
    """A configuration as a workbook; ``InputError`` for whatever is wrong with it."""
    from ikec_compliance.importers.export import centre_book

    return centre_book(load_centre(path))


def import_workbook(
    path: Path, output: Path, mapping: Path | None = None, base: Path | None = None,
    lrk: Path | None = None, duo: Path | None = None,
) -> Imported:  # fmt: skip
    """Write the configuration in a workbook to the new folder ``output``.

    What the workbook lacks comes from the configuration ``base``, if one is named. ``InputError`` with sheet and cell
    for what is wrong; then nothing is written.
    """
    refuse_existing(output)
    root = workbook_tree(path, mapping, base)
    centre = centre_of(root, "", str(path))
    facts = registered_facts(centre, lrk, duo)
    _fill(root, by_facility(facts))
    if facts:
        centre = centre_of(root, "", str(path))
    files = yaml_files(root, shown_path(path.name))
    write_folder(output, {name: text.encode() for name, text in files.items()}, lambda made: _same(made, centre))
    return Imported(output, sorted(files), facts)


def workbook_tree(
    path: Path, mapping: Path | None = None, base: Path | None = None, data: bytes | None = None
) -> Block:
    """The configuration in a workbook (with ``data`` one in memory) as a tree of which every place is a cell.

    What the workbook lacks comes from ``base``. ``InputError`` with sheet and cell for what is wrong.
    """
    sheets = published_layout()
    how = load_mapping(mapping, sheets) if mapping is not None else WorkbookMapping()
    book = Workbook(path, data)
    keys = assemble(book, sheets, how)
    start = book.start
    index: dict[str, tuple[Scalar, Node]] = {}
    if base is not None:
        index.update(load_folder_or_file(base).root.index)
    index["schema"] = (
        Scalar("schema", True, start.file, 1, 1),
        Scalar(SCHEMA, True, start.file, 1, 1),
    )
    index.update(keys)
    if "centrum" not in index:
        raise InputError("vul het blad centrum in: ten minste het id van het centrum", Location("centrum!", 2, 1))
    return Block(index, start.file, 1, 1)


def import_facts(
    path: Path, lrk: Path | None, duo: Path | None, output: Path | None = None, in_place: bool = False
) -> Imported:
    """Compare a configuration with the registers; write what it lacks to ``output``, or into its own files.

    Comments and layout stay as they are, and no value that is there is changed.
    """
    if output is not None:
        refuse_existing(output)
    centre = load_centre(path)
    facts = registered_facts(centre, lrk, duo)
    filled = by_facility(facts)
    if output is None and not in_place:
        return Imported(None, (), facts)
    edits = [Edit("set", "voorzieningen", id_, key, value) for id_, new in filled.items() for key, value in new.items()]
    texts = {name: text.encode() for name, text in edited_texts(path, edits).items()}
    expected = _with(centre.data, filled)
    if output is not None:
        write_folder(output, texts, lambda made: _equal(load_centre(made).data, expected))
        return Imported(output, sorted(texts), facts)
    return Imported(path, _in_place(path, texts, expected), facts)


def _in_place(path: Path, texts: Mapping[str, bytes], expected: Mapping[str, object]) -> list[str]:
    """Write the files that change, after a look at the whole in a folder of its own."""
    import tempfile

    places = {name: path / name if path.is_dir() else path for name in texts}
    changed = [name for name, content in texts.items() if places[name].read_bytes() != content]
    if not changed:
        return []
    with tempfile.TemporaryDirectory(prefix="ikec-") as folder:
        for name, content in texts.items():
            (Path(folder) / name).write_bytes(content)
        _equal(load_centre(folder).data, expected)
    for name in changed:
        spare = places[name].with_name(f".{name}.nieuw")
        try:
            spare.write_bytes(texts[name])
            spare.chmod(places[name].stat().st_mode)
            spare.replace(places[name])
        except OSError:
            raise InputError(f"kan {places[name]} niet schrijven; controleer de rechten") from None
        finally:
            spare.unlink(missing_ok=True)
    return sorted(changed)


def _fill(root: Block, filled: Mapping[str, Mapping[str, str | int | date]]) -> None:
    facilities = root.get("voorzieningen")
    for item in facilities.items if isinstance(facilities, NodeList) else ():
        id_ = item.get("id") if isinstance(item, Block) else None
        if not isinstance(item, Block) or not isinstance(id_, Scalar):
            continue
        for key, value in filled.get(id_.value, {}).items():
            place = item.place
            number = isinstance(value, int)
            item.index[key] = (
                Scalar(key, True, place.file, place.line, place.column),
                Scalar(str(value), not number, place.file, place.line, place.column),
            )


def _with(data: Mapping[str, object], filled: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    items = data.get("voorzieningen", ())
    assert isinstance(items, Sequence)
    return {**data, "voorzieningen": [{**item, **filled.get(item["id"], {})} for item in items]}


def _same(folder: Path, centre: Centre) -> None:
    """What was written means what was read, or the program is wrong."""
    _equal(load_centre(folder).data, centre.data)


def _equal(written: Mapping[str, object], wanted: Mapping[str, object]) -> None:
    if written != wanted:
        different = [key for key in {**written, **wanted} if written.get(key) != wanted.get(key)]
        raise InternalError(f"de geschreven configuratie wijkt af bij {', '.join(different)}")


def is_configuration(path: Path) -> bool:
    """Whether a source is a configuration (a folder or a YAML file) and not a workbook."""
    return path.is_dir() or path.suffix.lower() in SUFFIXES

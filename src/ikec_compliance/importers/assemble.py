"""From the sheets of a workbook to the node tree of a configuration; every node knows its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ikec_compliance.importers.book import CHOICES, GUIDE
from ikec_compliance.importers.forms import EMPTY, unquoted
from ikec_compliance.importers.layout import BLOCK, LIST, Path, Sheet
from ikec_compliance.importers.mapping import WorkbookMapping
from ikec_compliance.importers.pages import Raw, Workbook
from ikec_compliance.importers.table import Table, read_table
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.yamlio.nodes import Mapping, Node, Scalar
from ikec_compliance.yamlio.nodes import Sequence as NodeList
from ikec_compliance.yamlio.suggest import did_you_mean


@dataclass(slots=True)
class _Built:
    """What came of one sheet: its items by the text of their key, for child sheets to join."""

    by_key: dict[str, tuple[Node, Location]] = field(default_factory=dict)
    only: Node | None = None


def assemble(book: Workbook, sheets: Sequence[Sheet], mapping: WorkbookMapping) -> dict[str, tuple[Scalar, Node]]:
    """The top-level keys that the workbook has, with their nodes; ``InputError`` with sheet and cell.

    The nodes are checked for their form only: the schema and the references are checked by who uses them.
    """
    sources = _sources(book, sheets, mapping)
    root: dict[str, tuple[Scalar, Node]] = {}
    built: dict[str, _Built] = {}
    for sheet in sheets:
        built[sheet.name] = _Built()
        if sheet.name not in sources:
            continue
        page = book.page(sources[sheet.name])
        table = read_table(page, sheet, mapping.of(sheet.name))
        if sheet.parent is None:
            node = _top(sheet, table, built[sheet.name])
            if node is not None:
                root[sheet.path[0]] = _key(sheet.path[0], page.place(mapping.of(sheet.name).header_row, 1)), node
        else:
            _join(sheet, table, built[sheet.parent.name], built[sheet.name])
    return root


def _sources(book: Workbook, sheets: Sequence[Sheet], mapping: WorkbookMapping) -> dict[str, str]:
    """Our name of each sheet that the workbook has, with its name there."""
    found: dict[str, str] = {}
    present = {name.strip().lower(): name for name in book.names}
    for sheet in sheets:
        wanted = mapping.of(sheet.name).source
        if wanted.strip().lower() in present:
            found[sheet.name] = present[wanted.strip().lower()]
        elif sheet.name in mapping.sheets:
            raise InputError(f"het blad ‘{wanted}’ van het kolommenbestand staat niet in de werkmap"
                             f"{did_you_mean(wanted, book.names)}", book.start)  # fmt: skip
    known = {GUIDE, CHOICES, *found.values(), *mapping.skipped}
    for name in book.names:
        if name not in known and not name.startswith("_"):
            hint = did_you_mean(name, [sheet.name for sheet in sheets])
            raise InputError(
                f"onbekend blad ‘{name}’{hint or '; laat de naam met _ beginnen om het over te slaan'}",
                Location(f"{name}!", 1, 1),
            )
    if not found:
        raise InputError(
            "deze werkmap heeft geen enkel blad van ikec; maak er een met ‘ikec export-template’", book.start
        )
    return found


def _top(sheet: Sheet, table: Table, built: _Built) -> Node | None:
    """The value of a top-level key, or ``None`` when its sheet is empty."""
    place = table.start
    if table.marked_empty:
        node: Node = _list([], place) if sheet.shape == LIST else _block({}, place)
        built.only = node
        return node
    if not table.rows:
        return None
    if sheet.shape == BLOCK:
        if len(table.rows) > 1:
            raise InputError(f"blad {sheet.name} heeft één regel; verwijder deze", table.rows[1].place)
        built.only = _item(sheet, table, 0)
        return built.only
    return _collected(sheet, table, range(len(table.rows)), built)


def _collected(sheet: Sheet, table: Table, numbers: Sequence[int], built: _Built) -> Node:
    """The list or mapping of some rows."""
    place = table.rows[numbers[0]].place
    items: list[Node] = []
    index: dict[str, tuple[Scalar, Node]] = {}
    for number in numbers:
        item = _item(sheet, table, number)
        items.append(item)
        found = _row_key(sheet, table, number)
        if found is None:
            continue
        text, where = found
        if sheet.shape == LIST:
            other = built.by_key.setdefault(text, (item, where))
            if other[0] is not item:
                raise InputError(f"{_shown(sheet, text)} staat ook al in {other[1]}; geef elke regel een eigen "
                                 f"{sheet.key}", where)  # fmt: skip
        else:
            if text in index:
                raise InputError(f"{_shown(sheet, text)} staat ook al in {index[text][0].place}", where)
            index[text] = _key(text, where), item
            built.by_key.setdefault(text, (item, where))
    return _list(items, place) if sheet.shape == LIST else _block(index, place)


def _row_key(sheet: Sheet, table: Table, number: int) -> tuple[str, Location] | None:
    """The text that tells a row from the others, and its cell."""
    if sheet.key is None:
        return None
    row = table.rows[number]
    cell = row.cells.get(sheet.key)
    if cell is None:
        if sheet.shape == LIST and not sheet.numbered:
            return None  # the schema says that the id is missing
        if sheet.numbered:
            return None
        raise InputError(f"vul de kolom {sheet.key} in", row.place)
    raw, place = cell
    return _key_text(raw), place


def _key_text(raw: Raw) -> str:
    if isinstance(raw, float) and raw == int(raw):
        raw = int(raw)
    return unquoted(str(raw).strip())


def _item(sheet: Sheet, table: Table, number: int) -> Node:
    """One row as a node: a single value, or a block of its filled cells."""
    row = table.rows[number]
    block = _block({}, row.place)
    for column in sheet.columns:
        cell = row.cells.get(column.header)
        if cell is None:
            continue
        node = table.reader.node(column.form, *cell)
        if not column.path:
            return node
        _put(block, column.path, node, cell[1])
    for header, (path, is_list) in sheet.blocks.items():
        cell = row.cells.get(header)
        if cell is None:
            continue
        raw, place = cell
        if raw != EMPTY:
            raise InputError(f"de kolom ‘{header}’ is leeg of heeft een {EMPTY}; vul de kolommen ‘{header}.…’ in, "
                             f"of het blad ‘{sheet.name}.{header}’", place)  # fmt: skip
        if _find(block, path) is not None:
            raise InputError(f"hier staat {EMPTY} (leeg), maar {header} is ook ingevuld", place)
        _put(block, path, _list([], place) if is_list else _block({}, place), place)
    if sheet.columns and not sheet.columns[0].path:
        raise InputError(f"vul de kolom {sheet.columns[0].header} in", row.place)
    return block


def _join(sheet: Sheet, table: Table, owners: _Built, built: _Built) -> None:
    """Add the rows of a child sheet to the items of its parent."""
    groups: dict[int, list[int]] = {}
    nodes: dict[int, Node] = {}
    for number, owner in _owners(sheet, table, owners):
        groups.setdefault(id(owner), []).append(number)
        nodes[id(owner)] = owner
    for which, numbers in groups.items():
        owner, place = nodes[which], table.rows[numbers[0]].place
        if not isinstance(owner, Mapping):
            raise InputError(f"dit hoort bij een regel zonder gegevens op blad {sheet.link}", place)
        if _find(owner, sheet.path) is not None:
            raise InputError(f"blad {sheet.link} zegt dat {'.'.join(sheet.path)} leeg is", place)
        _put(owner, sheet.path, _collected(sheet, table, numbers, built), place)


def _owners(sheet: Sheet, table: Table, owners: _Built) -> Iterator[tuple[int, Node]]:
    for number, row in enumerate(table.rows):
        if sheet.link is None:
            if owners.only is None:
                raise InputError("dit blad hoort bij een blad dat niet is ingevuld", row.place)
            yield number, owners.only
            continue
        cell = row.cells.get(sheet.link)
        if cell is None:
            raise InputError(f"vul de kolom ‘{sheet.link}’ in: bij welke regel van dat blad hoort dit?", row.place)
        text = _key_text(cell[0])
        if text not in owners.by_key:
            hint = "" if sheet.secret else did_you_mean(text, owners.by_key)
            raise InputError(f"{_shown(sheet, text)} staat niet op blad {sheet.link}{hint}", cell[1])
        yield number, owners.by_key[text][0]


def _put(block: Mapping, path: Path, node: Node, place: Location) -> None:
    for step in path[:-1]:
        entry = block.index.get(step)
        if entry is None:
            entry = _key(step, place), _block({}, place)
            block.index[step] = entry
        if not isinstance(entry[1], Mapping):
            raise InputError(f"‘{step}’ is hier al ingevuld", place)
        block = entry[1]
    block.index[path[-1]] = _key(path[-1], place), node


def _find(block: Mapping, path: Path) -> Node | None:
    found: Node | None = block
    for step in path:
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _shown(sheet: Sheet, text: str) -> str:
    if sheet.secret:
        return "deze waarde"
    short = " ".join(text.split())
    return f"‘{short if len(short) <= 60 else short[:59] + '…'}’"


def _key(text: str, place: Location) -> Scalar:
    return Scalar(text, True, place.file, place.line, place.column)


def _list(items: list[Node], place: Location) -> NodeList:
    return NodeList(items, place.file, place.line, place.column)


def _block(index: dict[str, tuple[Scalar, Node]], place: Location) -> Mapping:
    return Mapping(index, place.file, place.line, place.column)

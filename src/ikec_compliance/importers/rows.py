"""The rows of a workbook that hold a configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ikec_compliance.importers.forms import EMPTY, Written, quoted, write
from ikec_compliance.importers.layout import BLOCK, LIST, TABLE, Path, Sheet
from ikec_compliance.model.errors import InputError, InternalError

_ABSENT = object()
MOST_CHARACTERS = 32_767
"""What Excel lets one cell hold."""


@dataclass(slots=True)
class Filled:
    """A sheet with its rows: header to cell. ``extra`` are headers that an empty sheet does not have."""

    sheet: Sheet
    rows: list[dict[str, Written]] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    empty: bool = False

    def headers(self) -> list[str]:
        """All headers of this sheet, in order."""
        return [*self.sheet.headers(), *self.extra]


def fill(sheets: Sequence[Sheet], data: Mapping[str, Any]) -> list[Filled]:
    """The sheets with the rows of checked data; ``InputError`` for a text that no cell can hold."""
    filled = {sheet.name: Filled(sheet) for sheet in sheets}
    children: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        if sheet.parent is not None:
            children.setdefault(sheet.parent.name, []).append(sheet)
    for sheet in sheets:
        if sheet.parent is None and sheet.path[0] in data:
            _add(sheet, data[sheet.path[0]], None, filled, children)
    return [filled[sheet.name] for sheet in sheets]


def _add(
    sheet: Sheet, content: Any, owner: Written | None, filled: dict[str, Filled], children: Mapping[str, list[Sheet]]
) -> None:
    target = filled[sheet.name]
    if sheet.parent is None and not content:
        target.empty = True
        return
    for key, item in _items(sheet, content):
        row: dict[str, Written] = {}
        if sheet.link and owner is not None:
            row[sheet.link] = owner
        own: Written | None = None
        if sheet.numbered:
            own = Written(len(target.rows) + 1)
        elif sheet.shape == TABLE:
            own = Written(quoted(str(key)), "@")
        elif sheet.key:
            own = Written(str(item[sheet.key]), "@")
        if sheet.key and own is not None:
            row[sheet.key] = own
        _columns(target, item, row)
        target.rows.append(row)
        for child in children.get(sheet.name, ()):
            inner = _at(item, child.path)
            if inner is not _ABSENT and not _empty(inner):
                _add(child, inner, own, filled, children)


def _items(sheet: Sheet, content: Any) -> Iterator[tuple[str | None, Any]]:
    if sheet.shape == LIST:
        yield from ((None, item) for item in content)
    elif sheet.shape == BLOCK:
        yield None, content
    else:
        yield from content.items()


def _columns(target: Filled, item: Any, row: dict[str, Written]) -> None:
    for column in target.sheet.columns:
        value = _at(item, column.path)
        if value is _ABSENT or column.header in row:
            continue
        cell = write(column.form, value)
        if isinstance(cell.value, str) and len(cell.value) > MOST_CHARACTERS:
            raise InputError(
                f"‘{column.header}’ in {target.sheet.name} heeft {len(cell.value)} tekens; in een cel van Excel passen "
                f"er {MOST_CHARACTERS}: maak de tekst korter"
            )
        row[column.header] = cell
    for header, (path, _) in target.sheet.blocks.items():
        value = _at(item, path)
        if value is not _ABSENT and _empty(value):
            row[header] = Written(EMPTY)
            if header not in target.extra:
                target.extra.append(header)
    if not row:
        raise InternalError(f"een regel zonder waarden op blad {target.sheet.name}")


def _empty(value: Any) -> bool:
    return isinstance(value, Mapping | list) and not value


def _at(item: Any, path: Path) -> Any:
    for step in path:
        if not isinstance(item, Mapping) or step not in item:
            return _ABSENT
        item = item[step]
    return item

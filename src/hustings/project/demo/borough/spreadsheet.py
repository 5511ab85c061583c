"""Writes a plain spreadsheet (xlsx) of one sheet, byte for byte the same for the same rows.

The usual library needs four seconds for the supporter list and stamps the time of writing into the file;
the borough has to be quick and the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from string import ascii_uppercase
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# Spreadsheets count days from the eve of 1900, and believe that 1900 was a leap year.
_FIRST_DAY = date(1899, 12, 30).toordinal()
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    "</Types>"
)
_ROOT_LINKS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_BOOK_LINKS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
# Style 1 shows a day as day/month/year.
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def write_spreadsheet(
    *, path: Path, sheet: str, heading: Sequence[str], rows: Iterable[Sequence[str | date | None]]
) -> None:
    """Write a heading and rows of texts and days; None leaves a cell empty. At most 26 columns."""
    columns = ascii_uppercase[: len(heading)]
    lines = [_row(number=1, columns=columns, cells=heading)]
    lines += (_row(number=number, columns=columns, cells=cells) for number, cells in enumerate(rows, start=2))
    body = (
        f'{_DECLARATION}<worksheet xmlns="{_MAIN}"><dimension ref="A1:{columns[-1]}{len(lines)}"/>'
        f"<sheetData>{''.join(lines)}</sheetData></worksheet>"
    )
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in (
            ("[Content_Types].xml", _DECLARATION + _CONTENT_TYPES),
            ("_rels/.rels", _DECLARATION + _ROOT_LINKS),
            ("xl/workbook.xml", _DECLARATION + book),
            ("xl/_rels/workbook.xml.rels", _DECLARATION + _BOOK_LINKS),
            ("xl/styles.xml", _DECLARATION + _STYLES),
            ("xl/worksheets/sheet1.xml", body),
        ):
            entry = ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=4)


def _row(*, number: int, columns: str, cells: Sequence[str | date | None]) -> str:
    parts = []
    for column, cell in zip(columns, cells, strict=True):
        if cell is None:
            continue
        if isinstance(cell, date):
            parts.append(f'<c r="{column}{number}" s="1"><v>{cell.toordinal() - _FIRST_DAY}</v></c>')
        else:
            parts.append(f'<c r="{column}{number}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>')
    return f'<row r="{number}">{"".join(parts)}</row>'

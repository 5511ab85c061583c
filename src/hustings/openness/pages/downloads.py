"""The record as files: every entry in one table, one entry with its proof, the leaf, and the documents."""

import csv
import itertools
import json
import tempfile
from collections.abc import Iterator
from typing import Any

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.basics.clock import clock
from hustings.openness.models import Entry
from hustings.openness.queries.entries import open_document, view_of
from hustings.openness.queries.table import COLUMNS, rows_of_record
from hustings.openness.rules.leaf import FORMAT
from hustings.platform.pages.listing import safe_in_spreadsheet

_ROWS = 5_000  # of a chunk


@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """What each column of the downloads holds."""
    return render(request, "openness/dictionary.html", {"columns": COLUMNS, "format": FORMAT})


@require_safe
def entries_csv(request: HttpRequest) -> HttpResponseBase:
    """The whole record as CSV, one row an entry."""
    answer = StreamingHttpResponse(_csv_lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="public-record.csv"'
    return answer


class _Line:
    def write(self, text: str) -> str:
        return text


def _csv_lines() -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow([column.name for column in COLUMNS])
    for row in rows_of_record(on=clock().today_in_uk()):
        yield writer.writerow(
            [safe_in_spreadsheet(value) if isinstance(value, str) else value for value in row.values()]
        )


@require_safe
def entries_json(request: HttpRequest) -> HttpResponseBase:
    """The whole record as JSON: a list of entries with the same names as the columns."""
    return StreamingHttpResponse(_json_lines(), content_type="application/json")


@require_safe
def entries_parquet(request: HttpRequest) -> HttpResponseBase:
    """The whole record as Parquet, for programs that read columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"string": pa.string(), "integer": pa.int64()}
    schema = pa.schema([pa.field(column.name, kinds[column.type]) for column in COLUMNS])
    file = tempfile.TemporaryFile()  # noqa: SIM115  (FileResponse closes it)
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        rows = rows_of_record(on=clock().today_in_uk())
        while chunk := list(itertools.islice(rows, _ROWS)):
            writer.write_table(pa.Table.from_pylist(chunk, schema=schema))
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename="public-record.parquet",
        content_type="application/vnd.apache.parquet",
    )


@require_safe
def data_package(request: HttpRequest) -> HttpResponse:
    """The data dictionary for programs: a Frictionless data package of the CSV file."""
    fields = [
        {"name": column.name, "type": column.type, "description": str(column.meaning)} for column in COLUMNS
    ]
    return JsonResponse(
        {
            "profile": "tabular-data-package",
            "name": "public-record",
            "title": str(_("Public record")),
            "homepage": request.build_absolute_uri(reverse("openness:record")),
            "resources": [
                {
                    "name": "entries",
                    "path": request.build_absolute_uri(reverse("openness:entries_csv")),
                    "format": "csv",
                    "encoding": "utf-8",
                    "schema": {"fields": fields, "primaryKey": "number", "missingValues": [""]},
                }
            ],
        },
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


def _json_lines() -> Iterator[str]:
    yield '{"format":' + json.dumps(FORMAT) + ',"entries":['
    for place, row in enumerate(rows_of_record(on=clock().today_in_uk())):
        yield ("," if place else "") + json.dumps(row, ensure_ascii=False)
    yield "]}\n"


@require_safe
def entry_json(request: HttpRequest, number: int) -> HttpResponse:
    """One entry with all that is needed to check it: leaf, hash, commitments, and the salts of open
    documents.
    """
    view = view_of(entry=_entry(number), on=clock().today_in_uk())
    documents: list[dict[str, Any]] = []
    for one in view.documents:
        said: dict[str, Any] = {"name": one.name, "state": one.state, "commitment": one.commitment}
        if one.state == "open":
            said |= {
                "salt": one.salt,
                "media_type": one.media_type,
                "bytes": one.size,
                "address": f"{number}/{one.name}",
            }
        if one.state == "withheld":
            said["reason"] = one.reason
        documents.append(said)
    return JsonResponse(
        {"number": number, "leaf": view.leaf, "leaf_hash": view.entry.leaf_hash, "documents": documents},
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


@require_safe
def leaf(request: HttpRequest, number: int) -> HttpResponse:
    """The exact bytes of a leaf."""
    return _bytes(bytes(_entry(number).leaf), "application/json", f"leaf-{number}.json")


@require_safe
def document(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """The exact bytes of an open document; what is not open yet, sealed or withheld is not found."""
    entry = _entry(number)
    found = open_document(entry=entry, name=name, on=clock().today_in_uk())
    if found is None or found.content is None:
        raise Http404
    return _bytes(bytes(found.content), found.media_type, f"entry-{number}-{name}")


def _entry(number: int) -> Entry:
    found: Entry | None = Entry.objects.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _bytes(content: bytes, media_type: str, name: str) -> HttpResponse:
    # As a file, sandboxed: what was uploaded must not run under our address.
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

"""Every receipt of a return in one bundle, named by its number, with a list."""

import csv
import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from hustings.money.models import Evidence
from hustings.platform.pages.listing import safe_in_spreadsheet

_ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
_MOMENT = (2000, 1, 1, 0, 0, 0)


def receipt_bundle(*, content: Mapping[str, Any]) -> bytes:
    """A zip file: `receipts.csv`, and each paper as `NUMBER supplier.ending`. The same return gives the same bytes."""
    papers = [
        (line, paper) for line in [*content["lines"], *content["personal"]] for paper in line["receipts"]
    ]
    kept = Evidence.objects.in_bulk([paper["evidence"] for _line, paper in papers])
    listing = io.StringIO()
    writer = csv.writer(listing)
    writer.writerow(["number", "item", "supplier", "file", "sha256"])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for line, paper in papers:
            ending = _ENDINGS[paper["media_type"]]
            supplier = re.sub(r"[^A-Za-z0-9 -]+", "", line["supplier_name"]).strip()[:40]
            name = f"{paper['number']} {supplier}".strip() + f".{ending}"
            content_of = bytes(kept[paper["evidence"]].content)
            bundle.writestr(zipfile.ZipInfo(name, _MOMENT), content_of, zipfile.ZIP_DEFLATED)
            writer.writerow(
                [
                    paper["number"],
                    safe_in_spreadsheet(line["what"]),
                    safe_in_spreadsheet(line["supplier_name"]),
                    name,
                    paper["sha256"],
                ]
            )
        bundle.writestr(zipfile.ZipInfo("receipts.csv", _MOMENT), listing.getvalue(), zipfile.ZIP_DEFLATED)
    return out.getvalue()

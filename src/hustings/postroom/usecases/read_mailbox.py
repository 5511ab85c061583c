"""Reading a mailbox file of what came back, report by report."""

import mailbox
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from hustings.platform.progress import SILENT, Progress
from hustings.postroom.rules.reports import ReportKind, read_reports
from hustings.postroom.usecases.record_report import record_report


class MailboxUnreadable(ValueError):
    """The file is not a mailbox."""

    def __init__(self, *, path: Path) -> None:
        super().__init__(
            f"{path.name} is not a mailbox file. Export the mailbox as mbox: its first line begins with “From ”."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxCounts:
    """What a mailbox held: `read = accepted + unchanged + rejected`.

    `accepted` messages held new reports, `unchanged` ones only reports read before, `rejected` ones no report at all (holiday
    answers, replies). The rest counts reports and what followed from them.
    """

    read: int
    accepted: int
    unchanged: int
    rejected: int
    bounces: int
    complaints: int
    without_message: int
    addresses_unusable: int
    objections: int

    def as_json(self) -> dict[str, int]:
        """Plain counts."""
        return asdict(self)


def read_mailbox(*, path: Path, now: datetime, progress: Progress = SILENT) -> MailboxCounts:
    """Record every bounce and complaint in an mbox file. Safe to read again. Raises MailboxUnreadable."""
    with path.open("rb") as file:
        first = file.read(5)
    if first and first != b"From ":
        raise MailboxUnreadable(path=path)
    counts: Counter[str] = Counter()
    box = mailbox.mbox(path, create=False)
    try:
        total = len(box)
        for number, key in enumerate(box.iterkeys(), 1):
            counts["read"] += 1
            counts[_read_one(box.get_bytes(key), now, counts)] += 1
            progress.report(done=number, total=total)
    finally:
        box.close()
    names = MailboxCounts.__dataclass_fields__
    return MailboxCounts(**{name: counts[name] for name in names})


def _read_one(raw: bytes, now: datetime, counts: Counter[str]) -> str:
    reports = read_reports(raw=raw)
    if not reports:
        return "rejected"
    is_new = False
    for report in reports:
        recorded = record_report(report=report, source="mailbox", now=now)
        if not recorded.is_new:
            continue
        is_new = True
        counts["bounces" if report.kind is ReportKind.BOUNCE else "complaints"] += 1
        counts["without_message"] += recorded.report.message_id is None
        counts["addresses_unusable"] += recorded.is_address_unusable
        counts["objections"] += recorded.is_objection
    return "accepted" if is_new else "unchanged"

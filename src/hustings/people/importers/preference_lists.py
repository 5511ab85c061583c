"""Results of screening against the Telephone, Corporate Telephone and Mailing Preference Services, and whole licensed lists.

Only keyed hashes stay: neither numbers nor names of the file are stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings

from hustings.basics.clock import uk_date
from hustings.basics.phone import NotAPhoneNumber, parse_phone
from hustings.basics.postcode import PostcodeError, parse_postcode
from hustings.people.importers.cells import Layout, day_of, is_yes, layout_of, names_of
from hustings.people.models import PreferenceListing, PreferenceService
from hustings.people.rules.keys import KeyKind, Side, name_address_keys, phone_key
from hustings.people.usecases.keep_preferences import Screening, keep_preferences
from hustings.platform.importing.importer import DatasetCard, ImportRefused, Options, RowRejected, Sink
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun
from hustings.platform.progress import Progress

#: The column of each service's answer, in small letters without anything else.
_ANSWERS = {
    PreferenceService.TPS: ("tps", "tpsstatus", "tpsmatch", "tpslisted", "tpsflag", "tpsresult"),
    PreferenceService.CTPS: ("ctps", "ctpsstatus", "ctpsmatch", "ctpslisted", "ctpsflag", "ctpsresult"),
    PreferenceService.MPS: ("mps", "mpsstatus", "mpsmatch", "mpslisted", "mpsflag", "mpsresult"),
}
_DAYS = ("screenedon", "checkedon", "asof", "listdate", "dateoflist", "screeningdate")
_OLDEST_DAYS = 366

#: What screening firms write beside yes and no, in small letters and digits alone.
_LISTED = frozenset({"listed", "registered", "match", "matched", "tps", "ctps", "mps"})
_NOT_LISTED = frozenset({"", "notlisted", "notregistered", "nomatch", "unmatched", "clear", "clean", "ok"})


@dataclass
class StagedPreferences:
    """The results of a file by service."""

    as_of: date
    is_whole: bool
    results: dict[PreferenceService, dict[str, bool]] = field(default_factory=dict)


class PreferenceLists:
    """Reads screening results (a number or address and yes or no for each service), or with --as a whole licensed list."""

    slug = "preference-lists"
    card = DatasetCard(
        title="Preference services: screening results, or a licensed list",
        publisher="Telephone Preference Service, Mailing Preference Service, or a firm that screens against them",
        licence="licensed by the service; only keyed hashes of it stay here",
        what=(
            "Screening results: a telephone number with a column TPS or CTPS (yes or no), or a name, address and postcode with "
            "a column MPS. A licensed list: --as preference-lists --option service=tps --option whole=yes, numbers in the first "
            "column. The day of the list stands in a column “Screened on” or is given by --option as_of=YYYY-MM-DD. The gate "
            "refuses calls to whoever is listed and did not tell us yes, and warns of numbers not screened in time."
        ),
        columns=("Phone", "TPS or CTPS"),
        updated="at least every 28 days while you telephone people",
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """By a column that is named after a service, beside numbers or names."""
        layout = layout_of(source.header)
        has_subject = any(name in layout for name in ("phone", "mobile", "family_name", "name"))
        return has_subject and bool(_answers(source.header)) and "consented_on" not in layout

    def stage(
        self, *, source: SourceFile, run: ImportRun, options: Options, sink: Sink, progress: Progress
    ) -> StagedPreferences:
        """Read every row."""
        whole = _whole(options)
        layout, answers = layout_of(source.header), _answers(source.header)
        if whole is None and not answers:
            raise ImportRefused(
                f"{source.name} has no column TPS, CTPS or MPS. For a whole list say --option service=tps --option whole=yes."
            )
        staged = StagedPreferences(
            as_of=_as_of(source, options, today=uk_date(run.started_at)), is_whole=whole is not None
        )
        known: dict[str, dict[str, tuple[bool, date]]] = {}
        lines = _with_first_line(source) if whole is not None else source.rows()
        for done, (line, cells) in enumerate(lines, start=1):
            if not any(cell.strip() for cell in cells):
                continue
            try:
                said = _said(cells, layout, answers, whole)
            except RowRejected as reason:
                sink.reject(line=line, reason=str(reason), row=list(cells))
                continue
            is_news = False
            for service, (key, listed) in said.items():
                held = known.setdefault(service, _held(service))
                standing = held.get(key)
                is_news = is_news or standing is None or standing[0] != listed or standing[1] < staged.as_of
                staged.results.setdefault(service, {})[key] = listed
            if is_news:
                sink.accept()
            else:
                sink.unchanged()
            if done % 10_000 == 0:
                progress.report(done=done, note="rows")
        sink.detail(
            as_of=staged.as_of.isoformat(),
            is_whole=staged.is_whole,
            **{f"listed_{service}": sum(results.values()) for service, results in staged.results.items()},
        )
        return staged

    def activate(self, *, staged: StagedPreferences, run: ImportRun, options: Options) -> None:
        """Write what each service says."""
        if not staged.results:
            raise ImportRefused("No row of the file can be used. The rejects file says why, line by line.")
        for service, results in staged.results.items():
            screening = Screening(
                service=service, as_of=staged.as_of, is_whole=staged.is_whole, results=results
            )
            keep_preferences(screening=screening, run=run, now=run.started_at)

    def discard(self, *, staged: StagedPreferences | None) -> None:
        """Let the hashes go."""
        if staged is not None:
            staged.results.clear()


def _folded(heading: str) -> str:
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


def _answers(header: Sequence[str]) -> dict[PreferenceService, int]:
    places = {_folded(cell): place for place, cell in reversed(list(enumerate(header)))}
    return {
        service: next(places[name] for name in names if name in places)
        for service, names in _ANSWERS.items()
        if any(name in places for name in names)
    }


def _whole(options: Options) -> PreferenceService | None:
    if str(options.values.get("whole", "")).casefold() not in {"yes", "y", "true", "1"}:
        return None
    try:
        return PreferenceService(str(options.values.get("service", "")).casefold())
    except ValueError as problem:
        raise ImportRefused("Say whose list it is: --option service=tps, ctps or mps.") from problem


def _as_of(source: SourceFile, options: Options, *, today: date) -> date:
    said = str(options.values.get("as_of", ""))
    if not said:
        place = next((place for place, cell in enumerate(source.header) if _folded(cell) in _DAYS), None)
        if place is not None:
            said = next(
                (cells[place] for _line, cells in source.rows() if len(cells) > place and cells[place]), ""
            )
    if not said:
        raise ImportRefused(
            "Say of which day the list is: --option as_of=YYYY-MM-DD. It is what the 28 days are counted from."
        )
    try:
        day = day_of(said, column="day of the list", today=today)
    except RowRejected as problem:
        raise ImportRefused(str(problem)) from problem
    if (today - day).days > _OLDEST_DAYS:
        raise ImportRefused(f"The list is of {day:%d %B %Y}, more than a year ago. Get a newer one.")
    return day


def _with_first_line(source: SourceFile) -> list[tuple[int, list[str]]]:
    """A licensed list may begin with its first number instead of a heading."""
    first = [(1, list(source.header))] if any(_is_number(cell) for cell in source.header[:1]) else []
    return [*first, *source.rows()]


def _is_number(cell: str) -> bool:
    try:
        parse_phone(cell)
    except NotAPhoneNumber:
        return False
    return True


def _said(
    cells: Sequence[str],
    layout: Layout,
    answers: Mapping[PreferenceService, int],
    whole: PreferenceService | None,
) -> dict[PreferenceService, tuple[str, bool]]:
    """Each service's word on the row's number or address, under its key."""
    if whole is not None:
        return {whole: (_key(cells, layout, whole), True)}
    found = {}
    for service, place in answers.items():
        said = cells[place] if place < len(cells) else ""
        word = _folded(said)
        listed = word in _LISTED or (word not in _NOT_LISTED and is_yes(said, column=str(service.label)))
        found[service] = (_key(cells, layout, service), listed)
    return found


def _key(cells: Sequence[str], layout: Layout, service: PreferenceService) -> str:
    secret = settings.HUSTINGS_SUPPRESSION_KEY
    if service == PreferenceService.MPS:
        given_name, family_name = names_of(cells, layout)
        try:
            postcode = parse_postcode(layout.cell(cells, "postcode")).spaced
        except PostcodeError as fault:
            raise RowRejected(str(fault)) from fault
        keys = name_address_keys(
            secret=secret,
            given_name=given_name,
            family_name=family_name,
            address_line=layout.cell(cells, "address_line"),
            postcode=postcode,
            side=Side.OBJECTION,
        )
        full = next((key.key_hash for key in keys if key.kind is KeyKind.NAME_ADDRESS), None)
        if full is None:
            raise RowRejected("Give first name, surname, house and postcode: fewer would find somebody else.")
        return full
    written = layout.cell(cells, "phone") or layout.cell(cells, "mobile") or (cells[0] if cells else "")
    try:
        return phone_key(secret=secret, e164=parse_phone(written).e164).key_hash
    except NotAPhoneNumber as fault:
        raise RowRejected(str(fault)) from fault


def _held(service: PreferenceService) -> dict[str, tuple[bool, date]]:
    rows = PreferenceListing.objects.filter(service=service)
    return {key: (listed, day) for key, listed, day in rows.values_list("key_hash", "is_listed", "as_of")}

"""What spreadsheets say in their headings and cells: columns under many names, days in many spellings, yes and no."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from hustings.basics.clock import UK
from hustings.people.models import Channel, Purpose
from hustings.platform.importing.importer import RowRejected

#: Every name under which a column is known, in letters and digits alone. The first to be found counts.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "given_name": ("firstname", "forename", "forenames", "givenname", "givennames", "first"),
    "family_name": ("surname", "lastname", "familyname", "last"),
    "name": ("name", "fullname", "contactname"),
    "email": ("email", "emailaddress", "mail", "subscriberemail"),
    "mobile": ("mobile", "mobilephone", "mobilenumber", "cell", "cellphone"),
    "phone": ("phone", "telephone", "phonenumber", "landline", "homephone", "tel"),
    "address_line": ("address", "addressline", "address1", "addressline1", "street", "streetaddress"),
    "postcode": ("postcode", "zip", "zippostal", "zipcode", "postalcode", "pcode"),
    "consented_on": ("consentdate", "dateofconsent", "consentedon", "optindate", "optintime", "consenton"),
    "wording": ("consentwording", "wording", "consenttext", "statement", "consentstatement"),
    "version": ("consentversion", "wordingversion"),
    "source": ("consentsource", "source", "howconsented", "signupsource", "optinsource"),
    "evidence": ("evidence", "consentevidence", "proof", "reference", "scan"),
    "channels": ("channels", "consentchannels", "consentedto", "mayuse"),
    "purposes": ("purpose", "purposes", "consentpurpose", "consentpurposes"),
    "unsubscribed_on": (
        "unsubscribedon",
        "unsubscribed",
        "unsubtime",
        "unsubdate",
        "optedouton",
        "optouttime",
    ),
    "objected_on": (
        "objectedon",
        "donotcontact",
        "donotcontactsince",
        "suppressedon",
        "suppressedsince",
        "objectiondate",
    ),
    "reason": ("reason", "unsubreason", "objection", "suppressionreason"),
    "channel": ("channel", "objectionchannel", "suppressedchannel"),
    "language": ("language", "preferredlanguage"),
    "tags": ("tags", "labels", "tag"),
    "may_email": ("emailok", "mayemail", "consentemail", "emailconsent", "emailoptin", "optinemail"),
    "may_sms": (
        "textok",
        "smsok",
        "maytext",
        "consentsms",
        "smsconsent",
        "consenttextmessage",
        "smsoptin",
        "optinsms",
    ),
    "may_call": (
        "phoneok",
        "callok",
        "maycall",
        "consentphone",
        "phoneconsent",
        "consentcall",
        "phoneoptin",
        "optinphone",
    ),
    "may_post": ("postok", "mailok", "maypost", "consentpost", "postconsent", "postoptin", "optinpost"),
    "may_door": ("doorok", "mayvisit", "visitok", "consentdoor"),
}

CHANNEL_COLUMNS = {
    "may_email": Channel.EMAIL,
    "may_sms": Channel.SMS,
    "may_call": Channel.CALL,
    "may_post": Channel.POST,
    "may_door": Channel.DOOR,
}

_YES = frozenset(
    {"yes", "y", "true", "1", "x", "✓", "✔", "ok", "given", "opted in", "opt in", "opt-in", "ydw", "ie"}
)
_NO = frozenset(
    {
        "",
        "no",
        "n",
        "false",
        "0",
        "-",
        "not given",
        "opted out",
        "opt out",
        "opt-out",
        "none",
        "nac ydw",
        "na",
    }
)

_CHANNEL_WORDS = {
    "email": Channel.EMAIL,
    "e-mail": Channel.EMAIL,
    "mail": Channel.EMAIL,
    "sms": Channel.SMS,
    "text": Channel.SMS,
    "texts": Channel.SMS,
    "text message": Channel.SMS,
    "call": Channel.CALL,
    "phone": Channel.CALL,
    "telephone": Channel.CALL,
    "calls": Channel.CALL,
    "post": Channel.POST,
    "letter": Channel.POST,
    "letters": Channel.POST,
    "door": Channel.DOOR,
    "doorstep": Channel.DOOR,
    "visit": Channel.DOOR,
}
_PURPOSE_WORDS = {
    "campaign": Purpose.CAMPAIGN,
    "campaigns": Purpose.CAMPAIGN,
    "news": Purpose.CAMPAIGN,
    "news and campaigns": Purpose.CAMPAIGN,
    "marketing": Purpose.CAMPAIGN,
    "fundraising": Purpose.FUNDRAISING,
    "appeals": Purpose.FUNDRAISING,
    "donations": Purpose.FUNDRAISING,
    "volunteering": Purpose.VOLUNTEERING,
    "helping": Purpose.VOLUNTEERING,
    "opinion": Purpose.OPINION,
    "opinions": Purpose.OPINION,
    "political opinions": Purpose.OPINION,
}
_ALL_WORDS = frozenset({"all", "any", "every", "everything", "any way"})


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column of a file is what: the place of each column that was recognised."""

    places: Mapping[str, int]

    def __contains__(self, name: str) -> bool:
        return name in self.places

    def cell(self, row: Sequence[str], name: str) -> str:
        """The cell of a column in a row, stripped; empty where there is none."""
        place = self.places.get(name)
        return row[place].strip() if place is not None and place < len(row) else ""


def layout_of(header: Sequence[str]) -> Layout:
    """Recognise the columns of a heading, whatever their case, spaces and punctuation."""
    plain = ["".join(letter for letter in cell.casefold() if letter.isalnum()) for cell in header]
    places = {}
    for name, aliases in COLUMNS.items():
        found = next((plain.index(alias) for alias in aliases if alias in plain), None)
        if found is not None:
            places[name] = found
    return Layout(places)


def is_yes(text: str, *, column: str) -> bool:
    """Read a cell that says yes or no; raises `RowRejected` for anything else."""
    word = text.casefold().strip()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise RowRejected(f"The column {column} says “{text}”, neither yes nor no.")


def channel_of(text: str) -> str:
    """Read the name of a channel; empty for all. Raises `RowRejected`."""
    word = text.casefold().strip()
    if not word or word in _ALL_WORDS:
        return ""
    if word not in _CHANNEL_WORDS:
        raise RowRejected(f"“{text}” is no channel. Write email, text, phone, post, door or all.")
    return str(_CHANNEL_WORDS[word])


def channels_of(text: str) -> list[str]:
    """Read a list of channels, with commas, semicolons, strokes or “and” between; raises `RowRejected`."""
    return [channel_of(word) for word in _words(text)]


def purposes_of(text: str) -> list[str]:
    """Read a list of purposes; raises `RowRejected`."""
    words = [text] if text.casefold().strip() in _PURPOSE_WORDS else _words(text)
    for word in words:
        if word.casefold() not in _PURPOSE_WORDS:
            raise RowRejected(
                f"“{word}” is no purpose. Write campaign, fundraising, volunteering or opinion."
            )
    return [str(_PURPOSE_WORDS[word.casefold()]) for word in words]


def _words(text: str) -> list[str]:
    return [word.strip() for word in re.split(r"[,;/+&]|\band\b", text) if word.strip()]


# As a spreadsheet or a database writes a day, perhaps with a time behind it.
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]\d|$)")
_FORMS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d")
_EARLIEST = date(1990, 1, 1)


def day_of(text: str, *, column: str, today: date) -> date:
    """Read a day in any usual British or international spelling, a time of day beside it being passed over.

    Raises `RowRejected` for what is no day, and for a day to come or before 1990: a slip in either case.
    """
    entered = text.strip()
    if match := _ISO.match(entered):
        try:
            return _likely(date(*map(int, match.groups())), entered, column, today)
        except ValueError as fault:
            raise _no_day(entered, column) from fault
    candidates = [entered, re.split(r"[T ](?=\d{1,2}:)", entered, maxsplit=1)[0]]
    for candidate in candidates:
        for form in _FORMS:
            try:
                found = datetime.strptime(candidate, form).date()  # noqa: DTZ007  (a day, no moment)
            except ValueError:
                continue
            return _likely(found, entered, column, today)
    raise _no_day(entered, column)


def _likely(found: date, entered: str, column: str, today: date) -> date:
    if found > today:
        raise RowRejected(f"The day in the column {column}, {entered}, has not come yet.")
    if found < _EARLIEST:
        raise RowRejected(f"The day in the column {column}, {entered}, is too long ago to be right.")
    return found


def _no_day(entered: str, column: str) -> RowRejected:
    return RowRejected(f"The column {column} says “{entered}”, which is no day. Write it like 7/5/2026.")


def morning_of(day: date) -> datetime:
    """The first moment of a day in the United Kingdom: what happened on a day is not known closer."""
    return datetime.combine(day, time.min, tzinfo=UK)


def evening_of(day: date) -> datetime:
    """The last second of a day in the United Kingdom, so that a withdrawal comes after the consent of the same day."""
    return datetime.combine(day, time.max.replace(microsecond=0), tzinfo=UK)


def names_of(row: Sequence[str], layout: Layout) -> tuple[str, str]:
    """Given and family name; a single column of names is cut before its last word, or turned about at a comma."""
    given, family = layout.cell(row, "given_name"), layout.cell(row, "family_name")
    whole = layout.cell(row, "name")
    if given or family or not whole:
        return given, family
    if "," in whole:
        family, _, given = whole.partition(",")
        return given.strip(), family.strip()
    given, _, family = whole.rpartition(" ")
    return given.strip(), family.strip()

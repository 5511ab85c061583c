"""Put together everything held about a person: as JSON for machines, as a page for people, both in one archive."""

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from hustings.accounts.models import Organisation
from hustings.basics.clock import UK
from hustings.people.models import Person
from hustings.platform import wiring


@dataclass(frozen=True, slots=True)
class PersonExport:
    """What is held, by heading, and whose it is. Empty headings are kept: that nothing is held is an answer too."""

    person_id: int
    made_at: datetime
    parts: dict[str, list[dict[str, Any]]]
    language: str

    def as_json(self) -> str:
        """The whole as JSON text."""
        return json.dumps(
            {
                "made_at": self.made_at.isoformat(),
                "controller": _controller(),
                "held": self.parts,
            },
            ensure_ascii=False,
            indent=2,
        )

    def as_html(self) -> str:
        """The whole as one page that needs nothing else."""
        with override(self.language):
            return render_to_string(
                "people/access_report.html",
                {
                    "parts": [
                        (heading, [_shown(row) for row in rows]) for heading, rows in self.parts.items()
                    ],
                    "made_at": self.made_at,
                    "controller": _controller(),
                    "language": self.language,
                },
            )

    def as_zip(self) -> bytes:
        """Both in one archive."""
        stamp = self.made_at.astimezone(UK).timetuple()[:6]
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
            for name, text in (("your-data.html", self.as_html()), ("your-data.json", self.as_json())):
                files.writestr(zipfile.ZipInfo(name, date_time=stamp), text)
        return archive.getvalue()


def export_person(*, person: Person, now: datetime) -> PersonExport:
    """Ask every app what it holds about a person, rows joined to theirs included; their language decides the headings."""
    ids = [person.pk, *_joined(person.pk)]
    parts: dict[str, list[dict[str, Any]]] = {}
    with override(person.language):
        for socket in wiring.personal_data_sockets():
            for person_id in ids:
                for heading, rows in socket.export(person_id=person_id).items():
                    if rows or person_id == person.pk:
                        parts.setdefault(heading, []).extend(rows)
    return PersonExport(person.pk, now, parts, person.language)


def _joined(person_id: int) -> list[int]:
    found = list(Person.objects.filter(merged_into=person_id).order_by("pk").values_list("pk", flat=True))
    return found + [further for one in found for further in _joined(one)]


def _controller() -> dict[str, str]:
    organisation = Organisation.objects.first()
    if organisation is None:
        return {}
    return {
        "name": organisation.name,
        "address": organisation.address,
        "email": organisation.email,
        "phone": organisation.phone,
    }


def _shown(row: dict[str, Any]) -> list[tuple[str, str]]:
    """A row's filled cells in words."""
    return [(str(name), _words(value)) for name, value in row.items() if value not in ("", None, [], {})]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_words(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_words(one) for one in value)
    text = str(value)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if moment.tzinfo is None:
        return text
    local = moment.astimezone(UK)
    return f"{local.day} {local:%B %Y, %H:%M}"

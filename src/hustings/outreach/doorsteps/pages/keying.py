"""A returned sheet, line by line: what is right is recorded at once, what is not stays as it was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import transaction
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from hustings.accounts.models import User
from hustings.basics.clock import UK, uk_date
from hustings.basics.refusals import Refusal
from hustings.outreach.conversations.rules.agreements import Agreed
from hustings.outreach.conversations.rules.answers import Answer, read_answer_value
from hustings.outreach.conversations.usecases.offer_words import offer_words, signed, words_seen
from hustings.outreach.doorsteps.documents.sheet import outcome_signs, vote_signs
from hustings.outreach.doorsteps.models import DoorOutcome, Round
from hustings.outreach.doorsteps.queries import sight_of
from hustings.outreach.doorsteps.usecases.record_door import record_door
from hustings.people.models import Channel

#: At what hour a visit is set down that only a sheet tells of.
_USUAL_HOUR = time(18)


@dataclass
class KeyLine:
    """One line of the page: what the sheet says of it, and what is wrong with that."""

    pk: int
    line: int
    where: str
    name: str
    settled: str
    turn: int
    outcome: str = ""
    vote: str = ""
    is_leaflet_left: bool = False
    agreed: list[str] = field(default_factory=list)
    email: str = ""
    mobile: str = ""
    fault: str = ""

    @property
    def is_touched(self) -> bool:
        """Whether something was typed."""
        return bool(self.outcome or self.vote or self.is_leaflet_left) or self.has_agreement

    @property
    def has_agreement(self) -> bool:
        """Whether they agreed to something, or gave an address."""
        return bool(self.agreed or self.email or self.mobile)


@dataclass
class Keyed:
    """What came of a page of lines."""

    recorded: int = 0
    has_faults: bool = False
    not_kept: list[str] = field(default_factory=list)


class SheetKeying:
    """The lines of a round for one page, filled with what was sent."""

    def __init__(self, *, round: Round, data: Mapping[str, str] | None, now: datetime) -> None:
        self.round, self._now = round, now
        self._data = data
        self.outcomes = [(value, f"{sign}  {meaning}") for sign, value, meaning in outcome_signs()[:-1]]
        self.votes = [
            (value, f"{sign}  {meaning}") for sign, value, meaning in vote_signs(canvass=round.canvass)
        ]
        # The words that stood on the paper, or those of today where no sheet was printed.
        self.offers = signed(
            offers=words_seen(wording_ids=round.wordings) or offer_words(channel=Channel.DOOR, now=now)
        )
        usual = str(min(round.walk_on or uk_date(now), uk_date(now)))
        self.walked_on = usual if data is None else data.get("walked_on", "")
        self.day_fault = ""
        self._doors = {door.pk: door for door in round.doors.select_related("elector", "person")}
        self.lines = self._lines()

    @property
    def has_faults(self) -> bool:
        """Whether anything was typed that could not be recorded."""
        return bool(self.day_fault) or any(line.fault for line in self.lines)

    def save(self, *, by: User) -> Keyed:
        """Record each line that says something, each for itself."""
        done = Keyed()
        on = parse_date(self.walked_on) if len(self.walked_on) == 10 else None
        if on is None or on > uk_date(self._now):
            self.day_fault = _("Give the day on which it was walked, today or before.")
            done.has_faults = True
            return done
        for line in self.lines:
            if line.is_touched:
                self._record(line, on, by, done)
        return done

    def _lines(self) -> list[KeyLine]:
        shown = {line.pk: line for line in sight_of(round=self.round, now=self._now).lines}
        lines = []
        for door in self._doors.values():
            at = shown.get(door.pk)
            line = KeyLine(
                pk=door.pk,
                line=door.line,
                where=f"{at.street}, {at.house}" if at else "",
                name=at.name if at else _("Not shown any more"),
                settled=str(door.get_outcome_display()) if door.outcome else "",
                turn=door.attempts,
            )
            if self._data is not None:
                line.outcome = self._data.get(f"outcome-{door.pk}", "")
                line.vote = self._data.get(f"vote-{door.pk}", "")
                line.is_leaflet_left = f"leaflet-{door.pk}" in self._data
                line.agreed = [
                    sign for sign, _name, _offer in self.offers if f"agreed-{sign}-{door.pk}" in self._data
                ]
                line.email = self._data.get(f"email-{door.pk}", "").strip()
                line.mobile = self._data.get(f"mobile-{door.pk}", "").strip()
                sent = self._data.get(f"turn-{door.pk}", "")
                line.turn = int(sent) if sent.isdecimal() else door.attempts
            lines.append(line)
        return lines

    def _record(self, line: KeyLine, on: date, by: User, done: Keyed) -> None:
        has_said = line.vote or line.has_agreement
        outcome = line.outcome or (DoorOutcome.NO_ANSWER if line.is_leaflet_left and not has_said else "")
        choice, party = read_answer_value(value=line.vote)
        if not outcome or outcome not in DoorOutcome.values or (line.vote and not choice):
            line.fault = _("Say what came of the door: an answer alone does not tell.")
        elif choice and outcome not in (DoorOutcome.SPOKE, DoorOutcome.OBJECTED):
            line.fault = _(
                "An answer belongs to somebody who spoke. Choose “spoke”, or take the answer away."
            )
        if line.fault:
            done.has_faults = True
            return
        answer = Answer(
            choice=choice,
            party_id=party,
            election_id=self.round.canvass.election_id or "" if choice else "",
        )
        try:
            with transaction.atomic():
                told = record_door(
                    door=self._doors[line.pk],
                    outcome=outcome,
                    turn=line.turn,
                    answer=answer,
                    agreed=Agreed(
                        offers=tuple(
                            offer.value for sign, _name, offer in self.offers if sign in line.agreed
                        ),
                        email=line.email,
                        mobile=line.mobile,
                    ),
                    taken_by=" + ".join(
                        str(who) for who in (self.round.volunteer, self.round.partner) if who
                    ),
                    is_on_paper=True,
                    is_leaflet_left=line.is_leaflet_left,
                    at=min(datetime.combine(on, _USUAL_HOUR, UK), self._now),
                    now=self._now,
                    by=by,
                )
        except Refusal as problem:
            line.fault, done.has_faults = problem.told(_), True
            return
        done.recorded += told.is_new
        done.not_kept += [
            _("Line %(line)s: %(sentence)s") % {"line": line.line, "sentence": refused.told(_)}
            for refused in told.not_kept
        ]
        # What was recorded is not typed any more, should another line keep the page.
        line.settled = str(told.door.get_outcome_display())
        line.outcome = line.vote = line.email = line.mobile = ""
        line.agreed = []
        line.is_leaflet_left, line.turn = False, told.door.attempts

"""Open a case: somebody needs help, and the office writes down what is needed to give it, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.phone import parse_phone
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.people.models import Person
from hustings.places.models import Area, Venue
from hustings.support.models import Case, CaseFollowUp, CaseMember, CaseNote
from hustings.support.rules.case_clock import check_deletion, follow_ups, usual_deletion
from hustings.support.rules.case_words import flagged_words


class CaseRefused(Refusal):
    """A case cannot be kept as written; `code` is `words` where the text seems to say what somebody is alleged to have done."""


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """What is written down about a case. `delete_on` none: the usual 30 days; `are_words_checked`: flagged words were read
    once more, and do not say what anybody is alleged to have done."""

    kind: str
    basis: str
    called_name: str = ""
    phone: str = ""
    whereabouts: str = ""
    needs: str = ""
    tell_whom: str = ""
    basis_note: str = ""
    next_step: str = ""
    next_step_minutes: int = 15
    delete_on: date | None = None
    are_words_checked: bool = False


def open_case(
    *,
    facts: CaseFacts,
    team: Iterable[User],
    by: User | None,
    now: datetime,
    person: Person | None = None,
    venue: Venue | None = None,
    area: Area | None = None,
) -> Case:
    """Open a case with its team, its first step, its follow-ups and its day of deletion. Raises `CaseRefused`,
    `RetentionRefused` and `NotAPhoneNumber`.

    Whoever opens it is on the team. Nothing of it goes into the audit log: only its deletion will.
    """
    today = uk_date(now)
    members = {user.pk: user for user in team}
    if by is not None:
        members[by.pk] = by
    if not members:
        raise CaseRefused(
            "no_team", gettext_noop("Somebody must look after the case. Name at least one person.")
        )
    is_flagged = check_words(
        texts=(facts.whereabouts, facts.needs, facts.tell_whom, facts.basis_note, facts.next_step),
        are_checked=facts.are_words_checked,
    )
    if not (facts.called_name.strip() or facts.whereabouts.strip()):
        raise CaseRefused(
            "nobody", gettext_noop("Write who it is or where they are, so that somebody can find them.")
        )
    delete_on = check_deletion(
        delete_on=facts.delete_on or usual_deletion(opened_on=today), opened_on=today, today=today
    )
    with transaction.atomic():
        case = Case.objects.create(
            kind=facts.kind,
            person=person,
            venue=venue,
            area=area or (venue.area if venue else None),
            called_name=facts.called_name.strip(),
            phone=parse_phone(facts.phone).national if facts.phone.strip() else "",
            whereabouts=facts.whereabouts.strip(),
            needs=facts.needs.strip(),
            tell_whom=facts.tell_whom.strip(),
            basis=facts.basis,
            basis_note=facts.basis_note.strip(),
            opened_at=now,
            opened_by=by,
            next_step=facts.next_step.strip() or "Ring them, and ask what they need now.",
            next_step_due_at=now + timedelta(minutes=facts.next_step_minutes),
            delete_on=delete_on,
        )
        CaseMember.objects.bulk_create(
            CaseMember(case=case, user=user, added_at=now, added_by=by)
            for _pk, user in sorted(members.items())
        )
        CaseFollowUp.objects.bulk_create(
            CaseFollowUp(case=case, due_at=due_at) for due_at in follow_ups(opened_at=now)
        )
        if is_flagged:
            note_checked_words(case=case, by=by, now=now)
    return case


def check_words(*, texts: Iterable[str], are_checked: bool) -> bool:
    """Whether there are flagged words that somebody lets stand. Raises `CaseRefused` where nobody has read them once more."""
    found = [words.words for text in texts for words in flagged_words(text=text)]
    if found and not are_checked:
        raise CaseRefused(
            "words",
            gettext_noop(
                "“{words}”: never write what anybody is alleged to have done. Leave it out; it is not needed to help. If the "
                "words mean something else, tick the box that says so."
            ),
            words="”, “".join(dict.fromkeys(found)),
        )
    return bool(found)


def note_checked_words(*, case: Case, by: User | None, now: datetime) -> None:
    """Keep that somebody let flagged words stand."""
    CaseNote.objects.create(
        case=case, at=now, by=by, is_system=True,
        text="Flagged words were read once more: they do not say what anybody is alleged to have done.",
    )  # fmt: skip

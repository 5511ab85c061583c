"""Record which matters a person said they care about, if there is a basis on which that may be kept."""

from collections.abc import Iterable
from datetime import datetime

from hustings.basics.clock import uk_date
from hustings.basics.refusals import gettext_noop
from hustings.contacts.models import Issue, IssueRaised
from hustings.contacts.queries import may_keep_opinion
from hustings.contacts.usecases.record_intention import OpinionHasNoBasis
from hustings.people.models import Person


def record_issues(
    *, person: Person, issue_ids: Iterable[int], source: str, now: datetime, said_at: datetime | None = None
) -> list[IssueRaised]:
    """Add the matters a person raised, `said_at` (now, unless it comes in later from paper); unknown ones are left out.

    What somebody cares about in politics tells their opinion: raises `OpinionHasNoBasis` where it may not be kept.
    """
    known = list(Issue.objects.filter(pk__in=set(issue_ids)).order_by("pk").values_list("pk", flat=True))
    if known and not may_keep_opinion(person=person, on=uk_date(now)):
        raise OpinionHasNoBasis(
            "no_basis",
            gettext_noop(
                "The matters they care about were not kept: the organisation needs the person's explicit consent to keep "
                "political opinions. Ask for it in the recorded words, then enter the answer again."
            ),
        )
    return IssueRaised.objects.bulk_create(
        [IssueRaised(person=person, issue_id=pk, at=said_at or now, source=source) for pk in known]
    )

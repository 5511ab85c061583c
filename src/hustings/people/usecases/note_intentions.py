"""Keep what people last said about their vote on their own row, where audiences count by it."""

from collections.abc import Mapping

from hustings.people.models import Person


def note_intentions(*, answers: Mapping[int, str]) -> None:
    """Set the last answer of each person: “undecided”, “party:12”, or nothing once no answer is kept any more.

    Called by `contacts`, which owns the answers, in the same transaction.
    """
    for answer in sorted(set(answers.values())):
        ids = [person_id for person_id, given in answers.items() if given == answer]
        for start in range(0, len(ids), 900):
            Person.objects.filter(pk__in=ids[start : start + 900]).update(last_said=answer)

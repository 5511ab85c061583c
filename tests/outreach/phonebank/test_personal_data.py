"""A person's calls: exported, taken off every list on erasure, handed over on merging and back."""

from datetime import datetime

import pytest

from hustings.outreach.phonebank.models import Call, CallState
from hustings.outreach.phonebank.personal_data import SOCKET
from hustings.outreach.phonebank.usecases.answer_call import Said, answer_call
from hustings.outreach.phonebank.usecases.take_call import take_next_call
from hustings.people.models import Person
from tests.cast import Cast
from tests.outreach.phonebank.banks import make_open_bank, make_person

pytestmark = pytest.mark.django_db


def test_export_names_the_bank_and_every_try(cast: Cast, now: datetime) -> None:
    taken = take_next_call(bank=make_open_bank(cast=cast, now=now), by=cast.bob, now=now)
    assert taken is not None
    answer_call(ticket=taken.ticket, said=Said(result="no_answer"), by=cast.bob, now=now)
    (rows,) = SOCKET.export(person_id=taken.call.person_id).values()
    assert rows == [
        {
            "phone bank": "Spring calls",
            "state": "waiting",
            "result": "no answer",
            "rung": [{"at": now.isoformat(), "result": "no answer"}],
        }
    ]


def test_whoever_is_erased_is_on_no_list_any_more(cast: Cast, now: datetime) -> None:
    bank = make_open_bank(cast=cast, now=now)
    taken = take_next_call(bank=bank, by=cast.bob, now=now)
    assert taken is not None
    assert SOCKET.erase(person_id=taken.call.person_id, now=now) == 1
    call = Call.objects.get(pk=taken.call.pk)
    assert (call.state, call.result, call.reason, call.held_by) == (CallState.DONE, "refused", "erased", None)
    assert SOCKET.erase(person_id=taken.call.person_id, now=now) == 0


def test_merging_rings_nobody_twice_and_can_be_undone(cast: Cast, now: datetime) -> None:
    make_open_bank(cast=cast, now=now)
    merged, other, _third = Person.objects.order_by("pk")
    kept = make_person(name="Gwen Proudie", number=50, area=cast.east, now=now)
    assert SOCKET.merge(kept_id=other.pk, merged_id=merged.pk, now=now) == {"outreach.Call": []}
    moved = SOCKET.merge(kept_id=kept.pk, merged_id=merged.pk, now=now)
    assert Call.objects.filter(person=kept).count() == 1
    SOCKET.unmerge(kept_id=kept.pk, merged_id=merged.pk, moved=moved)
    assert Call.objects.filter(person=merged).count() == 1

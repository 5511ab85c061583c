"""What the postroom tells, erases and moves about one person."""

import pytest

from hustings.postroom.models import Message, MessageState
from hustings.postroom.personal_data import SOCKET
from tests.conftest import NOW
from tests.postroom.outbox import make_dispatch, make_people

pytestmark = pytest.mark.django_db


def test_everything_about_a_person_and_nobody_else_is_told() -> None:
    people = make_people(2)
    make_dispatch(people)
    (told,) = SOCKET.export(person_id=people[0].pk)["Messages to you"]
    assert (told["address"], told["what"], told["state"]) == (
        "p0@barset.example",
        "Mill Lane, March",
        "waiting",
    )
    assert told["filled with"]["first_name"] == "Pat0"


def test_erasing_withdraws_what_waits_and_keeps_only_that_something_was_sent() -> None:
    (pat,) = make_people(1)
    make_dispatch([pat])
    make_dispatch([pat], label="April")
    Message.objects.filter(dispatch__label="April").update(state=MessageState.ACCEPTED, ended_at=NOW)
    assert SOCKET.erase(person_id=pat.pk, now=NOW) == 2
    assert list(Message.objects.order_by("id").values_list("state", "address", "fields")) == [
        (MessageState.WITHDRAWN, "", {}),
        (MessageState.ACCEPTED, "", {}),
    ]


def test_merging_moves_messages_except_where_both_got_the_same_and_is_undone_exactly() -> None:
    kept, merged = make_people(2)
    make_dispatch([kept, merged])
    make_dispatch([merged], label="April")
    april = Message.objects.get(dispatch__label="April")
    moved = SOCKET.merge(kept_id=kept.pk, merged_id=merged.pk, now=NOW)
    assert moved == {"postroom.Message": [april.pk]}
    assert Message.objects.filter(person=kept).count() == 2
    SOCKET.unmerge(kept_id=kept.pk, merged_id=merged.pk, moved=moved)
    april.refresh_from_db()
    assert april.person_id == merged.pk

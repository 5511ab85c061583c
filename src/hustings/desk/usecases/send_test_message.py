"""Send a message to whoever asks, to see that mail goes out and arrives."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from hustings.accounts.models import Organisation, User
from hustings.people.models import Purpose
from hustings.postroom.models import Message
from hustings.postroom.usecases.queue_message import queue_message

TEMPLATE = "desk/test_message"


@transaction.atomic
def send_test_message(*, user: User, now: datetime) -> Message:
    """Queue it as mail about the user's own login; the outbox shows what became of it."""
    organisation = Organisation.objects.first()
    return queue_message(
        template=TEMPLATE,
        address=user.email,
        fields={
            "given_name": user.first_name or user.email,
            "organisation": organisation.name if organisation else "Hustings",
            "check_url": settings.HUSTINGS_ADDRESS + reverse("desk:mail"),
        },
        purpose=Purpose.ACCOUNT,
        now=now,
    )

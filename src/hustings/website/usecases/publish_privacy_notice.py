"""Publish the privacy notice, written from the organisation's facts."""

import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import override
from wagtail.models import Locale

from hustings.accounts.models import Organisation, User
from hustings.basics.clock import uk_date
from hustings.platform import audit
from hustings.website.models import PrivacyPage
from hustings.website.usecases.create_site import create_site
from hustings.website.usecases.write_privacy_notice import fingerprint, write_privacy_notice


class NoOrganisation(Exception):
    """There are no facts yet to write it from."""


@transaction.atomic
def publish_privacy_notice(*, by: User, now: datetime) -> PrivacyPage:
    """Write the notice from the present facts and publish it, its translations too; older words stay among the revisions.

    Raises `NoOrganisation`.
    """
    organisation = Organisation.objects.first()
    if organisation is None:
        raise NoOrganisation(
            "Describe your organisation first; the notice is written from what you say there."
        )
    create_site(now=now)
    page: PrivacyPage = PrivacyPage.objects.get(locale=Locale.get_default())
    for one in (page, *PrivacyPage.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)):
        with override(one.locale.language_code):
            one.body = json.dumps(write_privacy_notice(organisation=organisation))
        one.made_from = fingerprint(organisation=organisation)
        one.in_force_from = uk_date(now)
        one.save_revision(user=by).publish()
    audit.record(now=now, actor=by, verb="published", subject_type="privacy notice", subject_id=page.pk)
    return page

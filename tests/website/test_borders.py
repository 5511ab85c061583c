"""Domain models stay out of Wagtail's indexes: a save follows no job, a search finds no person."""

import pytest
from django.apps import apps
from wagtail.models import ReferenceIndex
from wagtail.search.index import get_indexed_models

from hustings.accounts.models import User
from hustings.platform.models import Job
from tests.cast import make_cast


def test_only_pages_and_files_are_in_the_index_of_references() -> None:
    """No model of any other app, ours or a library's, is followed."""
    followed = {
        model.__module__.split(".")[0:2][-1]
        for model in ReferenceIndex.indexed_models
        if not model.__module__.startswith("wagtail.")
    }
    assert followed <= {"website"}
    assert followed


def test_only_pages_and_files_can_be_searched() -> None:
    """Wagtail's search knows none of our models but pages."""
    assert not [
        model
        for model in get_indexed_models()
        if not model.__module__.startswith(("wagtail.", "hustings.website."))
    ]


@pytest.mark.django_db
def test_saving_a_row_of_ours_leaves_no_job_behind() -> None:
    """Wagtail enqueues one job for each save of what it follows."""
    make_cast()
    User.objects.create_user("a@b.example")
    assert not Job.objects.exists()
    assert not ReferenceIndex.objects.exists()
    assert len(list(apps.get_models())) > 50

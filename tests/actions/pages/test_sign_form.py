"""The fields that all forms of signers share."""

import pytest

from hustings.accounts.models import Organisation
from hustings.actions.models import Petition
from hustings.actions.pages.desk_forms import KeyForm
from hustings.actions.pages.sign_form import SignForm

pytestmark = pytest.mark.django_db


def test_no_form_changes_what_all_share(petition: Petition) -> None:
    shared = SignForm.base_fields
    before = {name: dict(vars(field)) for name, field in shared.items()}
    form = KeyForm(petition=petition, organisation=Organisation.objects.get())
    assert all(form.fields[name] is field for name, field in shared.items())
    assert {name: vars(field) for name, field in shared.items()} == before
    assert form["given_name"].label == "First name"
    assert form["known_postcode"].is_hidden

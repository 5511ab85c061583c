"""Whatever hangs on a person is answered for: exported on request, erased, moved when two rows are found to be one."""

from django.apps import apps
from django.db.models import Model

from hustings.people.models import Person
from hustings.platform import wiring


def models_about_people() -> set[type[Model]]:
    """Every model of ours with a foreign key, or a one-to-one or many-to-many relation, to a person."""
    return {
        model
        for model in apps.get_models()
        if model.__module__.startswith("hustings.")
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.related_model is Person
    }


def test_every_model_that_points_to_a_person_is_answered_for() -> None:
    answered = {name for socket in wiring.personal_data_sockets() for name in socket.models}
    missing = {model._meta.label for model in models_about_people()} - answered
    assert not missing, f"No personal_data.py answers for {sorted(missing)}; list it in project/wiring.py."


def test_sockets_answer_for_models_that_exist_in_their_app() -> None:
    for socket in wiring.personal_data_sockets():
        for name in socket.models:
            assert apps.get_model(name)._meta.app_label == socket.app_label, name

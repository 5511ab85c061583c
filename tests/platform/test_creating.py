"""Many tables in one migration step: the same tables as one by one, with their constraints, and away again."""

import pytest
from django.db import IntegrityError, connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter

from hustings.platform.creating import CreateModels

pytestmark = pytest.mark.django_db(transaction=True)


def _step() -> CreateModels:
    """Two tables, one referring to the other and with a constraint."""
    key = ("id", models.BigAutoField(primary_key=True))
    return CreateModels(
        creating=[
            CreateModel("Hall", fields=[key, ("name", models.CharField(max_length=20))]),
            CreateModel(
                "Booking",
                fields=[
                    key,
                    ("hall", models.ForeignKey("platform.Hall", on_delete=models.CASCADE)),
                    ("seats", models.IntegerField()),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(seats__gt=0), name="booking_has_seats")
                    ],
                    "indexes": [models.Index(fields=["seats"], name="booking_seats")],
                },
            ),
        ]
    )


def _tables() -> set[str]:
    return {"platform_hall", "platform_booking"} & set(connection.introspection.table_names())


def test_the_tables_come_with_their_constraints_and_go_again() -> None:
    """Forwards makes both and the database keeps the constraint; backwards leaves nothing."""
    step, before, after = _step(), ProjectState(), ProjectState()
    step.state_forwards("platform", after)
    with connection.schema_editor() as editor:
        step.database_forwards("platform", editor, before, after)
    try:
        assert _tables() == {"platform_hall", "platform_booking"}
        hall = after.apps.get_model("platform", "Hall").objects.create(name="Corn Exchange")
        bookings = after.apps.get_model("platform", "Booking").objects
        bookings.create(hall=hall, seats=40)
        with pytest.raises(IntegrityError):
            bookings.create(hall=hall, seats=0)
        bookings.all().delete()
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, "platform_booking")
        assert "booking_seats" in found
    finally:
        with connection.schema_editor() as editor:
            step.database_backwards("platform", editor, after, before)
    assert _tables() == set()


def test_what_was_drawn_before_is_not_drawn_again_for_each_model() -> None:
    """The models drawn before the step are put aside once; the new ones are found when they are asked for."""
    state = ProjectState()
    assert list(state.apps.get_models()) == []
    _step().state_forwards("platform", state)
    assert "apps" not in vars(state)
    assert {model.__name__ for model in state.apps.get_models()} == {"Hall", "Booking"}


def test_the_step_is_written_as_it_is_read() -> None:
    """What a migration's file holds makes the same step again."""
    text, imports = MigrationWriter.serialize(_step())
    names: dict[str, object] = {}
    exec("\n".join(["from django.db import migrations", *imports, f"step = {text}"]), names)
    found = names["step"]
    assert isinstance(found, CreateModels)
    assert [one.name for one in found.creating] == ["Hall", "Booking"]
    assert found.creating[1].options["constraints"][0].name == "booking_has_seats"
    assert found.describe() == "Create models Hall, Booking"
    assert found.references_model("Hall", "platform")
    assert not found.references_model("Stall", "platform")

from typing import Any

from django.db import migrations

import hustings.platform.encryption
from hustings.platform.encryption import encrypt_bytes
from hustings.platform.kept_tables import KeepTable


def encrypt_papers(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("money", "ReturnDocument").objects.order_by("pk")
    # One at a time: a home of many years has many papers.
    for pk in list(rows.values_list("pk", flat=True)):
        row = rows.get(pk=pk)
        if row.content:
            rows.filter(pk=pk).update(content=encrypt_bytes(content=bytes(row.content)))


class Migration(migrations.Migration):

    dependencies = [("money", "0006_gifts_of_items")]

    operations = [
        # What is encrypted may be written anew, with another key; the fingerprint beside it may not.
        KeepTable("ReturnDocument", may_change=("content",)),
        migrations.RunPython(encrypt_papers),
        migrations.AlterField(
            model_name="returndocument",
            name="content",
            field=hustings.platform.encryption.EncryptedBytesField(),
        ),
        KeepTable("ReturnDocument", may_change=("content",)),
    ]

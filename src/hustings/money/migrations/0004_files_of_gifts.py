from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hustings.platform.encryption
from hustings.platform.encryption import encrypt_bytes
from hustings.platform.kept_tables import KeepTable


def encrypt_receipts(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("money", "Evidence").objects.order_by("pk")
    for pk in list(rows.values_list("pk", flat=True)):
        row = rows.get(pk=pk)
        if row.content:
            rows.filter(pk=pk).update(content=encrypt_bytes(content=bytes(row.content)))


class Migration(migrations.Migration):

    dependencies = [("money", "0003_keep_books"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        # What is encrypted may be written anew, with another key; the fingerprint beside it may not.
        KeepTable("Evidence", may_change=("made_by", "content")),
        migrations.RunPython(encrypt_receipts, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="evidence",
            name="content",
            field=hustings.platform.encryption.EncryptedBytesField(),
        ),
        KeepTable("Evidence", may_change=("made_by", "content")),
        migrations.CreateModel(
            name="GiftEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=120)),
                ("media_type", models.CharField(max_length=80)),
                ("content", hustings.platform.encryption.EncryptedBytesField()),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "gift",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="money.gift"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        KeepTable("GiftEvidence", may_change=("made_by", "content", "erased_at"), may_be_emptied=("name",)),
    ]

from django.db import migrations

from hustings.platform.kept_tables import KeepTable


class Migration(migrations.Migration):

    dependencies = [("people", "0003_rights_and_duplicates")]

    operations = [
        KeepTable("ConsentEvent", may_change=("person", "recorded_by"), may_be_emptied=("evidence",)),
        KeepTable("Suppression"),
    ]

from django.db import migrations

from hustings.platform.kept_tables import KeepTable


class Migration(migrations.Migration):

    dependencies = [("money", "0002_donations")]

    operations = [
        KeepTable("LimitRecord", may_change=("by",)),
        KeepTable("Expense", may_change=("made_by",)),
        KeepTable("ExpenseShare"),
        KeepTable("ClaimEvent", may_change=("made_by",)),
        KeepTable("Evidence", may_change=("made_by",)),
        KeepTable("SpendingOverride"),
        KeepTable("Return", may_change=("frozen_by",)),
        KeepTable("ReturnDocument"),
        KeepTable("ReturnStep", may_change=("by",)),
    ]

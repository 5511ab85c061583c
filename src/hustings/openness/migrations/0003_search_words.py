from django.db import migrations, models

from hustings.openness.rules.searching import search_words
from hustings.platform.kept_tables import KeepTable


def fill(apps, schema_editor):
    """Entries from before get the words of what is open at once."""
    entries = apps.get_model("openness", "Entry")
    documents = apps.get_model("openness", "Document")
    for entry in entries.objects.order_by("number").iterator(chunk_size=500):
        shown = documents.objects.filter(entry=entry, seal="open", content__isnull=False).order_by("id")
        words = search_words((one.name, one.media_type, bytes(one.content)) for one in shown)
        entries.objects.filter(pk=entry.pk).update(search_words=words)


class Migration(migrations.Migration):

    dependencies = [
        ('openness', '0002_log'),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='search_words',
            field=models.TextField(blank=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        KeepTable("Entry", may_be_emptied=("title", "search_words")),
    ]

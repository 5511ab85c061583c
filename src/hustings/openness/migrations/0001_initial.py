import django.db.models.deletion
import hustings.platform.creating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('places', '0001_initial'),
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('material', 'approved for use'), ('sending', 'sent'), ('withdrawal', 'withdrawn'), ('correction', 'correction'), ('withholding', 'document withheld')], max_length=20)),
                        ('leaf', models.BinaryField()),
                        ('leaf_hash', models.CharField(max_length=64, unique=True)),
                        ('recorded_at', models.DateTimeField(db_index=True)),
                        ('opens_on', models.DateField(blank=True, null=True)),
                        ('source', models.CharField(max_length=80, unique=True)),
                        ('title', models.CharField(blank=True, max_length=200)),
                        ('channel', models.CharField(blank=True, max_length=12)),
                        ('purpose', models.CharField(blank=True, max_length=15)),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('concerns', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='openness.entry')),
                    ],
                    options={
                        'ordering': ['number'],
                    },
                ),
                migrations.CreateModel(
                    name='Document',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=40)),
                        ('seal', models.CharField(choices=[('open', 'open at once'), ('dated', "open from the entry's opening date"), ('sealed', 'shown to a regulator only')], max_length=10)),
                        ('media_type', models.CharField(max_length=80)),
                        ('content', models.BinaryField(blank=True, null=True)),
                        ('salt', models.CharField(blank=True, max_length=64)),
                        ('commitment', models.CharField(max_length=64)),
                        ('withheld_at', models.DateTimeField(blank=True, null=True)),
                        ('withheld_reason', models.TextField(blank=True)),
                        ('withheld_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='openness.entry')),
                    ],
                    options={
                        'ordering': ['entry', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('entry', 'name'), name='document_once'), models.CheckConstraint(condition=models.Q(models.Q(('content__isnull', False), ('withheld_at', None), models.Q(('salt', ''), _negated=True)), models.Q(('content', None), ('salt', ''), ('withheld_at__isnull', False), models.Q(('withheld_reason', ''), _negated=True)), _connector='OR'), name='document_kept_or_withheld')],
                    },
                ),
                migrations.CreateModel(
                    name='EntryPlace',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('opens_on', models.DateField(blank=True, null=True)),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='openness.entry')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('entry', 'area'), name='entry_place_once')],
                    },
                ),
            ],
        ),
    ]

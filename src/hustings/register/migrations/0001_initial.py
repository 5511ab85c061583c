import django.db.models.deletion
import hustings.platform.creating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('elections', '0001_initial'),
        ('people', '0001_initial'),
        ('places', '0001_initial'),
        ('platform', '0001_initial'),
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='Elector',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('supplier_id', models.CharField(blank=True, db_index=True, max_length=60)),
                        ('first_seen_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Entitlement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('candidate', 'candidate at an election'), ('party', 'registered party'), ('councillor', 'councillor or other elected representative')], max_length=12)),
                        ('holder', models.CharField(max_length=160)),
                        ('office', models.CharField(blank=True, max_length=160)),
                        ('valid_from', models.DateField()),
                        ('valid_until', models.DateField()),
                        ('evidence', models.TextField()),
                        ('recorded_at', models.DateTimeField()),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('election', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='elections.election')),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__lt', models.F('valid_until'))), name='entitlement_span_is_not_empty')],
                    },
                ),
                migrations.CreateModel(
                    name='Match',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('matched', 'matched'), ('unsure', 'unsure'), ('accepted', 'accepted by a person'), ('rejected', 'rejected by a person'), ('superseded', 'superseded')], max_length=12)),
                        ('weight', models.FloatField()),
                        ('probability', models.FloatField()),
                        ('evidence', models.JSONField(default=dict)),
                        ('method', models.CharField(max_length=40)),
                        ('at', models.DateTimeField()),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('elector', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='matches', to='register.elector')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='matches', to='people.person')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['state', '-probability'], name='match_state')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['matched', 'accepted'])), fields=('person',), name='one_standing_match')],
                    },
                ),
                migrations.CreateModel(
                    name='RegisterVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('as_of', models.DateField()),
                        ('is_current', models.BooleanField(default=True)),
                        ('destroyed_at', models.DateTimeField(blank=True, null=True)),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('entitlement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='register.entitlement')),
                        ('import_run', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='platform.importrun')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('area',), name='one_current_register')],
                    },
                ),
                migrations.CreateModel(
                    name='RegisterEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('district', models.CharField(max_length=12)),
                        ('number', models.PositiveIntegerField()),
                        ('suffix', models.PositiveSmallIntegerField(default=0)),
                        ('markers', models.CharField(blank=True, max_length=12)),
                        ('attains_on', models.DateField(blank=True, null=True)),
                        ('surname', models.CharField(blank=True, max_length=80)),
                        ('forename', models.CharField(blank=True, max_length=120)),
                        ('postcode', models.CharField(blank=True, max_length=8)),
                        ('address', models.CharField(blank=True, max_length=300)),
                        ('surname_key', models.CharField(blank=True, max_length=80)),
                        ('forename_key', models.CharField(blank=True, max_length=80)),
                        ('line', models.PositiveIntegerField()),
                        ('extra', models.JSONField(default=dict)),
                        ('elector', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='register.elector')),
                        ('ward', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='register.registerversion')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['version', 'postcode'], name='entry_postcode'), models.Index(fields=['version', 'surname_key', 'forename_key'], name='entry_name')],
                        'constraints': [models.UniqueConstraint(fields=('version', 'district', 'number', 'suffix'), name='register_number_once')],
                    },
                ),
            ],
        ),
    ]

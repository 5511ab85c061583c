import django.db.models.deletion
import hustings.actions.models
import hustings.platform.creating
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('clearance', '0001_initial'),
        ('contacts', '0002_one_latest_intention'),
        ('elections', '0001_initial'),
        ('people', '0001_initial'),
        ('places', '0001_initial'),
        ('postroom', '0001_initial'),
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='Petition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('language', models.CharField(choices=[('en-gb', 'English'), ('cy', 'Welsh')], default='en-gb', max_length=5)),
                        ('slug', models.SlugField(max_length=80, unique=True)),
                        ('title', models.CharField(max_length=160)),
                        ('asked_of', models.CharField(max_length=160)),
                        ('asked_by', models.CharField(max_length=160)),
                        ('goal', models.PositiveIntegerField(default=100)),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('open', 'open'), ('closed', 'closed')], default='draft', max_length=10)),
                        ('opens_at', models.DateTimeField(blank=True, null=True)),
                        ('closes_at', models.DateTimeField(blank=True, null=True)),
                        ('asks', models.JSONField(blank=True, default=hustings.actions.models.default_asks)),
                        ('asks_intention', models.BooleanField(default=True)),
                        ('outcome', models.TextField(blank=True)),
                        ('outcome_at', models.DateTimeField(blank=True, null=True)),
                        ('confirmed', models.PositiveIntegerField(default=0, editable=False)),
                        ('ward_table', models.JSONField(blank=True, default=dict, editable=False)),
                        ('made_at', models.DateTimeField()),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('election', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='elections.election')),
                        ('issues', models.ManyToManyField(blank=True, related_name='+', to='contacts.issue')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('on_behalf_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clearance.promoter')),
                        ('parties', models.ManyToManyField(blank=True, related_name='+', to='elections.party')),
                        ('promoter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clearance.promoter')),
                        ('wards', models.ManyToManyField(blank=True, related_name='+', to='places.area')),
                    ],
                    options={
                        'ordering': ['-made_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('opens_at', None), ('closes_at', None), ('opens_at__lt', models.F('closes_at')), _connector='OR'), name='petition_opens_before_it_closes')],
                    },
                ),
                migrations.CreateModel(
                    name='PetitionVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('title', models.CharField(max_length=160)),
                        ('text', models.TextField()),
                        ('background', models.TextField(blank=True)),
                        ('made_at', models.DateTimeField()),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('petition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='actions.petition')),
                    ],
                    options={
                        'ordering': ['number'],
                        'constraints': [models.UniqueConstraint(fields=('petition', 'number'), name='petition_version_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Signature',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('pending', 'waiting for confirmation'), ('confirmed', 'confirmed'), ('withdrawn', 'withdrawn')], default='pending', max_length=10)),
                        ('source', models.CharField(choices=[('web', 'on the site'), ('paper', 'on paper'), ('phone', 'by telephone')], default='web', max_length=6)),
                        ('given_name', models.CharField(max_length=80)),
                        ('family_name', models.CharField(max_length=80)),
                        ('email', models.CharField(blank=True, max_length=254)),
                        ('canonical_email', models.CharField(blank=True, max_length=254)),
                        ('postcode', models.CharField(max_length=8)),
                        ('address_line', models.CharField(blank=True, max_length=160)),
                        ('phone', models.CharField(blank=True, max_length=20)),
                        ('choices', models.JSONField(default=dict)),
                        ('token', models.CharField(max_length=43, unique=True)),
                        ('mails', models.PositiveSmallIntegerField(default=0)),
                        ('mailed_at', models.DateTimeField(blank=True, null=True)),
                        ('evidence', models.JSONField(default=dict)),
                        ('signed_at', models.DateTimeField()),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('confirmation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='postroom.message', to_field='public_id')),
                        ('keyed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='signatures', to='people.person')),
                        ('petition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='actions.petition')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actions.petitionversion')),
                        ('ward', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'confirmed')), fields=['petition', 'confirmed_at', 'ward'], name='signature_counted'), models.Index(condition=models.Q(('state', 'confirmed')), fields=['petition', 'postcode'], name='signature_same_house'), models.Index(condition=models.Q(('state', 'pending')), fields=['signed_at'], name='signature_pending')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('canonical_email', ''), _negated=True), fields=('petition', 'canonical_email'), name='one_signature_per_email')],
                    },
                ),
            ],
        ),
    ]

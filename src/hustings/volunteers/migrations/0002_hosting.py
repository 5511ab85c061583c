import django.db.models.deletion
import hustings.platform.creating
import hustings.platform.encryption
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('places', '0003_venues'),
        ('volunteers', '0001_initial'),
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='HostingDetails',
                    fields=[
                        ('volunteer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='hosting_details', serialize=False, to='volunteers.volunteer')),
                        ('reference_one', hustings.platform.encryption.EncryptedTextField()),
                        ('reference_two', hustings.platform.encryption.EncryptedTextField()),
                        ('emergency_contact', hustings.platform.encryption.EncryptedTextField()),
                        ('given_at', models.DateTimeField()),
                        ('checked_at', models.DateTimeField(blank=True, null=True)),
                        ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                ),
                migrations.CreateModel(
                    name='HostOffer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('address', hustings.platform.encryption.EncryptedTextField()),
                        ('latitude', models.FloatField()),
                        ('longitude', models.FloatField()),
                        ('available_from', models.DateField()),
                        ('available_until', models.DateField()),
                        ('beds', models.PositiveSmallIntegerField()),
                        ('offers', models.JSONField(blank=True, default=list)),
                        ('asks', models.JSONField(blank=True, default=list)),
                        ('made_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='host_offers', to='volunteers.volunteer')),
                    ],
                    options={
                        'ordering': ['available_from', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('available_from__lt', models.F('available_until'))), name='offer_has_a_night'), models.CheckConstraint(condition=models.Q(('beds__gte', 1)), name='offer_has_a_bed')],
                    },
                ),
                migrations.CreateModel(
                    name='StayRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('place', models.CharField(max_length=120)),
                        ('latitude', models.FloatField()),
                        ('longitude', models.FloatField()),
                        ('arrive_on', models.DateField()),
                        ('leave_on', models.DateField()),
                        ('max_km', models.FloatField(default=15)),
                        ('needs', models.JSONField(blank=True, default=list)),
                        ('traits', models.JSONField(blank=True, default=list)),
                        ('prefers', models.JSONField(blank=True, default=list)),
                        ('priority', models.PositiveSmallIntegerField(default=0)),
                        ('made_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stay_requests', to='volunteers.volunteer')),
                    ],
                    options={
                        'ordering': ['arrive_on', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('arrive_on__lt', models.F('leave_on'))), name='request_has_a_night')],
                    },
                ),
                migrations.CreateModel(
                    name='Stay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('arrive_on', models.DateField()),
                        ('leave_on', models.DateField()),
                        ('km', models.FloatField()),
                        ('state', models.CharField(choices=[('proposed', 'proposed'), ('agreed', 'agreed'), ('declined', 'declined'), ('ended', 'ended early')], default='proposed', max_length=10)),
                        ('proposed_at', models.DateTimeField()),
                        ('host_agreed_at', models.DateTimeField(blank=True, null=True)),
                        ('traveller_agreed_at', models.DateTimeField(blank=True, null=True)),
                        ('arrived_at', models.DateTimeField(blank=True, null=True)),
                        ('first_night_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('leaving_words', hustings.platform.encryption.EncryptedTextField(blank=True)),
                        ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stays', to='volunteers.hostoffer')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stays', to='volunteers.stayrequest')),
                    ],
                    options={
                        'verbose_name_plural': 'stays',
                        'ordering': ['arrive_on', 'pk'],
                        'indexes': [models.Index(fields=['state', 'arrive_on'], name='stays_by_state')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'agreed'])), fields=('request',), name='one_stay_a_request'), models.CheckConstraint(condition=models.Q(('arrive_on__lt', models.F('leave_on'))), name='stay_has_a_night'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'agreed'), _negated=True), models.Q(('host_agreed_at__isnull', False), ('traveller_agreed_at__isnull', False)), _connector='OR'), name='agreed_by_both')],
                    },
                ),
            ],
        ),
    ]

import django.db.models.deletion
import hustings.platform.creating
import hustings.platform.encryption
import uuid
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
                    name='Suppression',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('objection', models.UUIDField(db_index=True)),
                        ('is_lifted', models.BooleanField(default=False)),
                        ('kind', models.CharField(choices=[('email', 'email address'), ('phone', 'telephone number'), ('name_address', 'name and address'), ('elector', 'elector')], max_length=15)),
                        ('key_hash', models.CharField(db_index=True, max_length=64)),
                        ('channel', models.CharField(blank=True, choices=[('email', 'email'), ('sms', 'text message'), ('call', 'telephone'), ('post', 'post'), ('door', 'at the door')], max_length=10)),
                        ('purpose', models.CharField(blank=True, choices=[('account', 'your account'), ('service', 'what you asked for'), ('campaign', 'news and campaigns'), ('fundraising', 'appeals for money'), ('volunteering', 'invitations to help'), ('opinion', 'keeping your political opinions')], max_length=15)),
                        ('at', models.DateTimeField()),
                        ('source', models.CharField(max_length=120)),
                    ],
                    options={
                        'ordering': ['at', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Tag',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=60, unique=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='ConsentWording',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=60)),
                        ('version', models.PositiveSmallIntegerField()),
                        ('language', models.CharField(default='en-gb', max_length=5)),
                        ('text', models.TextField()),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('key', 'language', 'version'), name='wording_version_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('given_name', models.CharField(blank=True, max_length=80)),
                        ('family_name', models.CharField(blank=True, max_length=80)),
                        ('address_line', models.CharField(blank=True, max_length=160)),
                        ('postcode', models.CharField(blank=True, db_index=True, max_length=8)),
                        ('language', models.CharField(default='en-gb', max_length=5)),
                        ('adult_on', models.DateField(blank=True, null=True)),
                        ('source', models.CharField(max_length=120)),
                        ('created_at', models.DateTimeField()),
                        ('last_contacted_at', models.DateTimeField(blank=True, null=True)),
                        ('gone_at', models.DateTimeField(blank=True, null=True)),
                        ('erased_at', models.DateTimeField(blank=True, null=True)),
                        ('constituency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='people.person')),
                        ('ward', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('tags', models.ManyToManyField(blank=True, related_name='people', to='people.tag')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('erased_at', None), ('merged_into', None)), fields=['ward', 'last_contacted_at'], name='person_ward_contacted'), models.Index(condition=models.Q(('erased_at', None), ('merged_into', None)), fields=['constituency', 'last_contacted_at'], name='person_seat_contacted'), models.Index(fields=['family_name', 'given_name'], name='person_name')],
                    },
                ),
                migrations.CreateModel(
                    name='Merge',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('moved', models.JSONField(default=dict)),
                        ('reason', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                        ('undone_at', models.DateTimeField(blank=True, null=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('merged', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ],
                ),
                migrations.CreateModel(
                    name='ConsentEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('channel', models.CharField(blank=True, choices=[('email', 'email'), ('sms', 'text message'), ('call', 'telephone'), ('post', 'post'), ('door', 'at the door')], max_length=10)),
                        ('purpose', models.CharField(choices=[('account', 'your account'), ('service', 'what you asked for'), ('campaign', 'news and campaigns'), ('fundraising', 'appeals for money'), ('volunteering', 'invitations to help'), ('opinion', 'keeping your political opinions')], max_length=15)),
                        ('is_given', models.BooleanField()),
                        ('at', models.DateTimeField()),
                        ('source', models.CharField(max_length=120)),
                        ('evidence', models.JSONField(default=dict)),
                        ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('wording', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.consentwording')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consent_events', to='people.person')),
                    ],
                    options={
                        'ordering': ['at', 'id'],
                        'indexes': [models.Index(fields=['person', 'channel', 'purpose', 'at'], name='consent_history')],
                    },
                ),
                migrations.CreateModel(
                    name='Consent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('channel', models.CharField(blank=True, choices=[('email', 'email'), ('sms', 'text message'), ('call', 'telephone'), ('post', 'post'), ('door', 'at the door')], max_length=10)),
                        ('purpose', models.CharField(choices=[('account', 'your account'), ('service', 'what you asked for'), ('campaign', 'news and campaigns'), ('fundraising', 'appeals for money'), ('volunteering', 'invitations to help'), ('opinion', 'keeping your political opinions')], max_length=15)),
                        ('is_given', models.BooleanField()),
                        ('at', models.DateTimeField()),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.consentevent')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='people.person')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('is_given', True)), fields=['channel', 'purpose', 'person'], name='consent_given')],
                        'constraints': [models.UniqueConstraint(fields=('person', 'channel', 'purpose'), name='one_consent_in_force')],
                    },
                ),
                migrations.CreateModel(
                    name='PersonKey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('email', 'email address'), ('phone', 'telephone number'), ('name_address', 'name and address'), ('elector', 'elector')], max_length=15)),
                        ('key_hash', models.CharField(max_length=64)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='people.person')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['key_hash', 'person'], name='person_key_hash')],
                        'constraints': [models.UniqueConstraint(fields=('person', 'key_hash'), name='person_key_once')],
                    },
                ),
                migrations.CreateModel(
                    name='RightsRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('access', 'see what you hold'), ('erasure', 'erase what you hold'), ('rectification', 'put it right'), ('objection', 'stop contacting me'), ('complaint', 'complain')], max_length=15)),
                        ('received_at', models.DateTimeField()),
                        ('due_on', models.DateField()),
                        ('identity_verified_at', models.DateTimeField(blank=True, null=True)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('details', hustings.platform.encryption.EncryptedTextField(blank=True)),
                        ('answer', hustings.platform.encryption.EncryptedTextField(blank=True)),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rights_requests', to='people.person')),
                    ],
                    options={
                        'ordering': ['due_on', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='SuppressionReview',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('objection', models.UUIDField()),
                        ('is_same_person', models.BooleanField()),
                        ('reason', models.TextField()),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suppression_reviews', to='people.person')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('person', 'objection'), name='one_review_per_objection')],
                    },
                ),
                migrations.CreateModel(
                    name='ContactPoint',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('email', 'email'), ('phone', 'telephone')], max_length=10)),
                        ('value', models.CharField(max_length=254)),
                        ('canonical', models.CharField(max_length=254)),
                        ('is_preferred', models.BooleanField(default=True)),
                        ('is_mobile', models.BooleanField(default=False)),
                        ('verified_at', models.DateTimeField(blank=True, null=True)),
                        ('unusable_at', models.DateTimeField(blank=True, null=True)),
                        ('unusable_reason', models.CharField(blank=True, max_length=80)),
                        ('added_at', models.DateTimeField()),
                        ('source', models.CharField(max_length=120)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_points', to='people.person')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['canonical'], name='contact_point_canonical')],
                        'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'canonical'), name='contact_point_once'), models.UniqueConstraint(condition=models.Q(('is_preferred', True)), fields=('person', 'kind'), name='one_preferred_contact_point')],
                    },
                ),
            ],
        ),
    ]

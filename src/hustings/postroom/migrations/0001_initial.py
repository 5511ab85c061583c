import django.db.models.deletion
import hustings.platform.creating
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('clearance', '0001_initial'),
        ('contacts', '0002_one_latest_intention'),
        ('people', '0002_name_variants'),
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='DomainHold',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('domain', models.CharField(max_length=255, unique=True)),
                        ('failures', models.PositiveIntegerField(default=0)),
                        ('held_until', models.DateTimeField(blank=True, null=True)),
                        ('last_reason', models.CharField(blank=True, max_length=200)),
                        ('last_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Dispatch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('label', models.CharField(max_length=120)),
                        ('subject', models.CharField(max_length=200)),
                        ('text_body', models.TextField()),
                        ('html_body', models.TextField()),
                        ('from_name', models.CharField(blank=True, max_length=120)),
                        ('from_address', models.EmailField(max_length=254)),
                        ('reply_to', models.EmailField(blank=True, max_length=254)),
                        ('language', models.CharField(default='en-gb', max_length=5)),
                        ('state', models.CharField(choices=[('ready', 'waiting'), ('sending', 'being sent'), ('paused', 'paused'), ('stopped', 'stopped'), ('finished', 'finished')], default='ready', max_length=10)),
                        ('problem', models.CharField(blank=True, max_length=300)),
                        ('warnings', models.JSONField(default=list)),
                        ('per_minute', models.PositiveIntegerField(blank=True, null=True)),
                        ('stops_at', models.DateTimeField(blank=True, null=True)),
                        ('made_at', models.DateTimeField()),
                        ('started_at', models.DateTimeField(blank=True, null=True)),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('clearance', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='clearance.clearance')),
                    ],
                    options={
                        'ordering': ['-made_at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('channel', models.CharField(choices=[('email', 'email'), ('sms', 'text message'), ('call', 'telephone'), ('post', 'post'), ('door', 'at the door')], default='email', max_length=10)),
                        ('purpose', models.CharField(choices=[('account', 'your account'), ('service', 'what you asked for'), ('campaign', 'news and campaigns'), ('fundraising', 'appeals for money'), ('volunteering', 'invitations to help'), ('opinion', 'keeping your political opinions')], max_length=15)),
                        ('template', models.CharField(blank=True, max_length=60)),
                        ('language', models.CharField(default='en-gb', max_length=5)),
                        ('address', models.CharField(max_length=254)),
                        ('domain', models.CharField(max_length=255)),
                        ('fields', models.JSONField(default=dict)),
                        ('state', models.CharField(choices=[('queued', 'waiting'), ('claimed', 'being sent'), ('deferred', 'to be tried again'), ('accepted', 'accepted by the server'), ('refused', 'refused by the server'), ('unknown', 'fate unknown'), ('withdrawn', 'withdrawn before sending')], default='queued', max_length=10)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('not_before', models.DateTimeField(blank=True, null=True)),
                        ('claim_token', models.UUIDField(blank=True, editable=False, null=True)),
                        ('lease_expires_at', models.DateTimeField(blank=True, null=True)),
                        ('queued_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('bounced_at', models.DateTimeField(blank=True, null=True)),
                        ('complained_at', models.DateTimeField(blank=True, null=True)),
                        ('clearance', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='clearance.clearance')),
                        ('contact', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='message', to='contacts.contact')),
                        ('dispatch', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='postroom.dispatch')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='people.person')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['dispatch', 'state', 'id'], name='message_state'), models.Index(condition=models.Q(('claim_token__isnull', False)), fields=['claim_token'], name='message_claimed')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('dispatch__isnull', False)), fields=('dispatch', 'person'), name='one_message_per_dispatch'), models.CheckConstraint(condition=models.Q(('purpose__in', ['account', 'service']), ('dispatch__isnull', False), _connector='OR'), name='marketing_goes_in_a_dispatch'), models.CheckConstraint(condition=models.Q(models.Q(('dispatch__isnull', False), ('template', '')), models.Q(('dispatch', None), models.Q(('template', ''), _negated=True)), _connector='OR'), name='message_has_a_dispatch_or_a_template')],
                    },
                ),
                migrations.CreateModel(
                    name='DeliveryReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('bounce', 'bounce'), ('complaint', 'complaint')], max_length=10)),
                        ('is_permanent', models.BooleanField(default=False)),
                        ('address_hash', models.CharField(max_length=64)),
                        ('status', models.CharField(blank=True, max_length=20)),
                        ('diagnostic', models.CharField(blank=True, max_length=300)),
                        ('source', models.CharField(max_length=60)),
                        ('source_id', models.CharField(max_length=160)),
                        ('at', models.DateTimeField()),
                        ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to='postroom.message')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('source', 'source_id'), name='delivery_report_once')],
                    },
                ),
                migrations.CreateModel(
                    name='SendingDomainCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('domain', models.CharField(max_length=255)),
                        ('selectors', models.JSONField(default=list)),
                        ('findings', models.JSONField(default=list)),
                        ('is_ready', models.BooleanField()),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                        'indexes': [models.Index(fields=['domain', '-at'], name='domain_check_latest')],
                    },
                ),
            ],
        ),
    ]

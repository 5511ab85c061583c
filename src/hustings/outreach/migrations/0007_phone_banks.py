import datetime
import django.db.models.deletion
import hustings.platform.creating
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('clearance', '0001_initial'),
        ('contacts', '0001_initial'),
        ('elections', '0001_initial'),
        ('outreach', '0006_rounds'),
        ('people', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='PhoneBank',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=100)),
                        ('audience', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phone_banks', to='outreach.audience')),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('purpose', models.CharField(choices=[('account', 'your account'), ('service', 'what you asked for'), ('campaign', 'news and campaigns'), ('fundraising', 'appeals for money'), ('volunteering', 'invitations to help'), ('opinion', 'keeping your political opinions')], default='campaign', max_length=15)),
                        ('copy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clearance.approvedcopy')),
                        ('opening', models.TextField(blank=True)),
                        ('asks_intention', models.BooleanField(default=True)),
                        ('election', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='elections.election')),
                        ('rings_from', models.TimeField(default=datetime.time(9, 0))),
                        ('rings_until', models.TimeField(default=datetime.time(20, 30))),
                        ('most_tries', models.PositiveSmallIntegerField(default=3)),
                        ('hours_between', models.PositiveSmallIntegerField(default=24)),
                        ('opens_at', models.DateTimeField(blank=True, null=True)),
                        ('closes_at', models.DateTimeField(blank=True, null=True)),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('open', 'open'), ('paused', 'paused'), ('closed', 'closed')], default='draft', max_length=10)),
                        ('clearance', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clearance.clearance')),
                        ('opened_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('made_at', models.DateTimeField()),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('issues', models.ManyToManyField(blank=True, related_name='+', to='contacts.issue')),
                    ],
                    options={
                        'ordering': ['-made_at', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state', 'draft'), ('clearance__isnull', False), _connector='OR'), name='phone_bank_was_cleared'), models.CheckConstraint(condition=models.Q(('rings_from__lt', models.F('rings_until'))), name='phone_bank_has_hours'), models.CheckConstraint(condition=models.Q(('most_tries__gte', 1)), name='phone_bank_tries_once')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='Caller',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('bank', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='callers', to='outreach.phonebank')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('accepted_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('bank', 'user'), name='caller_once')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='CallSheet',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('bank', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheets', to='outreach.phonebank')),
                        ('code', models.CharField(max_length=6, unique=True)),
                        ('for_name', models.CharField(max_length=80)),
                        ('return_by', models.DateField()),
                        ('made_at', models.DateTimeField()),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('returned_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-made_at', '-id'],
                        'indexes': [],
                        'constraints': [],
                    },
                ),
                migrations.CreateModel(
                    name='Call',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('bank', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='outreach.phonebank')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phone_bank_calls', to='people.person')),
                        ('state', models.CharField(choices=[('waiting', 'waiting'), ('held', 'being rung'), ('done', 'done')], default='waiting', max_length=10)),
                        ('hold', models.UUIDField(blank=True, null=True)),
                        ('held_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('sheet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='calls', to='outreach.callsheet')),
                        ('held_until', models.DateTimeField(blank=True, null=True)),
                        ('not_before', models.DateTimeField(blank=True, null=True)),
                        ('is_promised', models.BooleanField(default=False)),
                        ('passed_at', models.DateTimeField(blank=True, null=True)),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('result', models.CharField(blank=True, choices=[('spoke', 'spoke'), ('no_answer', 'no answer'), ('later', 'to be rung later'), ('wrong_number', 'wrong number'), ('objected', 'asked not to be called'), ('gone', 'moved away or died'), ('refused', 'refused by the gate since')], max_length=12)),
                        ('reason', models.CharField(blank=True, max_length=40)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['bank', 'state', 'not_before'], name='call_queue')],
                        'constraints': [models.UniqueConstraint(fields=('bank', 'person'), name='call_once'), models.CheckConstraint(condition=models.Q(models.Q(('held_until__isnull', False), ('hold__isnull', False), ('state', 'held')), models.Q(models.Q(('state', 'held'), _negated=True), ('held_by', None), ('held_until', None), ('hold', None)), _connector='OR'), name='held_call_has_an_end'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('result', ''), _negated=True), _connector='OR'), name='done_call_has_a_result')],
                    },
                ),
                migrations.CreateModel(
                    name='CallTry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='made', to='outreach.call')),
                        ('token', models.UUIDField(unique=True)),
                        ('result', models.CharField(choices=[('spoke', 'spoke'), ('no_answer', 'no answer'), ('later', 'to be rung later'), ('wrong_number', 'wrong number'), ('objected', 'asked not to be called'), ('gone', 'moved away or died'), ('refused', 'refused by the gate since')], max_length=12)),
                        ('at', models.DateTimeField()),
                        ('entered_at', models.DateTimeField()),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('sheet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='outreach.callsheet')),
                    ],
                    options={
                        'ordering': ['id'],
                        'indexes': [],
                        'constraints': [],
                    },
                ),
                migrations.CreateModel(
                    name='SheetLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='outreach.callsheet')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='outreach.call')),
                        ('point', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.contactpoint')),
                        ('token', models.UUIDField(default=uuid.uuid4, unique=True)),
                    ],
                    options={
                        'ordering': ['sheet', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('sheet', 'number'), name='sheet_line_once')],
                        'indexes': [],
                    },
                ),
            ],
        ),
    ]

import django.db.models.deletion
import hustings.platform.creating
import hustings.platform.encryption
import hustings.support.models.cover
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('people', '0005_kept_for_audiences'),
        ('places', '0003_venues'),
        ('postroom', '0002_text_messages'),
        ('volunteers', '0001_initial'),
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='Case',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('kind', models.CharField(choices=[('held', 'arrested or held'), ('hurt', 'hurt or unwell'), ('stranded', 'stranded'), ('harassed', 'harassed or threatened'), ('silent', 'did not check out')], max_length=10)),
                        ('state', models.CharField(choices=[('open', 'open'), ('closed', 'closed')], default='open', max_length=8)),
                        ('called_name', hustings.platform.encryption.EncryptedTextField(blank=True)),
                        ('phone', hustings.platform.encryption.EncryptedTextField(blank=True)),
                        ('whereabouts', hustings.platform.encryption.EncryptedTextField(blank=True)),
                        ('needs', hustings.platform.encryption.EncryptedTextField(blank=True)),
                        ('tell_whom', hustings.platform.encryption.EncryptedTextField(blank=True)),
                        ('basis', models.CharField(choices=[('consent', 'they agreed to it'), ('vital', "to protect somebody's life, and they cannot agree now"), ('legitimate', 'legitimate interest: looking after the people who give us their time')], max_length=12)),
                        ('basis_note', hustings.platform.encryption.EncryptedTextField(blank=True)),
                        ('opened_at', models.DateTimeField()),
                        ('next_step', hustings.platform.encryption.EncryptedTextField(blank=True)),
                        ('next_step_due_at', models.DateTimeField(blank=True, null=True)),
                        ('step_reminded_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('delete_on', models.DateField()),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.area')),
                        ('next_step_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='support_cases', to='people.person')),
                        ('venue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.venue')),
                    ],
                    options={
                        'ordering': ['state', models.OrderBy(models.F('next_step_due_at'), nulls_last=True), 'pk'],
                        'indexes': [models.Index(fields=['delete_on'], name='case_deleted_on')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('state', 'open')), models.Q(('closed_at__isnull', False), ('state', 'closed')), _connector='OR'), name='closed_case_has_a_moment')],
                    },
                ),
                migrations.CreateModel(
                    name='CaseFollowUp',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('due_at', models.DateTimeField()),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('outcome', hustings.platform.encryption.EncryptedTextField(blank=True)),
                        ('reminded_at', models.DateTimeField(blank=True, null=True)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follow_ups', to='support.case')),
                        ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['due_at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('case', 'due_at'), name='follow_up_once')],
                    },
                ),
                migrations.CreateModel(
                    name='CaseMember',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('added_at', models.DateTimeField()),
                        ('left_at', models.DateTimeField(blank=True, null=True)),
                        ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='support.case')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='support_cases', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['added_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('case', 'user'), name='once_on_case_team')],
                    },
                ),
                migrations.CreateModel(
                    name='CaseNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', hustings.platform.encryption.EncryptedTextField()),
                        ('at', models.DateTimeField()),
                        ('is_system', models.BooleanField(default=False)),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='support.case')),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='CaseView',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('what', models.CharField(max_length=40)),
                        ('was_let_in', models.BooleanField(default=True)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='views', to='support.case')),
                        ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='CheckIn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('whereabouts', hustings.platform.encryption.EncryptedTextField()),
                        ('started_at', models.DateTimeField()),
                        ('due_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('reminded_at', models.DateTimeField(blank=True, null=True)),
                        ('has_opened_case', models.BooleanField(default=False)),
                        ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='check_ins', to='support.case')),
                        ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_ins', to='volunteers.volunteer')),
                    ],
                    options={
                        'ordering': ['-started_at', '-pk'],
                        'indexes': [models.Index(fields=['ended_at', 'due_at'], name='check_ins_due')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('volunteer',), name='one_check_in_at_a_time'), models.CheckConstraint(condition=models.Q(('started_at__lt', models.F('due_at'))), name='check_in_is_due_later')],
                    },
                ),
                migrations.CreateModel(
                    name='CoverPeriod',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('reason', models.CharField(max_length=200)),
                        ('meeting_point', models.CharField(blank=True, max_length=200)),
                        ('minimum', models.PositiveSmallIntegerField(default=2)),
                        ('shift_minutes', models.PositiveSmallIntegerField(default=120)),
                        ('required_course', models.SlugField(blank=True, max_length=60)),
                        ('opened_at', models.DateTimeField()),
                        ('covered_until', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('round', models.PositiveSmallIntegerField(default=0)),
                        ('ring', models.PositiveSmallIntegerField(default=0)),
                        ('asked_at', models.DateTimeField(blank=True, null=True)),
                        ('next_at', models.DateTimeField(blank=True, null=True)),
                        ('is_exhausted', models.BooleanField(default=False)),
                        ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('venue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cover', to='places.venue')),
                    ],
                    options={
                        'ordering': ['-opened_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('venue',), name='one_open_cover_of_venue'), models.CheckConstraint(condition=models.Q(('opened_at__lte', models.F('covered_until'))), name='cover_ends_later')],
                    },
                ),
                migrations.CreateModel(
                    name='Ask',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('round', models.PositiveSmallIntegerField()),
                        ('ring', models.PositiveSmallIntegerField()),
                        ('km', models.FloatField()),
                        ('channel', models.CharField(choices=[('sms', 'text message'), ('email', 'email'), ('call', 'to be rung')], max_length=6)),
                        ('may_ring', models.BooleanField(default=False)),
                        ('asked_at', models.DateTimeField()),
                        ('answer', models.CharField(blank=True, choices=[('', 'no answer yet'), ('yes', 'comes'), ('not_today', 'not today'), ('no_reply', 'rung, no reply')], max_length=10)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='postroom.message')),
                        ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cover_asks', to='volunteers.volunteer')),
                        ('period', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asks', to='support.coverperiod')),
                    ],
                    options={
                        'ordering': ['round', 'km', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('period', 'volunteer', 'round'), name='asked_once_a_round')],
                    },
                ),
                migrations.CreateModel(
                    name='CoverShift',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('minimum', models.PositiveSmallIntegerField()),
                        ('period', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shifts', to='support.coverperiod')),
                    ],
                    options={
                        'ordering': ['starts_at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('period', 'starts_at'), name='cover_shift_once'), models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='cover_shift_ends_later')],
                    },
                ),
                migrations.CreateModel(
                    name='CoverClaim',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('claimed_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('end_reason', models.CharField(blank=True, max_length=12)),
                        ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cover_claims', to='volunteers.volunteer')),
                        ('shift', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='support.covershift')),
                    ],
                    options={
                        'ordering': ['claimed_at', 'pk'],
                        'indexes': [models.Index(fields=['volunteer', 'ended_at'], name='cover_of_volunteer')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('shift', 'volunteer'), name='one_claim_of_cover_shift')],
                    },
                ),
                migrations.CreateModel(
                    name='DutyTurn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('began_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duty_turns', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-began_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('user',), name='one_duty_turn')],
                    },
                ),
                migrations.CreateModel(
                    name='HandOverNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField()),
                        ('at', models.DateTimeField()),
                        ('by_user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('by_volunteer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='hand_over_notes', to='volunteers.volunteer')),
                        ('period', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='support.coverperiod')),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='CallOutSettings',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('rings', models.JSONField(default=hustings.support.models.cover.first_rings)),
                        ('asks_a_place', models.PositiveSmallIntegerField(default=4)),
                        ('rest_minutes', models.PositiveIntegerField(default=120)),
                        ('shift_minutes', models.PositiveSmallIntegerField(default=120)),
                        ('ahead_hours', models.PositiveSmallIntegerField(default=12)),
                        ('required_course', models.SlugField(blank=True, max_length=60)),
                        ('changed_at', models.DateTimeField(blank=True, null=True)),
                        ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_call_out_settings')],
                    },
                ),
            ],
        ),
    ]

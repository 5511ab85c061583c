import django.db.models.deletion
import django.db.models.expressions
import hustings.platform.creating
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='ScheduleRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, unique=True)),
                        ('last_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='AuditEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(db_index=True)),
                        ('actor_id', models.BigIntegerField(blank=True, null=True)),
                        ('actor_name', models.CharField(blank=True, max_length=150)),
                        ('verb', models.CharField(max_length=80)),
                        ('subject_type', models.CharField(max_length=60)),
                        ('subject_id', models.CharField(max_length=60)),
                        ('area_code', models.CharField(blank=True, max_length=12)),
                        ('detail', models.JSONField(default=dict)),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                        'indexes': [models.Index(fields=['subject_type', 'subject_id'], name='audit_subject')],
                    },
                ),
                migrations.CreateModel(
                    name='Job',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('task_path', models.CharField(max_length=200)),
                        ('args', models.JSONField(default=list)),
                        ('kwargs', models.JSONField(default=dict)),
                        ('queue', models.CharField(default='default', max_length=40)),
                        ('priority', models.SmallIntegerField(default=0)),
                        ('state', models.CharField(choices=[('ready', 'waiting'), ('running', 'running'), ('done', 'done'), ('failed', 'failed'), ('stopped', 'stopped')], default='ready', max_length=10)),
                        ('run_after', models.DateTimeField(blank=True, null=True)),
                        ('enqueued_at', models.DateTimeField()),
                        ('started_at', models.DateTimeField(blank=True, null=True)),
                        ('last_attempted_at', models.DateTimeField(blank=True, null=True)),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('max_attempts', models.PositiveSmallIntegerField(default=5)),
                        ('worker_ids', models.JSONField(default=list)),
                        ('lease_token', models.UUIDField(blank=True, null=True)),
                        ('lease_expires_at', models.DateTimeField(blank=True, null=True)),
                        ('stop_requested_at', models.DateTimeField(blank=True, null=True)),
                        ('progress_done', models.BigIntegerField(default=0)),
                        ('progress_total', models.BigIntegerField(blank=True, null=True)),
                        ('progress_note', models.CharField(blank=True, max_length=200)),
                        ('errors', models.JSONField(default=list)),
                        ('return_value', models.JSONField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-enqueued_at'],
                        'indexes': [models.Index(condition=models.Q(('state', 'ready')), fields=['queue', '-priority', 'enqueued_at'], name='job_ready'), models.Index(condition=models.Q(('state', 'running')), fields=['lease_expires_at'], name='job_leased')],
                    },
                ),
                migrations.CreateModel(
                    name='ImportRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('importer', models.CharField(max_length=60)),
                        ('file_name', models.CharField(max_length=255)),
                        ('file_sha256', models.CharField(max_length=64)),
                        ('file_bytes', models.BigIntegerField()),
                        ('state', models.CharField(choices=[('staging', 'being read'), ('active', 'in use'), ('dry_run', 'tried out, nothing stored'), ('failed', 'failed, nothing stored')], default='staging', max_length=10)),
                        ('options', models.JSONField(default=dict)),
                        ('read', models.BigIntegerField(default=0)),
                        ('accepted', models.BigIntegerField(default=0)),
                        ('rejected', models.BigIntegerField(default=0)),
                        ('unchanged', models.BigIntegerField(default=0)),
                        ('details', models.JSONField(default=dict)),
                        ('rejects_path', models.CharField(blank=True, max_length=255)),
                        ('problem', models.TextField(blank=True)),
                        ('started_at', models.DateTimeField()),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('started_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-started_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('read', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('accepted'), '+', models.F('rejected')), '+', models.F('unchanged')))), name='import_counts_add_up')],
                    },
                ),
            ],
        ),
    ]

import django.db.models.deletion
import hustings.platform.creating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('clearance', '0001_initial'),
        ('places', '0001_initial'),
        ('postroom', '0001_initial'),
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='Audience',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120)),
                        ('conditions', models.JSONField(default=dict)),
                        ('made_at', models.DateTimeField()),
                        ('changed_at', models.DateTimeField()),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='Mailing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=120)),
                        ('template', models.CharField(default='plain', max_length=40)),
                        ('from_name', models.CharField(blank=True, max_length=120)),
                        ('reply_to', models.EmailField(max_length=254)),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('scheduled', 'scheduled'), ('sending', 'being sent'), ('paused', 'paused'), ('stopped', 'stopped'), ('finished', 'finished')], default='draft', max_length=10)),
                        ('send_at', models.DateTimeField(blank=True, null=True)),
                        ('stops_at', models.DateTimeField(blank=True, null=True)),
                        ('per_minute', models.PositiveIntegerField(blank=True, null=True)),
                        ('made_at', models.DateTimeField()),
                        ('audience', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mailings', to='outreach.audience')),
                        ('clearance', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clearance.clearance')),
                        ('copy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clearance.approvedcopy')),
                        ('dispatch', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mailing', to='postroom.dispatch')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clearance.material')),
                    ],
                    options={
                        'ordering': ['-made_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state', 'draft'), ('copy__isnull', False), _connector='OR'), name='mailing_has_an_approved_copy')],
                    },
                ),
            ],
        ),
    ]

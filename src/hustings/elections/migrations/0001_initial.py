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
                    name='Election',
                    fields=[
                        ('id', models.CharField(max_length=100, primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('parl', 'UK Parliament'), ('local', 'council'), ('mayor', 'mayor'), ('pcc', 'police and crime commissioner'), ('gla', 'London Assembly'), ('senedd', 'Senedd'), ('sp', 'Scottish Parliament'), ('nia', 'Northern Ireland Assembly')], max_length=10)),
                        ('title', models.CharField(max_length=160)),
                        ('poll_on', models.DateField()),
                        ('nation', models.CharField(blank=True, max_length=10)),
                        ('is_notional', models.BooleanField(default=False)),
                        ('source', models.CharField(blank=True, max_length=255)),
                    ],
                    options={
                        'ordering': ['-poll_on', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Party',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=160, unique=True)),
                        ('abbreviation', models.CharField(blank=True, max_length=40)),
                        ('commission_id', models.CharField(blank=True, max_length=20)),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='Contest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ballot_id', models.CharField(max_length=160)),
                        ('area_name', models.CharField(max_length=160)),
                        ('seats', models.PositiveSmallIntegerField(default=1)),
                        ('electorate', models.PositiveIntegerField(blank=True, null=True)),
                        ('valid_votes', models.PositiveIntegerField(blank=True, null=True)),
                        ('spoilt_votes', models.PositiveIntegerField(blank=True, null=True)),
                        ('majority', models.PositiveIntegerField(blank=True, null=True)),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contests', to='places.area')),
                        ('election', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contests', to='elections.election')),
                        ('first_party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='elections.party')),
                        ('second_party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='elections.party')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('election', 'ballot_id'), name='one_contest_per_ballot')],
                    },
                ),
                migrations.CreateModel(
                    name='Candidacy',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=160)),
                        ('description', models.CharField(blank=True, max_length=160)),
                        ('votes', models.PositiveIntegerField(blank=True, null=True)),
                        ('is_elected', models.BooleanField(blank=True, null=True)),
                        ('is_ours', models.BooleanField(default=False)),
                        ('contest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='candidacies', to='elections.contest')),
                        ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='elections.party')),
                    ],
                    options={
                        'ordering': [models.OrderBy(models.F('votes'), descending=True, nulls_last=True), 'name'],
                        'constraints': [models.UniqueConstraint(fields=('contest', 'name', 'party'), name='one_candidacy_per_person', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='Exclusion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.TextField()),
                        ('recorded_at', models.DateTimeField()),
                        ('contest', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='exclusion', to='elections.contest')),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='exclusion_has_a_reason')],
                    },
                ),
            ],
        ),
    ]

import django.db.models.deletion
import hustings.platform.creating
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0003_longer_nation_names'),
        ('places', '0003_venues'),
        ('register', '0002_entitled_versions_and_match_runs'),
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='PollingStation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('council', models.CharField(blank=True, max_length=9)),
                        ('reference', models.CharField(max_length=80)),
                        ('name', models.CharField(max_length=160)),
                        ('address', models.CharField(blank=True, max_length=300)),
                        ('postcode', models.CharField(blank=True, max_length=8)),
                        ('source', models.CharField(max_length=60)),
                        ('imported_at', models.DateTimeField()),
                        ('election', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='polling_stations', to='elections.election')),
                        ('venue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.venue')),
                    ],
                    options={
                        'ordering': ['name', 'reference'],
                        'constraints': [models.UniqueConstraint(fields=('election', 'council', 'reference'), name='polling_station_once_an_election')],
                    },
                ),
                migrations.CreateModel(
                    name='StationAllocation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=8)),
                        ('key', models.CharField(max_length=120)),
                        ('station', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='allocations', to='register.pollingstation')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('kind', 'key', 'station'), name='station_allocated_once')],
                    },
                ),
            ],
        ),
    ]

import django.db.models.deletion
import hustings.platform.creating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='Area',
                    fields=[
                        ('code', models.CharField(max_length=12, primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('nation', 'nation'), ('region', 'region'), ('county', 'county'), ('district', 'council district'), ('constituency', 'constituency'), ('ward', 'ward'), ('polling_district', 'polling district'), ('lsoa', 'small area')], max_length=20)),
                        ('name', models.CharField(max_length=120)),
                        ('name_cy', models.CharField(blank=True, max_length=120)),
                        ('nation', models.CharField(blank=True, max_length=10)),
                        ('lat', models.FloatField(blank=True, null=True)),
                        ('lon', models.FloatField(blank=True, null=True)),
                        ('valid_from', models.DateField(blank=True, null=True)),
                        ('valid_until', models.DateField(blank=True, null=True)),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='places.area')),
                    ],
                    options={
                        'ordering': ['kind', 'name'],
                        'indexes': [models.Index(fields=['kind', 'name'], name='area_kind_name')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_from__lt', models.F('valid_until')), _connector='OR'), name='area_span_is_not_empty')],
                    },
                ),
                migrations.CreateModel(
                    name='Boundary',
                    fields=[
                        ('area', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='places.area')),
                        ('geometry', models.JSONField()),
                        ('west', models.FloatField()),
                        ('south', models.FloatField()),
                        ('east', models.FloatField()),
                        ('north', models.FloatField()),
                        ('detail', models.CharField(max_length=60)),
                        ('source', models.CharField(max_length=200)),
                    ],
                ),
                migrations.CreateModel(
                    name='AreaLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('population_share', models.FloatField(blank=True, null=True)),
                        ('ground_share', models.FloatField(blank=True, null=True)),
                        ('source', models.CharField(max_length=200)),
                        ('inner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_out', to='places.area')),
                        ('outer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_in', to='places.area')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('inner', 'outer'), name='one_link_per_pair')],
                    },
                ),
            ],
        ),
    ]

import django.db.models.deletion
import hustings.platform.creating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('places', '0003_venues'),
        ('website', '0001_initial'),
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='MapSetting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('party', models.CharField(blank=True, max_length=160, verbose_name='our short name in the results')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_map_setting')],
                    },
                ),
                migrations.CreateModel(
                    name='Neighbour',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('address', models.CharField(blank=True, max_length=300, verbose_name='address of the feed')),
                        ('is_active', models.BooleanField(default=True, verbose_name='read it')),
                        ('read_at', models.DateTimeField(blank=True, null=True)),
                        ('problem', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'ordering': ['name', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('address', ''), _negated=True), fields=('address',), name='one_neighbour_an_address')],
                    },
                ),
                migrations.CreateModel(
                    name='Sending',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=160)),
                        ('on', models.DateField()),
                        ('first', models.PositiveIntegerField(default=0)),
                        ('shown', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'ordering': ['on', 'code'],
                        'constraints': [models.UniqueConstraint(fields=('code', 'on'), name='one_count_a_seat_and_day')],
                    },
                ),
                migrations.CreateModel(
                    name='NeighbourEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.CharField(max_length=200)),
                        ('title', models.CharField(max_length=160)),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('place', models.CharField(blank=True, max_length=200)),
                        ('area_code', models.CharField(blank=True, max_length=12)),
                        ('lat', models.FloatField(blank=True, null=True)),
                        ('lon', models.FloatField(blank=True, null=True)),
                        ('url', models.CharField(max_length=300)),
                        ('neighbour', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='website.neighbour')),
                    ],
                    options={
                        'ordering': ['starts_at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('neighbour', 'uid'), name='neighbour_event_once'), models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='neighbour_event_ends_later')],
                    },
                ),
                migrations.CreateModel(
                    name='NeighbourNeed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=12)),
                        ('name', models.CharField(blank=True, max_length=120)),
                        ('wanted', models.PositiveIntegerField()),
                        ('url', models.CharField(blank=True, max_length=300)),
                        ('neighbour', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='website.neighbour')),
                    ],
                    options={
                        'ordering': ['-wanted', 'code'],
                        'constraints': [models.UniqueConstraint(fields=('neighbour', 'code'), name='neighbour_need_once')],
                    },
                ),
                migrations.CreateModel(
                    name='SeatTarget',
                    fields=[
                        ('area', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='places.area')),
                        ('target', models.PositiveIntegerField(verbose_name='volunteers wanted')),
                        ('set_at', models.DateTimeField()),
                        ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('target__gte', 1)), name='target_is_somebody')],
                    },
                ),
            ],
        ),
    ]

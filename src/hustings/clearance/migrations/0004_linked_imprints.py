import django.db.models.deletion
import hustings.platform.creating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('clearance', '0003_material_cost'),
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='LinkedImprint',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('platform', models.CharField(max_length=30, verbose_name='kind of place')),
                        ('reason', models.CharField(max_length=300, verbose_name='why it cannot be in the material')),
                        ('url', models.URLField(max_length=500, verbose_name='page that holds the imprint')),
                        ('clicks', models.PositiveSmallIntegerField(default=1, verbose_name='clicks to reach it')),
                        ('looked_at', models.DateTimeField(blank=True, null=True)),
                        ('status', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('needs_login', models.BooleanField(blank=True, null=True)),
                        ('text', models.TextField(blank=True)),
                        ('trouble', models.CharField(blank=True, max_length=300)),
                        ('made_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('material', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='linked_imprint', to='clearance.material')),
                    ],
                    options={
                        'ordering': ['material'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='link_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='LinkLook',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('status', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('has_imprint', models.BooleanField()),
                        ('trouble', models.CharField(blank=True, max_length=300)),
                        ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='clearance.linkedimprint')),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                    },
                ),
            ],
        ),
    ]

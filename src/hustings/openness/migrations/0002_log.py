import django.db.models.deletion
import hustings.platform.creating
import hustings.platform.kept_tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('openness', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='entry',
            name='kind',
            field=models.CharField(choices=[('material', 'approved for use'), ('sending', 'sent'), ('round', 'leaflets delivered'), ('advert', 'advertisement published'), ('calls', 'calls made'), ('expenses', 'spending reported'), ('donations', 'donations reported'), ('restart', 'the log began again'), ('withdrawal', 'withdrawn'), ('correction', 'correction'), ('withholding', 'document withheld')], max_length=20),
        ),
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='Checkpoint',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('origin', models.CharField(max_length=200)),
                        ('size', models.PositiveBigIntegerField()),
                        ('root', models.CharField(max_length=64)),
                        ('note', models.TextField()),
                        ('signed_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-id'],
                        'constraints': [models.UniqueConstraint(fields=('origin', 'size'), name='checkpoint_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Tile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('level', models.PositiveSmallIntegerField()),
                        ('index', models.PositiveBigIntegerField()),
                        ('hashes', models.BinaryField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('level', 'index'), name='tile_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Witness',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=160, unique=True, verbose_name='name of the key')),
                        ('key', models.CharField(max_length=300, verbose_name='verifier key')),
                        ('who', models.CharField(max_length=160, verbose_name='who that is')),
                        ('url', models.URLField(blank=True, verbose_name='address')),
                        ('known_size', models.PositiveBigIntegerField(default=0)),
                        ('trouble', models.CharField(blank=True, max_length=300)),
                        ('asked_at', models.DateTimeField(blank=True, null=True)),
                        ('added_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='Cosignature',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('line', models.TextField()),
                        ('signed_at', models.DateTimeField()),
                        ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cosignatures', to='openness.checkpoint')),
                        ('witness', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cosignatures', to='openness.witness')),
                    ],
                    options={
                        'ordering': ['-signed_at', '-id'],
                        'constraints': [models.UniqueConstraint(fields=('checkpoint', 'witness'), name='cosigned_once')],
                    },
                ),
            ],
        ),
        hustings.platform.kept_tables.KeepTable(
            model_name='Entry',
            may_change=(),
            may_be_emptied=('title',),
        ),
        hustings.platform.kept_tables.KeepTable(
            model_name='Document',
            may_change=('content', 'salt', 'withheld_at', 'withheld_reason', 'withheld_by'),
            may_be_emptied=(),
        ),
        hustings.platform.kept_tables.KeepTable(
            model_name='EntryPlace',
            may_change=(),
            may_be_emptied=(),
        ),
        hustings.platform.kept_tables.KeepTable(
            model_name='Checkpoint',
            may_change=(),
            may_be_emptied=(),
        ),
        hustings.platform.kept_tables.KeepTable(
            model_name='Cosignature',
            may_change=(),
            may_be_emptied=(),
        ),
    ]

import django.db.models.deletion
import hustings.platform.creating
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_kept_for_audiences'),
        ('platform', '0001_initial'),
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='PreferenceList',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('service', models.CharField(choices=[('tps', 'Telephone Preference Service'), ('ctps', 'Corporate Telephone Preference Service'), ('mps', 'Mailing Preference Service')], max_length=4)),
                        ('as_of', models.DateField()),
                        ('is_whole', models.BooleanField()),
                        ('entries', models.PositiveIntegerField()),
                        ('listed', models.PositiveIntegerField()),
                        ('at', models.DateTimeField()),
                        ('import_run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='platform.importrun')),
                    ],
                    options={
                        'ordering': ['-as_of', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='PreferenceListing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('service', models.CharField(choices=[('tps', 'Telephone Preference Service'), ('ctps', 'Corporate Telephone Preference Service'), ('mps', 'Mailing Preference Service')], max_length=4)),
                        ('key_hash', models.CharField(max_length=64)),
                        ('is_listed', models.BooleanField()),
                        ('as_of', models.DateField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('key_hash', 'service'), name='preference_listing_once')],
                    },
                ),
            ],
        ),
    ]

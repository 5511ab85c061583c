import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('elections', '0001_initial'),
        ('people', '0002_name_variants'),
        ('places', '0001_initial'),
        ('platform', '0001_initial'),
        ('register', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MatchRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('method', models.CharField(max_length=40)),
                ('people', models.PositiveIntegerField(default=0)),
                ('matched', models.PositiveIntegerField(default=0)),
                ('unsure', models.PositiveIntegerField(default=0)),
                ('none', models.PositiveIntegerField(default=0)),
                ('kept', models.PositiveIntegerField(default=0)),
                ('versions', models.JSONField(default=list)),
                ('seconds', models.FloatField(default=0)),
            ],
            options={
                'ordering': ['-at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('people', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('matched'), '+', models.F('unsure')), '+', models.F('none')), '+', models.F('kept')))), name='match_run_adds_up')],
            },
        ),
        migrations.AlterModelOptions(
            name='entitlement',
            options={'ordering': ['-valid_until', '-id']},
        ),
        migrations.AlterModelOptions(
            name='registerversion',
            options={'ordering': ['-as_of', '-id']},
        ),
        migrations.RemoveConstraint(
            model_name='registerversion',
            name='one_current_register',
        ),
        migrations.AddField(
            model_name='registerentry',
            name='constituency',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area'),
        ),
        migrations.AddField(
            model_name='registerentry',
            name='house',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddConstraint(
            model_name='entitlement',
            constraint=models.CheckConstraint(condition=models.Q(('election__isnull', False), models.Q(('office', ''), _negated=True), _connector='OR'), name='entitlement_is_for_something'),
        ),
        migrations.AddConstraint(
            model_name='entitlement',
            constraint=models.CheckConstraint(condition=models.Q(('evidence', ''), _negated=True), name='entitlement_has_evidence'),
        ),
        migrations.AddConstraint(
            model_name='registerversion',
            constraint=models.CheckConstraint(condition=models.Q(('destroyed_at', None), ('is_current', False), _connector='OR'), name='destroyed_register_is_not_current'),
        ),
        migrations.AddField(
            model_name='match',
            name='run',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='register.matchrun'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'unsure')), fields=('person', 'elector'), name='one_question_a_pair'),
        ),
    ]

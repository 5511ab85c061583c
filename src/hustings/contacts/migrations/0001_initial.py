import django.db.models.deletion
import hustings.platform.creating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('elections', '0001_initial'),
        ('people', '0001_initial'),
        ('register', '0001_initial'),
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='Issue',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, unique=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Contact',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('channel', models.CharField(choices=[('email', 'email'), ('sms', 'text message'), ('call', 'telephone'), ('post', 'post'), ('door', 'at the door')], max_length=10)),
                        ('purpose', models.CharField(choices=[('account', 'your account'), ('service', 'what you asked for'), ('campaign', 'news and campaigns'), ('fundraising', 'appeals for money'), ('volunteering', 'invitations to help'), ('opinion', 'keeping your political opinions')], max_length=15)),
                        ('outcome', models.CharField(choices=[('attempted', 'attempted'), ('delivered', 'accepted for delivery'), ('refused', 'refused by the server'), ('unknown', 'fate unknown'), ('spoke', 'spoke'), ('no_answer', 'no answer'), ('gone', 'not there any more'), ('objected', 'asked not to be contacted')], max_length=12)),
                        ('at', models.DateTimeField()),
                        ('label', models.CharField(blank=True, max_length=120)),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('elector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='register.elector')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='people.person')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['person', '-at'], name='contact_person'), models.Index(fields=['elector', '-at'], name='contact_elector'), models.Index(fields=['label'], name='contact_label')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('elector', None), ('person__isnull', False)), models.Q(('elector__isnull', False), ('person', None)), _connector='OR'), name='contact_has_one_subject')],
                    },
                ),
                migrations.CreateModel(
                    name='Intention',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('choice', models.CharField(choices=[('party', 'a party or candidate'), ('undecided', 'undecided'), ('not_voting', 'will not vote'), ('wont_say', 'would rather not say')], max_length=12)),
                        ('at', models.DateTimeField()),
                        ('source', models.CharField(max_length=120)),
                        ('is_latest', models.BooleanField(default=True)),
                        ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='intentions', to='contacts.contact')),
                        ('election', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='elections.election')),
                        ('elector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='intentions', to='register.elector')),
                        ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='elections.party')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='intentions', to='people.person')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['person', '-at'], name='intention_person'), models.Index(condition=models.Q(('is_latest', True)), fields=['party', 'person'], name='intention_latest_party')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('elector', None), ('person__isnull', False)), models.Q(('elector__isnull', False), ('person', None)), _connector='OR'), name='intention_has_one_subject'), models.CheckConstraint(condition=models.Q(models.Q(('choice', 'party'), ('party__isnull', False)), models.Q(models.Q(('choice', 'party'), _negated=True), ('party', None)), _connector='OR'), name='intention_names_a_party')],
                    },
                ),
                migrations.CreateModel(
                    name='IssueRaised',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('source', models.CharField(max_length=120)),
                        ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='raised', to='contacts.issue')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='issues_raised', to='people.person')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['issue', 'person'], name='issue_person')],
                    },
                ),
            ],
        ),
    ]

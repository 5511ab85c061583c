import django.db.models.deletion
import django.db.models.expressions
import hustings.platform.creating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('elections', '0001_initial'),
        ('people', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='ApprovedCopy',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('content', models.BinaryField()),
                        ('media_type', models.CharField(max_length=80)),
                        ('sha256', models.CharField(db_index=True, max_length=64)),
                        ('medium', models.CharField(choices=[('email', 'email'), ('web', 'web page'), ('print', 'leaflet, letter or poster'), ('newspaper', 'newspaper advertisement'), ('image', 'image'), ('video', 'video'), ('audio', 'audio'), ('social', 'social media post'), ('message', 'message by WhatsApp or the like'), ('sms', 'text message'), ('call', 'call or doorstep script')], max_length=10)),
                        ('purpose', models.CharField(choices=[('account', 'your account'), ('service', 'what you asked for'), ('campaign', 'news and campaigns'), ('fundraising', 'appeals for money'), ('volunteering', 'invitations to help'), ('opinion', 'keeping your political opinions')], max_length=15)),
                        ('title', models.CharField(max_length=160)),
                        ('subject', models.CharField(blank=True, max_length=200)),
                        ('body', models.TextField(blank=True)),
                        ('caption', models.TextField(blank=True)),
                        ('imprint', models.TextField(blank=True)),
                        ('named', models.JSONField(default=list)),
                        ('checks', models.JSONField(default=list)),
                        ('use_from', models.DateTimeField(blank=True, null=True)),
                        ('use_until', models.DateTimeField(blank=True, null=True)),
                        ('approved_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('withdrawn_reason', models.CharField(blank=True, max_length=300)),
                        ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-approved_at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='Clearance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('channel', models.CharField(choices=[('email', 'email'), ('sms', 'text message'), ('call', 'telephone'), ('post', 'post'), ('door', 'at the door')], max_length=10)),
                        ('purpose', models.CharField(choices=[('account', 'your account'), ('service', 'what you asked for'), ('campaign', 'news and campaigns'), ('fundraising', 'appeals for money'), ('volunteering', 'invitations to help'), ('opinion', 'keeping your political opinions')], max_length=15)),
                        ('uses_opinions', models.BooleanField(default=False)),
                        ('asked', models.PositiveIntegerField()),
                        ('cleared', models.PositiveIntegerField()),
                        ('refused', models.PositiveIntegerField()),
                        ('counts', models.JSONField(default=dict)),
                        ('rules', models.JSONField(default=dict)),
                        ('warnings', models.JSONField(default=list)),
                        ('overrides', models.JSONField(default=dict)),
                        ('at', models.DateTimeField()),
                        ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('copy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='clearances', to='clearance.approvedcopy')),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('asked', django.db.models.expressions.CombinedExpression(models.F('cleared'), '+', models.F('refused')))), name='clearance_adds_up')],
                    },
                ),
                migrations.CreateModel(
                    name='ClearanceVerdict',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(blank=True, max_length=40)),
                        ('rule', models.CharField(blank=True, max_length=80)),
                        ('clearance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='clearance.clearance')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('clearance', 'person'), name='one_verdict_per_person')],
                    },
                ),
                migrations.CreateModel(
                    name='Material',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=160, verbose_name='title')),
                        ('medium', models.CharField(choices=[('email', 'email'), ('web', 'web page'), ('print', 'leaflet, letter or poster'), ('newspaper', 'newspaper advertisement'), ('image', 'image'), ('video', 'video'), ('audio', 'audio'), ('social', 'social media post'), ('message', 'message by WhatsApp or the like'), ('sms', 'text message'), ('call', 'call or doorstep script')], max_length=10, verbose_name='what it is')),
                        ('purpose', models.CharField(choices=[('account', 'your account'), ('service', 'what you asked for'), ('campaign', 'news and campaigns'), ('fundraising', 'appeals for money'), ('volunteering', 'invitations to help'), ('opinion', 'keeping your political opinions')], default='campaign', max_length=15, verbose_name='purpose')),
                        ('subject', models.CharField(blank=True, max_length=200, verbose_name='subject line')),
                        ('body', models.TextField(blank=True, verbose_name='words')),
                        ('adds_imprint', models.BooleanField(default=True, verbose_name='write the imprint under it')),
                        ('upload', models.BinaryField(blank=True, null=True)),
                        ('upload_name', models.CharField(blank=True, max_length=120)),
                        ('upload_type', models.CharField(blank=True, max_length=80)),
                        ('transcript', models.TextField(blank=True, verbose_name='words in the picture or sound')),
                        ('caption', models.TextField(blank=True, verbose_name='caption')),
                        ('nation', models.CharField(choices=[('england', 'England'), ('wales', 'Wales'), ('scotland', 'Scotland'), ('northern-ireland', 'Northern Ireland')], default='england', max_length=20, verbose_name='nation')),
                        ('language', models.CharField(choices=[('en-gb', 'English'), ('cy', 'Welsh')], default='en-gb', max_length=5, verbose_name='language')),
                        ('publisher', models.CharField(choices=[('registered-party', 'registered party'), ('registered-campaigner', 'registered non-party campaigner'), ('candidate', 'candidate'), ('future-candidate', 'someone who will stand'), ('office-holder', 'councillor or other elected office-holder'), ('referendum-campaigner', 'referendum campaigner'), ('recall-campaigner', 'recall petition campaigner'), ('unregistered-organisation', 'group or body that is not registered'), ('private-person', 'private person')], default='candidate', max_length=30, verbose_name='published by or for')),
                        ('about', models.CharField(choices=[('candidate', 'a candidate'), ('future-candidate', 'someone who will stand'), ('party', 'a party'), ('office-holder', 'a councillor or other office-holder'), ('category', 'parties or candidates of one kind or opinion'), ('referendum', 'an outcome of a referendum'), ('recall', 'a recall petition'), ('issue', 'an issue alone'), ('turnout', 'registering or voting, for nobody in particular')], default='candidate', max_length=20, verbose_name='for or against')),
                        ('targeting', models.CharField(blank=True, help_text='In plain words, for the public record: “everyone in Barset East who signed the park petition”.', max_length=300, verbose_name='who it is meant for')),
                        ('is_paid', models.BooleanField(default=False, verbose_name='paid to be published as an advertisement')),
                        ('use_from', models.DateTimeField(blank=True, null=True, verbose_name='may go out from')),
                        ('use_until', models.DateTimeField(blank=True, null=True, verbose_name='may go out until')),
                        ('cost_pence', models.BigIntegerField(default=0, verbose_name='cost')),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked'), ('approved', 'approved'), ('withdrawn', 'withdrawn')], default='draft', max_length=10)),
                        ('checks', models.JSONField(blank=True, default=list)),
                        ('checked_at', models.DateTimeField(blank=True, null=True)),
                        ('checked_sha256', models.CharField(blank=True, max_length=64)),
                        ('made_at', models.DateTimeField()),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('election', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='elections.election')),
                        ('imprint_seen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-made_at'],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name='approvedcopy',
            name='material',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='clearance.material'),
        ),
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='Override',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sha256', models.CharField(blank=True, max_length=64)),
                        ('rule', models.CharField(max_length=60)),
                        ('reason', models.TextField()),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('material', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='clearance.material')),
                    ],
                    options={
                        'ordering': ['at', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='override_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Promoter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=160, verbose_name='name')),
                        ('address', models.CharField(help_text='Where letters arrive: an office, a home, a PO box or a mailbox service. Without the postcode.', max_length=300, verbose_name='address')),
                        ('postcode', models.CharField(max_length=8, verbose_name='postcode')),
                        ('is_organisation', models.BooleanField(default=False, verbose_name='an organisation, not a person')),
                        ('is_printer', models.BooleanField(default=False, verbose_name='a printer')),
                        ('verified_at', models.DateTimeField(blank=True, null=True)),
                        ('evidence', models.TextField(blank=True)),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['name'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('verified_at', None), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='promoter_verified_with_evidence')],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name='material',
            name='further_principals',
            field=models.ManyToManyField(blank=True, related_name='+', to='clearance.promoter'),
        ),
        migrations.AddField(
            model_name='material',
            name='joint_promoters',
            field=models.ManyToManyField(blank=True, related_name='+', to='clearance.promoter'),
        ),
        migrations.AddField(
            model_name='material',
            name='on_behalf_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clearance.promoter'),
        ),
        migrations.AddField(
            model_name='material',
            name='printer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clearance.promoter'),
        ),
        migrations.AddField(
            model_name='material',
            name='promoter',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clearance.promoter'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('cost_pence__gte', 0)), name='material_cost_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('use_from', None), ('use_until', None), ('use_from__lt', models.F('use_until')), _connector='OR'), name='material_span_is_not_empty'),
        ),
    ]

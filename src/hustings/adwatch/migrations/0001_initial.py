import django.db.models.deletion
import hustings.adwatch.models.findings
import hustings.platform.creating
import hustings.platform.encryption
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('clearance', '0002_own_limits'),
        ('platform', '0001_initial'),
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='Entity',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=300)),
                        ('key', models.CharField(db_index=True, max_length=300)),
                        ('code', models.CharField(blank=True, choices=[('party', 'party'), ('candidate', 'candidate or office-holder'), ('campaigner', 'non-party campaigner'), ('charity', 'charity'), ('company', 'company'), ('government', 'government or public body'), ('media', 'media'), ('other', 'other')], max_length=12)),
                        ('coded_by', models.CharField(blank=True, max_length=40)),
                        ('suggested', models.CharField(blank=True, choices=[('party', 'party'), ('candidate', 'candidate or office-holder'), ('campaigner', 'non-party campaigner'), ('charity', 'charity'), ('company', 'company'), ('government', 'government or public body'), ('media', 'media'), ('other', 'other')], max_length=12)),
                        ('suggested_by', models.CharField(blank=True, max_length=60)),
                        ('suggested_why', models.CharField(blank=True, max_length=300)),
                        ('party', models.CharField(blank=True, max_length=120)),
                    ],
                    options={
                        'verbose_name_plural': 'entities',
                        'ordering': ['name', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='FetchRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('question', models.JSONField(default=dict)),
                        ('question_key', models.CharField(db_index=True, max_length=64)),
                        ('state', models.CharField(choices=[('running', 'running'), ('waiting', "waiting for the platform's limit"), ('done', 'done'), ('failed', 'failed')], default='running', max_length=10)),
                        ('after', models.TextField(blank=True)),
                        ('pages', models.PositiveIntegerField(default=0)),
                        ('ads', models.PositiveIntegerField(default=0)),
                        ('folder', models.CharField(max_length=300)),
                        ('problem', models.TextField(blank=True)),
                        ('begun_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-begun_at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='RegisterFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=200)),
                        ('layout', models.CharField(max_length=40)),
                        ('sha256', models.CharField(max_length=64, unique=True)),
                        ('file_name', models.CharField(max_length=200)),
                        ('original', models.CharField(max_length=300)),
                        ('path', models.CharField(max_length=300)),
                        ('entries', models.PositiveIntegerField()),
                        ('newest_entry_on', models.DateField(blank=True, null=True)),
                        ('taken_in_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-taken_in_at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='ArchiveAccess',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('token', hustings.platform.encryption.EncryptedTextField()),
                        ('kept_at', models.DateTimeField()),
                        ('kept_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name_plural': 'archive access',
                    },
                ),
                migrations.CreateModel(
                    name='CodingRound',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=160)),
                        ('shows_suggestions', models.BooleanField(default=False)),
                        ('how_drawn', models.CharField(max_length=300)),
                        ('made_at', models.DateTimeField()),
                        ('first_coder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('second_coder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-made_at', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('second_coder', None), models.Q(('second_coder', models.F('first_coder')), _negated=True), _connector='OR'), name='two_coders_are_two_people')],
                    },
                ),
                migrations.CreateModel(
                    name='Coding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(choices=[('party', 'party'), ('candidate', 'candidate or office-holder'), ('campaigner', 'non-party campaigner'), ('charity', 'charity'), ('company', 'company'), ('government', 'government or public body'), ('media', 'media'), ('other', 'other')], max_length=12)),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('coded_at', models.DateTimeField()),
                        ('coder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('round', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='codings', to='adwatch.codinground')),
                        ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codings', to='adwatch.entity')),
                    ],
                    options={
                        'ordering': ['coded_at', 'id'],
                        'indexes': [models.Index(fields=['round', 'entity', 'coder'], name='coding_of')],
                    },
                ),
                migrations.CreateModel(
                    name='CampaignerFinding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('poll_on', models.DateField()),
                        ('period_from', models.DateField()),
                        ('period_until', models.DateField()),
                        ('spend_low_pence', models.BigIntegerField()),
                        ('spend_high_pence', models.BigIntegerField(blank=True, null=True)),
                        ('threshold_pence', models.BigIntegerField()),
                        ('reading', models.CharField(max_length=15)),
                        ('basis', models.JSONField(default=list)),
                        ('entries', models.JSONField(default=list)),
                        ('registers', models.JSONField(default=list)),
                        ('cautions', models.JSONField(default=list)),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('reviewed', 'reviewed'), ('invited', 'invited to reply'), ('published', 'published'), ('dropped', 'dropped')], default='draft', max_length=10)),
                        ('drawn_up_at', models.DateTimeField()),
                        ('reply_by', models.DateField(blank=True, null=True)),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('reply_token', models.CharField(default=hustings.adwatch.models.findings._token, max_length=60, unique=True)),
                        ('drawn_up_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='adwatch.entity')),
                    ],
                    options={
                        'ordering': ['-drawn_up_at', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='published_finding_has_its_moment')],
                    },
                ),
                migrations.CreateModel(
                    name='Advertiser',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=64, unique=True)),
                        ('platform', models.CharField(max_length=10)),
                        ('page_id', models.CharField(db_index=True, max_length=80)),
                        ('page', models.CharField(max_length=300)),
                        ('disclaimer', models.TextField(blank=True)),
                        ('method', models.CharField(max_length=40)),
                        ('evidence', models.CharField(max_length=400)),
                        ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='advertisers', to='adwatch.entity')),
                    ],
                    options={
                        'ordering': ['page', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Adjudication',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(choices=[('party', 'party'), ('candidate', 'candidate or office-holder'), ('campaigner', 'non-party campaigner'), ('charity', 'charity'), ('company', 'company'), ('government', 'government or public body'), ('media', 'media'), ('other', 'other')], max_length=12)),
                        ('reason', models.TextField()),
                        ('decided_at', models.DateTimeField()),
                        ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adjudications', to='adwatch.codinground')),
                        ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adjudications', to='adwatch.entity')),
                    ],
                    options={
                        'ordering': ['decided_at', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='adjudication_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='EntityMove',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.TextField()),
                        ('moved_at', models.DateTimeField()),
                        ('advertiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='adwatch.advertiser')),
                        ('moved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('now', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='adwatch.entity')),
                        ('was', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='adwatch.entity')),
                    ],
                    options={
                        'ordering': ['moved_at', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='FindingStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('review', 'reviewed'), ('invitation', 'invited to reply'), ('reply', 'reply'), ('publication', 'published'), ('drop', 'dropped')], max_length=12)),
                        ('words', models.TextField()),
                        ('signed', models.CharField(blank=True, max_length=160)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='adwatch.campaignerfinding')),
                    ],
                    options={
                        'ordering': ['at', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='finding_step_has_words')],
                    },
                ),
                migrations.CreateModel(
                    name='OwnAd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('platform', models.CharField(choices=[('meta', 'Meta'), ('google', 'Google')], max_length=10, verbose_name='platform')),
                        ('ad_id', models.CharField(blank=True, help_text='The number at the end of its address in the ad library. Leave it empty if you do not know it yet.', max_length=60, verbose_name='id of the ad in the archive')),
                        ('page', models.CharField(max_length=300, verbose_name='page or account it ran under')),
                        ('disclaimer', models.CharField(help_text='“Paid for by …”, without the first words.', max_length=300, verbose_name='disclaimer it should carry')),
                        ('placed_on', models.DateField(verbose_name='ran from')),
                        ('ended_on', models.DateField(blank=True, null=True, verbose_name='ran until')),
                        ('spent_pence', models.BigIntegerField(verbose_name='what we paid')),
                        ('noted_at', models.DateTimeField()),
                        ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clearance.material', verbose_name='material')),
                        ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-placed_on', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('placed_on')), _connector='OR'), name='own_ad_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('spent_pence__gte', 0)), name='own_ad_costs_something')],
                    },
                ),
                migrations.CreateModel(
                    name='RegisterLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('register', models.CharField(choices=[('parties', 'register of political parties'), ('third-parties', 'register of non-party campaigners (third parties)'), ('permitted', 'permitted participants of a referendum'), ('companies', 'register of companies'), ('promoters', 'our own promoters')], max_length=15)),
                        ('number', models.CharField(max_length=40)),
                        ('name', models.CharField(max_length=300)),
                        ('status', models.CharField(blank=True, max_length=60)),
                        ('body', models.CharField(blank=True, max_length=120)),
                        ('registered_on', models.DateField(blank=True, null=True)),
                        ('method', models.CharField(max_length=40)),
                        ('evidence', models.CharField(max_length=400)),
                        ('shows_uk', models.BooleanField(default=False)),
                        ('found_at', models.DateTimeField()),
                        ('rejected_at', models.DateTimeField(blank=True, null=True)),
                        ('rejected_reason', models.TextField(blank=True)),
                        ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='adwatch.entity')),
                        ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='adwatch.registerfile')),
                        ('rejected_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['entity', 'register', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('entity', 'register', 'number'), name='register_link_once')],
                    },
                ),
                migrations.CreateModel(
                    name='RoundItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('place', models.PositiveIntegerField()),
                        ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='adwatch.entity')),
                        ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='adwatch.codinground')),
                    ],
                    options={
                        'ordering': ['round', 'place'],
                        'constraints': [models.UniqueConstraint(fields=('round', 'entity'), name='round_item_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Snapshot',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('platform', models.CharField(choices=[('meta', 'Meta'), ('google', 'Google')], max_length=10)),
                        ('kind', models.CharField(choices=[('totals', 'totals of advertisers'), ('weekly', 'weekly totals of advertisers'), ('ads', 'single ads'), ('places', 'totals of places'), ('series', 'daily totals of parties')], max_length=10)),
                        ('layout', models.CharField(max_length=40)),
                        ('label', models.CharField(max_length=200)),
                        ('sha256', models.CharField(db_index=True, max_length=64)),
                        ('original', models.CharField(max_length=300)),
                        ('folder', models.CharField(max_length=300)),
                        ('covers_from', models.DateField(blank=True, null=True)),
                        ('covers_until', models.DateField(blank=True, null=True)),
                        ('dates_said_by', models.CharField(blank=True, max_length=80)),
                        ('taken_in_at', models.DateTimeField()),
                        ('rows', models.PositiveBigIntegerField()),
                        ('pages', models.PositiveIntegerField()),
                        ('ads', models.PositiveBigIntegerField()),
                        ('spend_low_pence', models.BigIntegerField()),
                        ('spend_high_pence', models.BigIntegerField(blank=True, null=True)),
                        ('open_rows', models.PositiveBigIntegerField(default=0)),
                        ('currency', models.CharField(default='GBP', max_length=3)),
                        ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='platform.importrun')),
                    ],
                    options={
                        'ordering': ['-taken_in_at', '-id'],
                        'constraints': [models.UniqueConstraint(fields=('sha256', 'layout'), name='snapshot_once'), models.CheckConstraint(condition=models.Q(('spend_high_pence', None), ('spend_high_pence__gte', models.F('spend_low_pence')), _connector='OR'), name='snapshot_spend_is_an_interval')],
                    },
                ),
                migrations.CreateModel(
                    name='ArchiveFault',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('disappeared', 'no longer in the archive'), ('fell', 'a total that only grows has fallen'), ('contradiction', 'a total contradicts its ads'), ('no-disclaimer', 'no disclaimer'), ('sometimes-none', 'a disclaimer on some ads of a page, none on others'), ('many-disclaimers', 'one page, several disclaimers'), ('many-pages', 'one disclaimer, several pages'), ('dates', 'impossible dates'), ('duplicates', 'duplicates'), ('currency', 'currency'), ('hidden-signs', 'hidden signs in cells'), ('open-top', 'a band without a top'), ('no-amount', 'no amount')], max_length=20)),
                        ('severity', models.CharField(choices=[('serious', 'serious'), ('minor', 'minor'), ('note', 'note')], max_length=10)),
                        ('subject', models.CharField(blank=True, max_length=300)),
                        ('sentence', models.TextField()),
                        ('evidence', models.JSONField(default=dict)),
                        ('against', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='adwatch.snapshot')),
                        ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='faults', to='adwatch.snapshot')),
                    ],
                    options={
                        'ordering': ['snapshot', 'id'],
                        'indexes': [models.Index(fields=['kind', 'severity'], name='fault_kind')],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name='advertiser',
            name='first_seen_in',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='adwatch.snapshot'),
        ),
    ]

import django.db.models.deletion
import hustings.platform.creating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('elections', '0003_longer_nation_names'),
        ('places', '0002_longer_nation_names'),
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='Campaign',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('candidate', 'candidate'), ('party', 'party'), ('non-party', 'non-party campaigner')], default='candidate', max_length=10, verbose_name='whose books')),
                        ('name', models.CharField(help_text='The candidate, party or campaigner, as on the return.', max_length=200, verbose_name='name')),
                        ('election_type', models.CharField(choices=[('parl', 'UK parliamentary general election'), ('parl-by-election', 'UK parliamentary by-election'), ('local', 'council'), ('parish', 'parish, town or community council'), ('mayor-local', 'mayor of one council'), ('mayor-combined', 'mayor of a combined authority'), ('mayor-london', 'Mayor of London'), ('gla-constituency', 'London Assembly constituency'), ('gla-list', 'London-wide list or independent'), ('pcc', 'police and crime commissioner')], max_length=20, verbose_name='kind of election')),
                        ('area_name', models.CharField(max_length=160, verbose_name='electoral area')),
                        ('nation', models.CharField(choices=[('england', 'England'), ('wales', 'Wales'), ('scotland', 'Scotland'), ('northern-ireland', 'Northern Ireland')], default='england', max_length=20, verbose_name='nation')),
                        ('seat_kind', models.CharField(choices=[('any', 'does not matter here'), ('county', 'county constituency'), ('borough', 'borough (burgh) constituency')], default='any', max_length=10, verbose_name='kind of seat')),
                        ('poll_on', models.DateField(verbose_name='polling day')),
                        ('regulated_from', models.DateField(verbose_name='spending counts from')),
                        ('regulated_until', models.DateField()),
                        ('long_from', models.DateField(blank=True, null=True, verbose_name='long campaign from')),
                        ('parliament_month', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='month of the Parliament in which it was dissolved')),
                        ('electorate', models.PositiveIntegerField(blank=True, help_text='On the register on the last day for publishing the notice of election.', null=True, verbose_name='electors')),
                        ('electorate_source', models.CharField(blank=True, max_length=200, verbose_name='where that figure is from')),
                        ('councils', models.PositiveSmallIntegerField(default=1, verbose_name='constituent councils')),
                        ('seats_contested', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='seats contested')),
                        ('agent_name', models.CharField(max_length=200, verbose_name='agent')),
                        ('agent_address', models.CharField(blank=True, max_length=300, verbose_name="agent's address")),
                        ('candidate_address', models.CharField(blank=True, max_length=300, verbose_name="candidate's address")),
                        ('result_on', models.DateField(blank=True, null=True, verbose_name='result declared on')),
                        ('made_at', models.DateTimeField()),
                        ('agent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('election', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='elections.election', verbose_name='election')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('shares_rooms_with', models.ManyToManyField(blank=True, to='money.campaign')),
                    ],
                    options={
                        'ordering': ['-poll_on', 'name', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('regulated_from__lt', models.F('regulated_until'))), name='campaign_period_is_not_empty'), models.CheckConstraint(condition=models.Q(('long_from', None), ('long_from__lt', models.F('regulated_from')), _connector='OR'), name='long_campaign_comes_first')],
                    },
                ),
                migrations.CreateModel(
                    name='Authority',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('spend', "to incur or pay the campaign's expenses"), ('local', 'to campaign locally above the limit for others (s. 75)')], max_length=10, verbose_name='for what')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('address', models.CharField(blank=True, max_length=300, verbose_name='address')),
                        ('most_pence', models.BigIntegerField(verbose_name='up to')),
                        ('given_on', models.DateField(verbose_name='given on')),
                        ('evidence', models.CharField(max_length=300, verbose_name='where the letter is')),
                        ('ended_on', models.DateField(blank=True, null=True)),
                        ('made_at', models.DateTimeField()),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorities', to='money.campaign')),
                    ],
                    options={
                        'ordering': ['given_on', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('most_pence__gt', 0)), name='authority_is_for_an_amount')],
                    },
                ),
                migrations.CreateModel(
                    name='DeadlineReminder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('task', models.CharField(max_length=40)),
                        ('due_on', models.DateField()),
                        ('days_before', models.SmallIntegerField()),
                        ('at', models.DateTimeField()),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='money.campaign')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('campaign', 'task', 'due_on', 'days_before'), name='one_reminder_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Expense',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_cancelled', models.BooleanField(default=False)),
                        ('correction_reason', models.CharField(blank=True, max_length=300)),
                        ('kind', models.CharField(choices=[('bought', 'bought'), ('notional', 'given free or at a discount (notional)')], default='bought', max_length=10, verbose_name='how you got it')),
                        ('category', models.CharField(choices=[('advertising', 'advertising'), ('unsolicited', 'unsolicited material to electors'), ('transport', 'transport'), ('meetings', 'public meetings'), ('staff', 'agent and other staff'), ('accommodation', 'accommodation'), ('administration', 'administration and overheads'), ('personal', "the candidate's personal expenses")], max_length=20, verbose_name='category')),
                        ('what', models.CharField(max_length=200, verbose_name='what it is')),
                        ('supplier_name', models.CharField(max_length=200, verbose_name='supplier')),
                        ('supplier_address', models.CharField(blank=True, max_length=300, verbose_name="supplier's address")),
                        ('is_supplier_private', models.BooleanField(default=False, verbose_name='the supplier is a private person')),
                        ('amount_pence', models.BigIntegerField(verbose_name='amount with VAT')),
                        ('value_pence', models.BigIntegerField(verbose_name='commercial value with VAT')),
                        ('committed_on', models.DateField(blank=True, null=True, verbose_name='ordered on')),
                        ('first_use_on', models.DateField(blank=True, null=True, verbose_name='first used on')),
                        ('last_use_on', models.DateField(blank=True, null=True, verbose_name='last used on')),
                        ('time_in_period', models.PositiveIntegerField(blank=True, null=True)),
                        ('time_in_all', models.PositiveIntegerField(blank=True, null=True)),
                        ('time_note', models.TextField(blank=True, verbose_name='honest assessment of the time')),
                        ('notional_tests', models.JSONField(blank=True, default=dict)),
                        ('excluded_for', models.CharField(blank=True, choices=[('volunteers', "volunteers' own time"), ('deposit', "the candidate's deposit"), ('press', 'newspaper or broadcast content that is not an advertisement'), ('free-post', 'free post or free rooms provided by law'), ('home', "use of one's own home"), ('own-things', 'own car, telephone or computer, mainly for personal use'), ('disability', 'costs that follow from a disability'), ('security', 'reasonable security of persons, property or data')], max_length=20, verbose_name='does not count because of')),
                        ('incurred_by', models.CharField(choices=[('agent', 'the agent'), ('candidate', 'the candidate'), ('authorised', "somebody with the agent's written authority")], default='agent', max_length=10, verbose_name='ordered by')),
                        ('source', models.CharField(blank=True, db_index=True, max_length=80)),
                        ('made_at', models.DateTimeField()),
                        ('authority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='expenses', to='money.authority')),
                        ('first', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='money.expense')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='money.expense')),
                    ],
                    options={
                        'ordering': ['made_at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount_pence__gte', 0), ('value_pence__gte', models.F('amount_pence'))), name='expense_amounts_make_sense'), models.CheckConstraint(condition=models.Q(('first_use_on', None), ('last_use_on', None), ('first_use_on__lte', models.F('last_use_on')), _connector='OR'), name='expense_use_ends_after_it_began'), models.CheckConstraint(condition=models.Q(models.Q(('time_in_all', None), ('time_in_period', None)), models.Q(('time_in_all__gt', 0), ('time_in_period__lte', models.F('time_in_all'))), _connector='OR'), name='expense_time_is_a_part'), models.CheckConstraint(condition=models.Q(('replaces', None), models.Q(('correction_reason', ''), _negated=True), _connector='OR'), name='correction_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Evidence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120)),
                        ('media_type', models.CharField(max_length=80)),
                        ('content', models.BinaryField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('made_at', models.DateTimeField()),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('expense', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='money.expense')),
                    ],
                    options={
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='ClaimEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('invoiced', 'invoice received'), ('paid', 'paid'), ('disputed', 'disputed'), ('settled', 'dispute settled')], max_length=10, verbose_name='what happened')),
                        ('on', models.DateField(verbose_name='on')),
                        ('amount_pence', models.BigIntegerField(verbose_name='amount')),
                        ('payer', models.CharField(choices=[('agent', 'the agent'), ('candidate', 'the candidate'), ('authorised', "somebody with the agent's written authority")], default='agent', max_length=10, verbose_name='paid by')),
                        ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                        ('made_at', models.DateTimeField()),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('expense', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claim_events', to='money.expense')),
                    ],
                    options={
                        'ordering': ['on', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount_pence__gte', 0)), name='claim_amount_not_negative'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'disputed'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='dispute_has_a_note')],
                    },
                ),
                migrations.CreateModel(
                    name='ExpenseShare',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('share_pence', models.BigIntegerField()),
                        ('steps', models.JSONField(blank=True, default=list)),
                        ('assessment', models.TextField(blank=True)),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='money.campaign')),
                        ('expense', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='money.expense')),
                    ],
                    options={
                        'ordering': ['expense', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('expense', 'campaign'), name='one_share_per_campaign'), models.CheckConstraint(condition=models.Q(('share_pence__gte', 0)), name='share_not_negative'), models.CheckConstraint(condition=models.Q(('steps', []), models.Q(('assessment', ''), _negated=True), _connector='OR'), name='split_share_has_an_assessment')],
                    },
                ),
                migrations.CreateModel(
                    name='LimitRecord',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('period', models.CharField(choices=[('regulated', 'regulated period'), ('long', 'long campaign')], default='regulated', max_length=10)),
                        ('question', models.JSONField(default=dict)),
                        ('limit_pence', models.BigIntegerField()),
                        ('formula', models.CharField(max_length=300)),
                        ('entries', models.JSONField(default=list)),
                        ('status', models.CharField(max_length=10)),
                        ('warnings', models.JSONField(default=list)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('campaign', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='limits', to='money.campaign')),
                    ],
                    options={
                        'ordering': ['at', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Return',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveSmallIntegerField()),
                        ('correction_reason', models.CharField(blank=True, max_length=300)),
                        ('content', models.TextField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('total_pence', models.BigIntegerField()),
                        ('frozen_at', models.DateTimeField()),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='money.campaign')),
                        ('frozen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['campaign', 'version'],
                        'constraints': [models.UniqueConstraint(fields=('campaign', 'version'), name='one_return_per_version'), models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('correction_reason', ''), _negated=True), _connector='OR'), name='corrected_return_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='ReturnDocument',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('return', 'return'), ('agent-declaration', "agent's declaration"), ('candidate-declaration', "candidate's declaration"), ('inspection', 'inspection copy'), ('spreadsheet', 'spreadsheet')], max_length=25)),
                        ('media_type', models.CharField(max_length=100)),
                        ('content', models.BinaryField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='money.return')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('of', 'kind'), name='one_document_of_a_kind')],
                    },
                ),
                migrations.CreateModel(
                    name='ReturnStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('agent-signed', 'the agent signed'), ('candidate-signed', 'the candidate signed'), ('delivered', 'delivered to the returning officer')], max_length=20, verbose_name='what happened')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('on', models.DateField(verbose_name='on')),
                        ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='money.return')),
                    ],
                    options={
                        'ordering': ['on', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('of', 'kind'), name='one_step_of_a_kind')],
                    },
                ),
                migrations.CreateModel(
                    name='SpendingOverride',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('would_be_pence', models.BigIntegerField()),
                        ('source', models.CharField(blank=True, max_length=80)),
                        ('reason', models.TextField()),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='money.campaign')),
                        ('expense', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='money.expense')),
                        ('limit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='money.limitrecord')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='spending_override_has_a_reason')],
                    },
                ),
            ],
        ),
    ]

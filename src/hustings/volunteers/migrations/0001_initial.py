import django.db.models.deletion
import hustings.platform.creating
import hustings.platform.encryption
import hustings.platform.kept_tables
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('people', '0005_kept_for_audiences'),
        ('places', '0002_longer_nation_names'),
    ]

    operations = [
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='Joining',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('token_hash', models.CharField(max_length=64, unique=True)),
                        ('given_name', models.CharField(max_length=80)),
                        ('family_name', models.CharField(max_length=80)),
                        ('email', models.CharField(max_length=254)),
                        ('canonical_email', models.CharField(db_index=True, max_length=254)),
                        ('postcode', models.CharField(max_length=8)),
                        ('phone', models.CharField(blank=True, max_length=20)),
                        ('language', models.CharField(default='en-gb', max_length=5)),
                        ('is_adult', models.BooleanField(default=False)),
                        ('wishes', models.JSONField(blank=True, default=dict)),
                        ('asked_at', models.DateTimeField(db_index=True)),
                    ],
                    options={
                        'ordering': ['asked_at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='ConductRules',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveSmallIntegerField(unique=True)),
                        ('text', models.TextField()),
                        ('made_at', models.DateTimeField()),
                        ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-version'],
                    },
                ),
                migrations.CreateModel(
                    name='Course',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(max_length=60, unique=True)),
                        ('title', models.CharField(max_length=120)),
                        ('summary', models.TextField(blank=True)),
                        ('minutes', models.PositiveSmallIntegerField(default=60)),
                        ('valid_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('pass_percent', models.PositiveSmallIntegerField(default=75)),
                        ('position', models.PositiveSmallIntegerField(default=100)),
                        ('is_published', models.BooleanField(default=False)),
                        ('text', models.TextField()),
                        ('version', models.PositiveSmallIntegerField(default=1)),
                        ('changed_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['position', 'title', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('pass_percent__lte', 100)), name='course_pass_is_a_share')],
                    },
                ),
                migrations.CreateModel(
                    name='Event',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('slug', models.SlugField(max_length=100, unique=True)),
                        ('kind', models.CharField(choices=[('canvass', 'canvass session'), ('phone_bank', 'phone bank'), ('leaflets', 'leaflet round'), ('stall', 'street stall'), ('training', 'training'), ('polling_day', 'polling day'), ('meeting', 'meeting'), ('social', 'social')], max_length=12)),
                        ('title', models.CharField(max_length=120)),
                        ('about', models.TextField(blank=True)),
                        ('place', models.CharField(blank=True, max_length=160)),
                        ('postcode', models.CharField(blank=True, max_length=8)),
                        ('latitude', models.FloatField(blank=True, null=True)),
                        ('longitude', models.FloatField(blank=True, null=True)),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('bring', models.TextField(blank=True)),
                        ('access', models.TextField(blank=True)),
                        ('food', models.CharField(choices=[('none', 'none'), ('helpers', 'refreshments for those who help'), ('everybody', 'for whoever comes')], default='none', max_length=10)),
                        ('food_purpose', models.CharField(blank=True, max_length=200)),
                        ('is_paid', models.BooleanField(default=False)),
                        ('payment_note', models.CharField(blank=True, max_length=200)),
                        ('is_adults_only', models.BooleanField(default=False)),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('open', 'open'), ('cancelled', 'cancelled')], default='draft', max_length=10)),
                        ('cancel_reason', models.CharField(blank=True, max_length=200)),
                        ('remind_hours', models.PositiveSmallIntegerField(default=24)),
                        ('follow_up', models.TextField(blank=True)),
                        ('followed_up_at', models.DateTimeField(blank=True, null=True)),
                        ('changes', models.PositiveSmallIntegerField(default=0)),
                        ('made_at', models.DateTimeField()),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('required_course', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.course')),
                    ],
                    options={
                        'ordering': ['starts_at', 'pk'],
                        'indexes': [models.Index(fields=['state', 'starts_at'], name='events_to_come'), models.Index(fields=['area', 'starts_at'], name='events_of_area')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='event_ends_later')],
                    },
                ),
                migrations.CreateModel(
                    name='CarShare',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('side', models.CharField(choices=[('offers', 'offers seats'), ('wants', 'wants a seat')], max_length=6)),
                        ('outward', models.CharField(max_length=4)),
                        ('seats', models.PositiveSmallIntegerField(default=1)),
                        ('note', models.CharField(blank=True, max_length=200)),
                        ('made_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='car_shares', to='volunteers.event')),
                    ],
                    options={
                        'ordering': ['made_at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Group',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(max_length=80, unique=True)),
                        ('number', models.PositiveSmallIntegerField(default=1)),
                        ('name', models.CharField(max_length=120)),
                        ('kind', models.CharField(choices=[('whatsapp', 'WhatsApp'), ('signal', 'Signal'), ('telegram', 'Telegram'), ('email_list', 'email list'), ('other', 'another service')], max_length=12)),
                        ('summary', models.TextField(blank=True)),
                        ('capacity', models.PositiveIntegerField()),
                        ('is_adults_only', models.BooleanField(default=False)),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('spare', 'spare, opens when the others are full'), ('open', 'open'), ('closed', 'closed')], default='draft', max_length=8)),
                        ('link', hustings.platform.encryption.EncryptedTextField(blank=True)),
                        ('link_version', models.PositiveIntegerField(default=0)),
                        ('link_changed_at', models.DateTimeField(blank=True, null=True)),
                        ('link_hours', models.PositiveSmallIntegerField(default=24)),
                        ('made_at', models.DateTimeField()),
                        ('opened_at', models.DateTimeField(blank=True, null=True)),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('family', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='relatives', to='volunteers.group')),
                        ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('required_course', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.course')),
                    ],
                    options={
                        'ordering': ['name', 'number', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('family', 'number'), name='group_number_once'), models.CheckConstraint(condition=models.Q(('capacity__gte', 2)), name='group_holds_two')],
                    },
                ),
                migrations.CreateModel(
                    name='Lesson',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('title', models.CharField(max_length=120)),
                        ('body', models.TextField()),
                        ('video_url', models.CharField(blank=True, max_length=300)),
                        ('minutes', models.PositiveSmallIntegerField(default=10)),
                        ('questions', models.JSONField(blank=True, default=list)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lessons', to='volunteers.course')),
                    ],
                    options={
                        'ordering': ['course', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('course', 'number'), name='lesson_number_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Lift',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('proposed_at', models.DateTimeField()),
                        ('driver_agreed_at', models.DateTimeField(blank=True, null=True)),
                        ('rider_agreed_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lifts_given', to='volunteers.carshare')),
                        ('want', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lifts_taken', to='volunteers.carshare')),
                    ],
                    options={
                        'ordering': ['proposed_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('want',), name='one_lift_at_a_time'), models.UniqueConstraint(fields=('offer', 'want'), name='lift_proposed_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('asked_at', models.DateTimeField()),
                        ('joined_at', models.DateTimeField(blank=True, null=True)),
                        ('left_at', models.DateTimeField(blank=True, null=True)),
                        ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='family_memberships', to='volunteers.group')),
                        ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='volunteers.group')),
                    ],
                    options={
                        'ordering': ['asked_at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='LinkRelease',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('link_version', models.PositiveIntegerField()),
                        ('purpose', models.CharField(choices=[('join', 'to join'), ('return', 'to join again'), ('rotated', 'because the link changed')], max_length=8)),
                        ('released_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('opened_at', models.DateTimeField(blank=True, null=True)),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='volunteers.group')),
                        ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='volunteers.membership')),
                    ],
                    options={
                        'ordering': ['-released_at', '-pk'],
                        'indexes': [models.Index(fields=['group', 'released_at'], name='releases_of_group')],
                    },
                ),
                migrations.CreateModel(
                    name='Shift',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('task', models.CharField(choices=[('canvasser', 'talking to people at the door'), ('board_runner', 'keeping the canvass sheet'), ('caller', 'telephoning'), ('deliverer', 'delivering leaflets'), ('stall_helper', 'helping at the stall'), ('number_taker', 'taking numbers outside a polling place'), ('driver', 'driving people who asked for a lift'), ('office', 'helping in the office'), ('steward', 'stewarding'), ('listener', 'looking after people'), ('learner', 'taking part')], max_length=12)),
                        ('name', models.CharField(blank=True, max_length=80)),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('capacity', models.PositiveSmallIntegerField()),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shifts', to='volunteers.event')),
                        ('required_course', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.course')),
                    ],
                    options={
                        'ordering': ['starts_at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='shift_ends_later'), models.CheckConstraint(condition=models.Q(('capacity__gte', 1)), name='shift_wants_somebody')],
                    },
                ),
                migrations.CreateModel(
                    name='Volunteer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('postcode', models.CharField(blank=True, db_index=True, max_length=8)),
                        ('latitude', models.FloatField(blank=True, null=True)),
                        ('longitude', models.FloatField(blank=True, null=True)),
                        ('weekly_limit_minutes', models.PositiveIntegerField(blank=True, null=True)),
                        ('free_times', models.JSONField(blank=True, default=list)),
                        ('adult_confirmed_at', models.DateTimeField(blank=True, null=True)),
                        ('conduct_accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('conduct_version', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('calendar_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                        ('joined_at', models.DateTimeField()),
                        ('left_at', models.DateTimeField(blank=True, null=True)),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='volunteer', to='people.person')),
                        ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='volunteer', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['joined_at', 'pk'],
                        'indexes': [models.Index(fields=['area', 'left_at'], name='volunteer_of_area'), models.Index(fields=['latitude', 'longitude'], name='volunteer_near')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('conduct_accepted_at', None), ('conduct_version', None)), models.Q(('conduct_accepted_at__isnull', False), ('conduct_version__isnull', False)), _connector='OR'), name='conduct_has_a_version')],
                    },
                ),
                migrations.CreateModel(
                    name='Report',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('kind', models.CharField(choices=[('danger', 'somebody is not safe'), ('harassment', 'harassment, threats or insults'), ('rules', 'somebody breaks the conduct rules or the law'), ('data', 'personal data went where it should not'), ('wrong', 'something here is wrong or misleading'), ('other', 'something else')], max_length=12)),
                        ('subject', models.CharField(blank=True, max_length=60)),
                        ('subject_label', models.CharField(blank=True, max_length=200)),
                        ('subject_url', models.CharField(blank=True, max_length=300)),
                        ('details', hustings.platform.encryption.EncryptedTextField()),
                        ('reply_to', hustings.platform.encryption.EncryptedTextField(blank=True)),
                        ('state', models.CharField(choices=[('new', 'new'), ('taken', 'being looked at'), ('answered', 'answered')], default='new', max_length=10)),
                        ('at', models.DateTimeField()),
                        ('taken_at', models.DateTimeField(blank=True, null=True)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('answer', hustings.platform.encryption.EncryptedTextField(blank=True)),
                        ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                        ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reporter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to='volunteers.volunteer')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'indexes': [models.Index(fields=['state', 'area', 'at'], name='report_queue')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state', 'answered'), _negated=True), ('answered_at', None)), models.Q(('answered_at__isnull', False), ('state', 'answered')), _connector='OR'), name='answered_report_has_a_moment')],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name='membership',
            name='volunteer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='volunteers.volunteer'),
        ),
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='LessonDone',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('right', models.PositiveSmallIntegerField(default=0)),
                        ('asked', models.PositiveSmallIntegerField(default=0)),
                        ('at', models.DateTimeField()),
                        ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='done', to='volunteers.lesson')),
                        ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lessons_done', to='volunteers.volunteer')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('volunteer', 'lesson'), name='lesson_done_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ConductAcceptance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('rules', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='volunteers.conductrules')),
                        ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acceptances', to='volunteers.volunteer')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('volunteer', 'rules'), name='conduct_accepted_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Completion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('course_version', models.PositiveSmallIntegerField(default=1)),
                        ('completed_at', models.DateTimeField()),
                        ('expires_on', models.DateField(blank=True, null=True)),
                        ('reminded_at', models.DateTimeField(blank=True, null=True)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='completions', to='volunteers.course')),
                        ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='completions', to='volunteers.volunteer')),
                    ],
                    options={
                        'ordering': ['completed_at', 'pk'],
                        'indexes': [models.Index(fields=['volunteer', 'course', 'expires_on'], name='completion_of_course')],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name='carshare',
            name='volunteer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='car_shares', to='volunteers.volunteer'),
        ),
        hustings.platform.creating.CreateModels(
            creating=[
                migrations.CreateModel(
                    name='Booking',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('state', models.CharField(choices=[('proposed', 'proposed'), ('booked', 'booked'), ('waiting', 'on the waiting list'), ('cancelled', 'cancelled'), ('declined', 'declined')], max_length=10)),
                        ('asked_at', models.DateTimeField()),
                        ('booked_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('reminded_at', models.DateTimeField(blank=True, null=True)),
                        ('attended', models.BooleanField(blank=True, null=True)),
                        ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('shift', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='volunteers.shift')),
                        ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bookings', to='volunteers.volunteer')),
                    ],
                    options={
                        'ordering': ['asked_at', 'pk'],
                        'indexes': [models.Index(fields=['shift', 'state'], name='bookings_of_shift'), models.Index(fields=['volunteer', 'state'], name='bookings_of_volunteer')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'booked', 'waiting'])), fields=('shift', 'volunteer'), name='one_booking_of_a_shift')],
                    },
                ),
                migrations.CreateModel(
                    name='WayIn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('token_hash', models.CharField(max_length=64, unique=True)),
                        ('asked_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('used_at', models.DateTimeField(blank=True, null=True)),
                        ('leads_to', models.CharField(blank=True, max_length=200)),
                        ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ways_in', to='volunteers.volunteer')),
                    ],
                    options={
                        'ordering': ['-asked_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('asked_at__lt', models.F('expires_at'))), name='way_in_ends')],
                    },
                ),
            ],
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['group', 'left_at'], name='members_of_group'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('volunteer', 'family'), name='one_group_of_a_family'),
        ),
        migrations.AddConstraint(
            model_name='carshare',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('event', 'volunteer'), name='one_car_share_of_an_event'),
        ),
        migrations.AddConstraint(
            model_name='carshare',
            constraint=models.CheckConstraint(condition=models.Q(('seats__gte', 1), ('seats__lte', 8)), name='car_has_seats'),
        ),
        hustings.platform.kept_tables.KeepTable(
            model_name='linkrelease',
            may_change=('opened_at',),
            may_be_emptied=(),
        ),
        hustings.platform.kept_tables.KeepTable(
            model_name='conductrules',
            may_change=('made_by',),
            may_be_emptied=(),
        ),
    ]

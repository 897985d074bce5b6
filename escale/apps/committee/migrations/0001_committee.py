"""The committee: members, meetings, invitations, proposals."""

import django.db.models.deletion
import django.utils.timezone
import escale.apps.committee.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('conventions', '0002_papers_and_elections'),
        ('territory', '0006_neighbours'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='date')),
                ('hour', models.TimeField(verbose_name='heure')),
                ('place', models.CharField(max_length=200, verbose_name='lieu')),
                ('state', models.CharField(default='planned', max_length=10, verbose_name='état')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='motif de l’annulation')),
                ('agenda', models.TextField(blank=True, verbose_name='ordre du jour')),
                ('decisions', models.TextField(blank=True, verbose_name='ce que nous décidons')),
                ('costs', models.TextField(blank=True, verbose_name='ce que cela coûte en argent')),
                ('minutes', models.TextField(blank=True, verbose_name='compte rendu')),
                ('convened_at', models.DateTimeField(blank=True, null=True, verbose_name='convoquée le')),
                ('epci', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='committee_meetings', to='territory.epci')),
            ],
            options={
                'verbose_name': 'réunion du comité',
                'verbose_name_plural': 'réunions du comité',
                'ordering': ('-date', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', models.DateField(blank=True, null=True, verbose_name='du')),
                ('ends', models.DateField(blank=True, null=True, verbose_name='au')),
                ('first_name', models.CharField(max_length=60, verbose_name='prénom')),
                ('last_name', models.CharField(max_length=60, verbose_name='nom')),
                ('function', models.CharField(max_length=120, verbose_name='fonction')),
                ('email', models.EmailField(max_length=254, verbose_name='adresse électronique')),
                ('commune', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='committee_members', to='territory.commune')),
                ('epci', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='committee_members', to='territory.epci')),
            ],
            options={
                'verbose_name': 'membre du comité',
                'verbose_name_plural': 'membres du comité',
                'ordering': ('commune__sort_key', 'last_name', 'pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=escale.apps.committee.models.new_key, max_length=40, unique=True, verbose_name='clé')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='envoyée le')),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='ouverte le')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='révoquée le')),
                ('presence', models.CharField(blank=True, max_length=12, verbose_name='présence')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='committee.meeting')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='committee.member')),
            ],
            options={
                'verbose_name': 'invitation au comité',
                'verbose_name_plural': 'invitations au comité',
                'ordering': ('member__commune__sort_key', 'member__last_name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='numéro')),
                ('words', models.CharField(max_length=400, verbose_name='proposition')),
                ('fate', models.CharField(default='proposed', max_length=10, verbose_name='suite')),
                ('reason', models.CharField(blank=True, max_length=400, verbose_name='motif')),
                ('proposed_on', models.DateField(verbose_name='proposée le')),
                ('settled_on', models.DateField(blank=True, null=True, verbose_name='suite donnée le')),
                ('avenant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='conventions.avenant')),
                ('commune', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='committee_proposals', to='territory.commune')),
                ('epci', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='committee_proposals', to='territory.epci')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='committee.meeting')),
            ],
            options={
                'verbose_name': 'proposition du comité',
                'verbose_name_plural': 'propositions du comité',
                'ordering': ('-number',),
            },
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), models.Q(('reason', ''), _negated=True)), models.Q(('reason', ''), ('state__in', ('planned', 'held'))), _connector='OR'), name='committee_meeting_state'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('minutes', ''), ('state', 'held'), _connector='OR'), name='committee_minutes_follow'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('planned', 'held'))), fields=('epci', 'date'), name='one_committee_meeting_a_day', violation_error_message='Une réunion est déjà prévue ce jour-là.'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('starts__isnull', True), ('ends__isnull', True), ('starts__lte', models.F('ends')), _connector='OR'), name='committee_member_dates', violation_error_message='La fin est avant le début ; corriger l’une des deux dates.'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_name', ''), _negated=True), models.Q(('last_name', ''), _negated=True), models.Q(('email', ''), _negated=True), models.Q(('function', ''), _negated=True)), name='committee_member_is_named'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(condition=models.Q(('ends__isnull', True)), fields=('epci', 'email'), name='one_seat_of_an_address', violation_error_message='Cette adresse est déjà celle d’un membre en cours ; clore d’abord son mandat.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(fields=('meeting', 'member'), name='one_invitation_of_a_member'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('presence__in', ['', 'present', 'represented', 'excused', 'absent'])), name='committee_presence_is_known'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(fields=('epci', 'number'), name='one_committee_proposal_a_number'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('avenant__isnull', True), ('fate', 'proposed'), ('reason', ''), ('settled_on__isnull', True)), models.Q(('avenant__isnull', True), ('fate', 'retained'), ('settled_on__isnull', False)), models.Q(('avenant__isnull', True), ('fate', 'rejected'), ('settled_on__isnull', False), models.Q(('reason', ''), _negated=True)), models.Q(('avenant__isnull', False), ('fate', 'avenant'), ('settled_on__isnull', False)), _connector='OR'), name='committee_proposal_fate'),
        ),
    ]

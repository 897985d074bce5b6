"""A proposal has several communes, the clauses that it touches and several avenants; what was written before follows next."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('committee', '0001_committee'),
        ('conventions', '0002_papers_and_elections'),
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='proposal', name='committee_proposal_fate'),
        migrations.AddField(
            model_name='proposal',
            name='communes',
            field=models.ManyToManyField(blank=True, related_name='committee_proposals', to='territory.commune'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='observation',
            field=models.CharField(blank=True, default='', max_length=400, verbose_name='constat'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='proposal',
            name='commune',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.commune'),
        ),
        migrations.AlterField(
            model_name='proposal',
            name='avenant',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conventions.avenant'),
        ),
        migrations.CreateModel(
            name='ProposalClause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.CharField(max_length=20, verbose_name='article')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='paramètre')),
                ('new', models.JSONField(blank=True, null=True, verbose_name='nouvelle valeur')),
                ('wording', models.TextField(blank=True, verbose_name='nouvelle rédaction de l’article')),
                ('commune', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.commune')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='committee.proposal')),
            ],
            options={
                'verbose_name': 'clause proposée',
                'ordering': ('article', 'name', 'commune__sort_key', 'pk'),
                'constraints': [
                    models.UniqueConstraint(condition=Q(('commune__isnull', True)), fields=('proposal', 'article', 'name'), name='one_proposed_change_of_a_clause'),
                    models.UniqueConstraint(fields=('proposal', 'article', 'name', 'commune'), name='one_proposed_change_of_a_clause_and_commune'),
                    models.CheckConstraint(condition=Q(Q(('article', ''), _negated=True), Q(Q(('name', ''), _negated=True), Q(('wording', ''), _negated=True), _connector='OR')), name='proposed_clause_changes_something'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ProposedAvenant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('avenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='conventions.avenant')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='committee.proposal')),
            ],
            options={
                'verbose_name': 'avenant d’une proposition',
                'ordering': ('avenant__convention__commune__sort_key', 'avenant__number'),
                'constraints': [models.UniqueConstraint(fields=('proposal', 'avenant'), name='one_link_of_an_avenant')],
            },
        ),
    ]

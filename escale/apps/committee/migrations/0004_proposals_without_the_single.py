"""Take away the one commune and the one avenant of a proposal, carried over before, and say what a fate demands."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [('committee', '0003_carry_proposals_over')]

    operations = [
        migrations.RemoveField(model_name='proposal', name='commune'),
        migrations.RemoveField(model_name='proposal', name='avenant'),
        migrations.AddField(
            model_name='proposal',
            name='avenants',
            field=models.ManyToManyField(related_name='proposals', through='committee.ProposedAvenant', to='conventions.avenant'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=Q(('words', ''), _negated=True), name='committee_proposal_has_words'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=Q(Q(('fate', 'proposed'), ('reason', ''), ('settled_on__isnull', True)), Q(('fate__in', ['retained', 'avenant']), ('settled_on__isnull', False)), Q(('fate', 'rejected'), ('settled_on__isnull', False), Q(('reason', ''), _negated=True)), _connector='OR'), name='committee_proposal_fate'),
        ),
    ]

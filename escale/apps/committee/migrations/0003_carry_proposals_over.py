"""Carry the one commune and the one avenant of each proposal over to the tables that hold several; and back.

Alone in its transaction: PostgreSQL alters no table whose new rows wait for the check of their keys.
"""

from django.db import migrations


def carry_over(apps, schema_editor):
    """Give each proposal its commune and its avenant as one of several."""
    Proposal = apps.get_model('committee', 'Proposal')
    ProposedAvenant = apps.get_model('committee', 'ProposedAvenant')
    for row in Proposal.objects.exclude(commune=None):
        row.communes.add(row.commune_id)
    for row in Proposal.objects.exclude(avenant=None):
        ProposedAvenant.objects.create(proposal=row, avenant_id=row.avenant_id)


def carry_back(apps, schema_editor):
    """Give each proposal the only commune and the first avenant that it has."""
    Proposal = apps.get_model('committee', 'Proposal')
    for row in Proposal.objects.prefetch_related('communes', 'links'):
        communes, links = list(row.communes.all()), list(row.links.all())
        row.commune = communes[0] if len(communes) == 1 else None
        row.avenant_id = links[0].avenant_id if links and row.fate == 'avenant' else None
        row.save(update_fields=['commune', 'avenant'])


class Migration(migrations.Migration):

    dependencies = [('committee', '0002_proposals_of_several')]

    operations = [migrations.RunPython(carry_over, carry_back)]

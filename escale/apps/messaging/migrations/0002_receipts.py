from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("messaging", "0001_initial"),
    ]

    operations = [
        migrations.AddField("message", "channel", models.CharField(default="email", max_length=5, verbose_name="par")),
        migrations.AlterField("message", "to", models.CharField(blank=True, max_length=254, verbose_name="destinataire")),
        migrations.AlterField("message", "subject", models.CharField(blank=True, max_length=200, verbose_name="objet")),
        migrations.AddField("message", "once", models.CharField(blank=True, default="", max_length=80, verbose_name="clé"), preserve_default=False),
        migrations.AddField("message", "not_after", models.DateTimeField(blank=True, null=True, verbose_name="inutile après")),
        migrations.AddField(
            "message",
            "provider_id",
            models.CharField(blank=True, default="", max_length=120, verbose_name="nom chez le prestataire"),
            preserve_default=False,
        ),
        migrations.AddField("message", "is_anonymous", models.BooleanField(default=False, verbose_name="destinataire effacé")),
        migrations.RemoveConstraint("message", "message_state_is_known"),
        migrations.AddConstraint(
            "message",
            models.CheckConstraint(
                condition=models.Q(("state__in", ["queued", "sent", "failed", "dropped"])), name="message_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            "message",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "email"), models.Q(("subject", ""), _negated=True)),
                    models.Q(("channel", "sms"), ("subject", "")),
                    _connector="OR",
                ),
                name="message_channel",
            ),
        ),
        migrations.AddConstraint(
            "message",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_anonymous", False), models.Q(("to", ""), _negated=True)),
                    models.Q(
                        ("body", ""), ("error", ""), ("is_anonymous", True), ("provider_id", ""), ("to", ""),
                        models.Q(("state", "queued"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="message_receiver",
            ),
        ),
        migrations.AddConstraint(
            "message",
            models.UniqueConstraint(
                condition=models.Q(("once", ""), _negated=True), fields=("epci", "once"), name="one_message_of_a_kind"
            ),
        ),
        migrations.AddIndex("message", models.Index(fields=["epci", "about"], name="message_about")),
    ]

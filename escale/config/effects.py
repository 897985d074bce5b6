"""What follows from each event, in one table: functions of its transaction (Within) and tasks after it (After)."""

from __future__ import annotations

from escale.apps.accounts.invitations import invite
from escale.apps.activity.following import record_the_workshop
from escale.apps.activity.tasks import go_on_with_coop_import
from escale.apps.audit.effects import After, Table, Within
from escale.apps.booking.following import follow_the_room, follow_the_visits
from escale.apps.booking.notices import note_told, note_untold
from escale.apps.conventions.following import begin_taking_part, follow_the_avenant, follow_the_end
from escale.apps.conventions.tasks import make_requested_documents
from escale.apps.messaging.tasks import deliver
from escale.apps.schedule.actions.drafting import draft_finished_run
from escale.apps.schedule.guarding import refuse_outside
from escale.apps.schedule.question_tasks import answer_question
from escale.apps.schedule.tasks import perform_requested_run
from escale.apps.workshops.messages import note_unsent, write_the_cancellation, write_the_change, write_to_the_promoted
from escale.config.demonstration.tours import publish_improved
from escale.web.reports.tasks import make_requested_reports
from escale.web.takeaway.tasks import make_requested_posters

EFFECTS: Table = {
    "accounts.user_created": (After(task=invite),),
    "activity.coop_work_asked": (After(task=go_on_with_coop_import),),
    "conventions.avenant_notified": (Within(function=follow_the_avenant),),
    "conventions.end_changed": (Within(function=follow_the_end),),
    "conventions.notified": (Within(function=begin_taking_part),),
    "documents.batch_requested": (
        After(task=make_requested_documents),
        After(task=make_requested_posters),
        After(task=make_requested_reports),
    ),
    "messaging.message_failed": (Within(function=note_untold), Within(function=note_unsent)),
    "messaging.message_queued": (After(task=deliver),),
    "messaging.message_sent": (Within(function=note_told),),
    "schedule.question_asked": (After(task=answer_question),),
    "schedule.run_finished": (Within(function=draft_finished_run), After(task=publish_improved)),
    "schedule.run_requested": (After(task=perform_requested_run),),
    "visits.cancelled": (Within(function=follow_the_visits),),
    "visits.handed_over": (Within(function=follow_the_visits),),
    "visits.made_up": (Within(function=refuse_outside), Within(function=follow_the_visits)),
    "visits.moved": (Within(function=refuse_outside), Within(function=follow_the_visits)),
    "visits.refused": (Within(function=follow_the_visits),),
    "visits.room_changed": (Within(function=follow_the_room),),
    "visits.settled": (Within(function=follow_the_visits),),
    "visits.waived": (Within(function=follow_the_visits),),
    "workshops.cancelled": (Within(function=write_the_cancellation),),
    "workshops.held": (Within(function=record_the_workshop),),
    "workshops.moved": (Within(function=write_the_change),),
    "workshops.promoted": (Within(function=write_to_the_promoted),),
}

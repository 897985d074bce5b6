"""What is due: each minute, and once each civil day. Domains add their functions here; each is safe to run twice."""

from __future__ import annotations

import datetime as dt

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from escale.apps.accounts.actions import forget_desk_links
from escale.apps.activity.actions import forget_device_notes, forget_links, refresh_figures
from escale.apps.audit.actions import purge_entries
from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.actions import forget_contacts, forget_people, pass_on_offers, transmit_what_waits
from escale.apps.booking.actions.rights import purge_rights_register
from escale.apps.booking.notices import remind_people, tell_what_waits
from escale.apps.booking.quotas import forget_quotas
from escale.apps.documents.batches import clear_archives, give_up_lost_batches
from escale.apps.messaging.actions import forget_receivers
from escale.apps.obligations.actions import remind_all
from escale.apps.schedule.actions.answering import give_up_lost_questions
from escale.apps.schedule.actions.performing import give_up_lost_runs
from escale.apps.territory.clock import today
from escale.apps.urgencies.actions import forget_callers, pass_on_unanswered
from escale.apps.workshops import reminding as of_workshops
from escale.apps.workshops.actions import forgetting as workshops
from escale.config import tasks, workers
from escale.config.rounds import Work, run_each

TASK_DAYS = 30
"""How long the result of a task is kept."""


def put_back_lost_tasks(_now: dt.datetime) -> None:
    """Put back the tasks of dead workers; their silence is read on the real clock, whatever day this is run for."""
    workers.put_back_lost_tasks()


def close_lost_runs(_now: dt.datetime) -> None:
    """Fail the searches whose workers died too often: whoever waits for one is told."""
    give_up_lost_runs(actor=SYSTEM)


def close_lost_questions(_now: dt.datetime) -> None:
    """Fail the questions that nobody answers any more: whoever waits may ask again."""
    give_up_lost_questions(actor=SYSTEM)


def close_lost_batches(_now: dt.datetime) -> None:
    """Fail the batches of documents whose workers died too often: another one may be asked for."""
    give_up_lost_batches(actor=SYSTEM)


def purge_audit(now: dt.datetime) -> None:
    """Delete the audit entries that are past their retention."""
    purge_entries(actor=SYSTEM, on=now.date())


def clear_desk_links(now: dt.datetime) -> None:
    """Forget the links that let no front desk in any more."""
    forget_desk_links(actor=SYSTEM, now=now)


def clear_sessions(_now: dt.datetime) -> None:
    """Delete the sessions that are over."""
    SessionStore.clear_expired()


def clear_batch_archives(now: dt.datetime) -> None:
    """Forget the archives of documents whose days are over."""
    clear_archives(actor=SYSTEM, now=now)


def prune_tasks(now: dt.datetime) -> None:
    """Delete the results of tasks that nobody will ask for."""
    DBTaskResult.objects.finished().filter(finished_at__lt=now - dt.timedelta(days=TASK_DAYS)).delete()


def remind(now: dt.datetime) -> None:
    """Remind those who run the conventions of what waits, once of each thing."""
    remind_all(actor=SYSTEM, now=now)


def transmit_appointments(_now: dt.datetime) -> None:
    """Put before a mediator what was noted while nobody held the post (art. 3-1)."""
    transmit_what_waits(actor=SYSTEM)


def offer_again(now: dt.datetime) -> None:
    """Offer to the next person the slots that nobody answered for in a day."""
    pass_on_offers(actor=SYSTEM, now=now)


def tell_people(_now: dt.datetime) -> None:
    """Write to people what changed for them."""
    tell_what_waits(actor=SYSTEM)


def remind_of_appointments(_now: dt.datetime) -> None:
    """Remind people of the appointments that come."""
    remind_people(actor=SYSTEM)


def tell_people_of_workshops(_now: dt.datetime) -> None:
    """Tell people that they are registered for a workshop, and remind them of it."""
    of_workshops.confirm_registrations(actor=SYSTEM)
    of_workshops.remind_people(actor=SYSTEM)


def pass_on_urgencies(now: dt.datetime) -> None:
    """Pass on to the colleague, then to the coordination, the urgencies that nobody answers (art. 4)."""
    pass_on_unanswered(actor=SYSTEM, now=now)


def forget_residents(now: dt.datetime) -> None:
    """Erase contacts 90 days after the appointment, and names after 12 months."""
    forget_contacts(actor=SYSTEM, on=now.date())
    forget_people(actor=SYSTEM, on=now.date())


def forget_people_of_workshops(now: dt.datetime) -> None:
    """Erase the same of those who registered for workshops."""
    workshops.forget_contacts(actor=SYSTEM, on=now.date())
    workshops.forget_people(actor=SYSTEM, on=now.date())


def forget_who_called(now: dt.datetime) -> None:
    """Erase whom to call back about an urgency 90 days after its end."""
    forget_callers(actor=SYSTEM, on=now.date())


def forget_senders(now: dt.datetime) -> None:
    """Erase how much was sent from the site, once its day is over."""
    forget_quotas(now=now)


def purge_rights(now: dt.datetime) -> None:
    """Take out of the register of rights what was answered five years ago."""
    purge_rights_register(actor=SYSTEM, on=now.date())


def forget_where_messages_went(now: dt.datetime) -> None:
    """Erase the addresses and numbers of messages after 90 days."""
    forget_receivers(actor=SYSTEM, on=now.date())


def forget_activity(now: dt.datetime) -> None:
    """Cut records from appointments after 12 months, and erase after 90 days what devices left."""
    forget_links(actor=SYSTEM, on=now.date())
    forget_device_notes(actor=SYSTEM, on=now.date())


def count_months(_now: dt.datetime) -> None:
    """Count anew the months in which activities were written, as far as a short round goes."""
    refresh_figures(actor=SYSTEM)


def report_and_evaluate(now: dt.datetime) -> None:
    """Have the worker lead the reports (art. 3-2) and the evaluations (art. 6): a round is one transaction, and they are long."""
    tasks.lead_reports.enqueue(now.isoformat())
    tasks.lead_evaluations.enqueue(now.isoformat())


EVERY_MINUTE: tuple[Work, ...] = (
    put_back_lost_tasks,
    close_lost_runs,
    close_lost_questions,
    close_lost_batches,
    transmit_appointments,
    offer_again,
    pass_on_urgencies,
    tell_people,
    remind_of_appointments,
    tell_people_of_workshops,
    count_months,
)
EVERY_DAY: tuple[Work, ...] = (
    remind,
    report_and_evaluate,
    forget_residents,
    forget_activity,
    forget_people_of_workshops,
    forget_where_messages_went,
    forget_who_called,
    forget_senders,
    purge_rights,
    purge_audit,
    clear_sessions,
    clear_desk_links,
    clear_batch_archives,
    prune_tasks,
)


def tick(now: dt.datetime) -> list[str]:
    """Do what is due this minute, the round of the day among it; return the names of what failed."""
    return [
        *run_each(EVERY_MINUTE, now=now, turn=f"{now:%Y-%m-%d %H:%M}"),
        *run_each(EVERY_DAY, now=now, turn=now.date().isoformat()),
    ]


def daily(now: dt.datetime) -> list[str]:
    """Do the round of a day now, done already or not; return the names of what failed."""
    return run_each(EVERY_DAY, now=now, turn=None)


def moment(on: dt.date | None) -> dt.datetime:
    """Return this moment of the installation's day, or the same hour of the day asked for."""
    return timezone.make_aware(dt.datetime.combine(on or today(), timezone.localtime().time()))

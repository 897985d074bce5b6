"""A feed has one address at a time; those who may give it another one are few."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from escale.apps.accounts.models import User
from escale.apps.audit.models import Entry
from escale.apps.messaging.feeds import Feed, living_token, may_manage, open_feed, renew_feed, revoke_feed
from escale.apps.messaging.models import FeedToken
from escale.apps.team.models import Mediator
from escale.apps.territory.models import Commune, Epci

pytestmark = pytest.mark.django_db


@pytest.fixture
def of_ines(epci: Epci, ines: User) -> Feed:
    return Feed.of_mediator(Mediator.objects.create(epci=epci, first_name="Inès", last_name="Carlier", user=ines))


def test_a_feed_that_is_open_keeps_its_address(epci: Epci, coordinator: User) -> None:
    first = open_feed(actor=coordinator, feed=Feed.of_territory(epci))

    assert open_feed(actor=coordinator, feed=Feed.of_territory(epci)) == first
    assert len(first.key) >= 32


def test_another_address_closes_the_one_before(epci: Epci, oisy: Commune, referent_oisy: User) -> None:
    feed = Feed.of_commune(epci, oisy)
    first = open_feed(actor=referent_oisy, feed=feed)

    second = renew_feed(actor=referent_oisy, feed=feed)

    first.refresh_from_db()
    assert first.revoked_at is not None
    assert second.key != first.key
    assert living_token(feed) == second


def test_a_revoked_feed_has_no_address(epci: Epci, oisy: Commune, coordinator: User) -> None:
    feed = Feed.of_commune(epci, oisy)
    open_feed(actor=coordinator, feed=feed)

    revoke_feed(actor=coordinator, feed=feed)
    revoke_feed(actor=coordinator, feed=feed)

    assert living_token(feed) is None
    assert Entry.objects.filter(event="messaging.feed_revoked").count() == 1


def test_the_log_never_holds_a_key(epci: Epci, coordinator: User) -> None:
    token = renew_feed(actor=coordinator, feed=Feed.of_territory(epci))

    assert all(token.key not in str(entry.details) for entry in Entry.objects.all())
    assert Entry.objects.get(event="messaging.feed_renewed").subject_id == str(token.pk)


def test_each_person_manages_what_is_theirs(
    epci: Epci,
    oisy: Commune,
    of_ines: Feed,
    coordinator: User,
    ines: User,
    tom: User,
    referent_oisy: User,
    referent_bousignies: User,
    desk_oisy: User,
    lawyer: User,
    stranger: User,
) -> None:
    people = {
        "coordinator": coordinator,
        "ines": ines,
        "tom": tom,
        "referent": referent_oisy,
        "neighbour": referent_bousignies,
        "desk": desk_oisy,
        "lawyer": lawyer,
        "stranger": stranger,
    }

    def who(feed: Feed) -> set[str]:
        return {name for name, user in people.items() if may_manage(user, feed)}

    assert who(Feed.of_territory(epci)) == {"coordinator"}
    assert who(Feed.of_commune(epci, oisy)) == {"coordinator", "referent"}
    assert who(of_ines) == {"coordinator", "ines"}


@pytest.mark.parametrize("action", [open_feed, renew_feed, revoke_feed])
def test_nobody_else_does_it(action: object, of_ines: Feed, tom: User) -> None:
    assert callable(action)

    with pytest.raises(PermissionDenied):
        action(actor=tom, feed=of_ines)

    assert not FeedToken.objects.exists()


def test_the_database_refuses_two_addresses_of_one_feed(epci: Epci) -> None:
    FeedToken.objects.create(epci=epci, audience="territory", subject=epci.siren)

    with pytest.raises(IntegrityError), transaction.atomic():
        FeedToken.objects.create(epci=epci, audience="territory", subject=epci.siren)

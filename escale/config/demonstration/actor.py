"""In whose name the demonstration acts."""

from escale.apps.audit.actors import SystemActor

ACTOR = SystemActor(actor_id="demo")
SURNAME = "Exemple (démonstration)"
"""The name of everyone who does not exist."""


def fiction_phone(number: int) -> str:
    """Return a telephone number of the range that is kept for fiction: 03 53 01 and four digits."""
    return f"03 53 01 {number // 100:02} {number % 100:02}"

"""What every provider of text messages does, and how it says that one did not leave."""

from __future__ import annotations

from typing import Protocol


class ProviderError(Exception):
    """A text message did not leave; `is_final` when trying again is useless. The reason, in French, names nobody."""

    def __init__(self, reason: str, *, is_final: bool) -> None:
        super().__init__(reason)
        self.is_final = is_final


class Provider(Protocol):
    """Sends one text message."""

    def send(self, *, to: str, text: str) -> str:
        """Send a text to a number such as « +33612345678 »; return the name that the provider gives it, or nothing.

        Raise ProviderError when it does not leave.
        """

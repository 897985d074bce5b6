"""Oisy takes appointments, as at the desk."""

from tests.web.desk.conftest import clock, next_door, post, visit

__all__ = ["clock", "next_door", "post", "visit"]

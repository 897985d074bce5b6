"""The demonstration: a real territory, made-up people who are named as such, three years of tours, an account for each role.

Everything is made relative to the day's date, by the same actions as the screens.
"""

from escale.config.demonstration.accounts import ACCOUNTS, Account, kept_password
from escale.config.demonstration.actor import ACTOR
from escale.config.demonstration.loading import load

__all__ = ["ACCOUNTS", "ACTOR", "Account", "kept_password", "load"]

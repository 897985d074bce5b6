"""The settings of the installation, with the bare view of the bench beside its pages."""

from escale.config.settings import *  # noqa: F403 -- all of them

ROOT_URLCONF = "bench.hello"

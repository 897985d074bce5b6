"""The conventions of the demonstration: forty-four in force, three on their way; whatever is made up says so."""

from escale.config.demonstration.conventions.concluding import conclude_conventions

__all__ = ["conclude_conventions"]

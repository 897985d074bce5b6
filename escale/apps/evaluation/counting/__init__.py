"""Everything that the 22 indicators ask of some months, from what the house records (art. 6)."""

from escale.apps.evaluation.counting.together import counts_by_commune, counts_of

__all__ = ["counts_by_commune", "counts_of"]

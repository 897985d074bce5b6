"""The rules of a tour, in their plain reading: what makes a visit legal, and what each wish costs.

The search and the bound read the same rules from arrays (`search/terms.py`, `bound/paths.py`); a property test holds
both readings together.
"""

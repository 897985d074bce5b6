"""The half-days that are promised to communes: each keeps its identity through its moves."""

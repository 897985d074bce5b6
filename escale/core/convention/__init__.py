"""The convention as rules: its terms, its periods and deadlines, its acts and their life, what each party owes."""

"""The way in of the front desk of a mairie: a link of one use, sent to its generic address."""

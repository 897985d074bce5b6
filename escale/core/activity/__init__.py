"""What an accompaniment is made of: the vocabularies of the field and their rules, without identity."""

"""The pages behind a personal link: a mairie answers for its commune, without an account."""

"""The exchange with La Coop de la médiation numérique: its sheet « activités », written and read."""

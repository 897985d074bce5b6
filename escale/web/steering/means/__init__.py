"""The means of the team: kits, rooms, permanences, trainings and habilitations."""

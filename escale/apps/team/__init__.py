"""Posts, the mediators who hold them, their weekly templates and leave."""

"""The committee of art. 6: its members, its meetings, and the fate of what it proposes."""

"""The pages of the committee (art. 6): its members, its meetings, the register of its proposals."""

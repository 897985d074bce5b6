"""The parts of an explanation: what forbids a usual day, the plan that has it all the same, who moves, and the words."""

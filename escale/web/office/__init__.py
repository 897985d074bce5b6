"""The afternoons at the office (art. 4), for the mediator who receives and for the coordination: who comes, and when."""

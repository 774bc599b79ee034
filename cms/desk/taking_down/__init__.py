"""Taking something down: gone for every reader at once, written in a register, and put up again by undoing it."""

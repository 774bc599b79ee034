"""The first page of the desk: what waits for somebody, what needs work, what they can add, what they did last."""

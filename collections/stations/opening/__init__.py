"""When a corner is open: hours as they are written, public holidays, and what both say of a day and of a minute."""

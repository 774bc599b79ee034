"""The results page: what was asked, and what may be answered."""

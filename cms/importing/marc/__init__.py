"""Catalogue records (MARC 21 and CNMARC, as ISO 2709 and as MARCXML) as rows of a kind's table."""

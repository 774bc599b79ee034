"""Authorities: a folder on the shelf."""

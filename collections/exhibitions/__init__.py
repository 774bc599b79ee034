"""Exhibitions: a folder on the shelf."""

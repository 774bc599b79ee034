"""Stations: a folder on the shelf."""

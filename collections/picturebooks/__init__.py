"""Picturebooks: a folder on the shelf."""

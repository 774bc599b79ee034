"""Chronicle: a folder on the shelf."""

"""Events: a folder on the shelf."""

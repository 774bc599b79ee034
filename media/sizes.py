"""Which sizes a picture has on pages, and how they are called in the database."""

WIDTHS = (320, 640, 1280)
"""Pixels at most; no picture is enlarged."""
QUALITY = 82
BOXES = {width: (width, width * 4) for width in WIDTHS}
# In Wagtail's words. A change of what is done to pictures needs a change here too: sizes of other names are made anew.
SPECS = {width: f"max-{width}x{height}|format-webp|webpquality-{QUALITY}" for width, height in BOXES.values()}

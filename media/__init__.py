"""Pictures: the image model, its renditions and the limits on uploads."""

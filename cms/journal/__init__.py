"""The journal of what changes many things at once: how records stand before and after."""

"""What readers see of stories and tours."""

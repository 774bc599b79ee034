"""The desk: what librarians and editors work with in the admin, beyond what Wagtail gives them."""

"""What readers meet at the addresses of the site: pages, doors, permanent links, what machines ask for first."""

"""The admin of the library: lists, reports and what else librarians work with."""

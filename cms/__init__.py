"""The site: settings, Holding and its names, dates, relations, spine pages and import."""

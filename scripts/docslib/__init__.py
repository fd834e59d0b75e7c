"""Pages that are made from the tables of bakectl: the reference of the site, and the man pages."""

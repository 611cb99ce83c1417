"""Running the site: whether it is well, what it counts and writes down about itself, its backups."""

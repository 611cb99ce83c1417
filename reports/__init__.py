"""Long reads, the home page, site settings and the search across all, written by staff in Wagtail."""

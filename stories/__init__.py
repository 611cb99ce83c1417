"""Change stories: what a member saw change, and who may read it."""

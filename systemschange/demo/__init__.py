"""A community to look at: invented people and stories, each marked Demo, and true stories from elsewhere."""

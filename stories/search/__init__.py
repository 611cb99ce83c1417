"""How readers find stories: the row each published story has, the words typed, and what is like what."""

from stories.search.rows import refresh, reindex, reindex_with

__all__ = ["refresh", "reindex", "reindex_with"]

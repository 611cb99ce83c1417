"""The directory, introductions, coalitions and conversations: who to do it with."""

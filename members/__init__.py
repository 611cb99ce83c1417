"""The people: accounts, profiles, privacy."""

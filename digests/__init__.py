"""The weekly letter: what each member has not yet read, sent once."""

"""A press for each language that letters are read in: what is alike for many is worked out once in each."""

from design import languages
from digests.names import Names
from digests.writing import Press


class Presses:
    """Of one issue. Each reader's letter comes from the press of their language; with one language there is one."""

    def __init__(self, issue):
        self.issue, self.names = issue, Names()
        self._presses, self._found = {}, {}

    def of(self, reader):
        if reader.language not in self._found:
            code = languages.known(reader.language)
            self._found[reader.language] = self._presses.setdefault(code, Press(self.issue, code))
        return self._found[reader.language]

    def load(self, letters, *, now):
        """Make ready what these (reader, items) name, for each language among them."""
        wanted = {}
        for reader, items in letters:
            wanted.setdefault(self.of(reader), []).append(items)
        for press, lists in wanted.items():
            press.load(lists, now=now)

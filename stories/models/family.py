"""The family of a story or a practice: who tried it too, how it went, and the tree that this makes."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from stories.models.experiment import Experiment, Result

DRAWN_FROM = 4  # fewer are told better by the list alone
MOST_DRAWN = 60
COLUMN, ROW = 28, 44  # user units of the drawing; a row is a touch target
DEEPEST = 6
LETTER = 9  # wide enough for any letter of the usual fonts, in a row of them


@dataclass(frozen=True)
class Node:
    """One experiment in the drawing, with the line that leads to it."""

    experiment: Experiment
    x: int
    y: int
    from_x: int
    from_y: int

    @property
    def words(self):
        place = self.experiment.shown_place
        return f"{self.experiment.get_result_display()}{f', {place}' if place else ''}"

    @property
    def words_x(self):
        return self.x + 20

    @property
    def words_y(self):
        return self.y + 5


class Family:
    """Some experiments about one thing, newest first, and how many of them went how, all counted."""

    def __init__(self, experiments, counts):
        self.experiments = experiments
        self.results = [(result, counts.get(result.value, 0)) for result in Result]
        self.size = sum(count for _, count in self.results)

    @classmethod
    def of(cls, experiments):
        """Two queries, however large it is."""
        family = cls.counted(experiments)
        family.experiments = list(experiments.for_listing().newest_first()[:MOST_DRAWN])
        return family

    @classmethod
    def counted(cls, experiments):
        """How many of them went how, in one query, and none of their words."""
        return cls([], dict(cls.counts(experiments)))

    @staticmethod
    def counts(experiments):
        """Pairs of a result and how many had it."""
        return experiments.order_by().values_list("result").annotate(Count("pk"))

    @property
    def is_whole(self):
        return len([one for one in self.experiments if one.is_live]) == self.size

    @property
    def places(self):
        """Where, with how many each: the most first."""
        named = Counter(str(one.shown_place) for one in self.experiments if one.is_live and one.shown_place)
        return sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))

    @property
    def is_drawn(self):
        return self.is_whole and DRAWN_FROM <= self.size <= MOST_DRAWN

    @property
    def nodes(self):
        """Every live experiment under the one that it builds on; what builds on nothing here hangs on the root."""
        live = sorted((one for one in self.experiments if one.is_live), key=lambda one: (one.created_at, one.pk))
        known = {one.pk for one in live}
        below = {}
        for one in live:
            below.setdefault(one.parent_id if one.parent_id in known else None, []).append(one)
        nodes = []
        self._place(None, below, nodes, depth=1, start=(14, ROW // 2))
        return nodes

    def _place(self, parent, below, nodes, *, depth, start):
        for one in below.get(parent, []):
            node = Node(one, 14 + COLUMN * min(depth, DEEPEST), ROW * (len(nodes) + 1) + ROW // 2, *start)
            nodes.append(node)
            self._place(one.pk, below, nodes, depth=depth + 1, start=(node.x, node.y))

    @property
    def drawing(self):
        nodes = self.nodes
        width = max(node.words_x + LETTER * len(node.words) for node in nodes)
        return {"nodes": nodes, "width": width, "height": ROW * (len(nodes) + 1)}

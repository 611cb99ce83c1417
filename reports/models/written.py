"""What pages with a body of blocks have in common."""

from django.db import models

from reports.parts import Body
from reports.shown import Shown


class Written:
    """A page with a body; fields of its model take the place of what is empty here."""

    cover = None
    summary = ""
    notes = ()
    freeze = False

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"body": self.body_for(request.user)}

    def body_for(self, reader):
        """The body as this reader may see it, all stories of the page in one question whatever their number."""
        self.with_sizes()
        frozen = self.evidence.frozen() if self.freeze and self.pk else ()
        return Body(self, Shown(self.body, reader, frozen=frozen))

    def with_sizes(self):
        """All sizes of its pictures, in one question."""
        pictures = [block.value["image"] for block in self.body if block.block_type == "picture"]
        models.prefetch_related_objects([one for one in (self.cover, *pictures) if one], "renditions")

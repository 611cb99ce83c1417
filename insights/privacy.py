"""What this room keeps about people: who made a pack, and nothing else."""

from django.utils.translation import gettext_lazy as _

from insights.models import EvidencePack, Figures, OpenFile, PackQuotation, PageTotal
from members.privacy import keep, nobody, not_told, register, unlink

register(
    EvidencePack,
    made_by=unlink(_("a pack is the organisation's, whoever made it")),
    words=keep(_("its title and its numbers; of stories it keeps keys")),
    export=not_told("a pack is the organisation's, and counts public stories"),
)
nobody(_("that a pack may show words, and whether their teller has heard; it goes with the words"), PackQuotation)
nobody(_("open data as one file: it goes when a story in it changes or is taken back"), OpenFile)
nobody(_("numbers, those of people in fives"), Figures)
nobody(_("how often a page was opened, and not by whom"), PageTotal)

"""What this room keeps about people: who made a pack, and nothing else."""

from insights.models import EvidencePack, Figures, OpenFile, PackQuotation, PageTotal
from members.privacy import keep, nobody, not_told, register, unlink

register(
    EvidencePack,
    made_by=unlink("a pack is the organisation's, whoever made it"),
    words=keep("its title and its numbers; of stories it keeps keys"),
    export=not_told("a pack is the organisation's, and counts public stories"),
)
nobody("that a pack may show words, and whether their teller has heard; it goes with the words", PackQuotation)
nobody("open data as one file: it goes when a story in it changes or is taken back", OpenFile)
nobody("numbers, those of people in fives", Figures)
nobody("how often a page was opened, and not by whom", PageTotal)

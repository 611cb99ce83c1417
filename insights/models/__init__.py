"""What is kept of numbers that were looked at together, and of open data that takes a while to write."""

from insights.models.figures import Figures, PageTotal
from insights.models.open_file import OpenFile
from insights.models.packs import CAME_TO_REST, EVERYBODY, EvidencePack, PackQuotation, new_key

__all__ = [
    "CAME_TO_REST",
    "EVERYBODY",
    "EvidencePack",
    "Figures",
    "OpenFile",
    "PackQuotation",
    "PageTotal",
    "new_key",
]

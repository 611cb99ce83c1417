"""What this room keeps about people."""

from insights.models import Figures, PageTotal
from members.privacy import nobody

nobody("numbers, those of people in fives", Figures)
nobody("how often a page was opened, and not by whom", PageTotal)

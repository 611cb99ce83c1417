"""What this room keeps about people."""

from insights.models import PageTotal
from members.privacy import nobody

nobody("how often a page was opened, and not by whom", PageTotal)

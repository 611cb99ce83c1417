"""What becomes of this room's rows when two accounts of one person become one."""

from insights.models import EvidencePack
from members.privacy.merging import merges, moves

merges(EvidencePack, made_by=moves())

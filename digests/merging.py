"""What becomes of this room's rows when two accounts of one person become one."""

from digests.models import Delivery
from members.privacy.merging import merges, moves

merges(Delivery, member=moves())

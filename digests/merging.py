"""What becomes of this room's rows when two accounts of one person become one."""

from digests.models import Delivery, Glimpse, Handling, Wishes
from members.privacy.merging import goes, merges, moves

merges(Delivery, member=moves())
merges(Wishes, member=goes("the kept account has its own, and they stand"))
merges(Handling, by=moves())
merges(Glimpse, member=moves(), by=moves())

"""What becomes of this room's rows when two accounts of one person become one."""

from members.privacy.merging import merges, moves
from reports.models import Letter, ReportImage

merges(ReportImage, uploaded_by_user=moves())
merges(Letter, answered_by=moves())

"""A report as a tagged PDF (PDF/UA-1), made of nothing but what everybody may read.

contents(report)     what stands in it, as data: texts, and names of pictures
digest(contents)     the same for the same contents: a PDF is handed out only while it says what the page says
of_pack(pack)        the same data of an evidence pack
make(contents, pictures)   its bytes
"""

from reports.pdf.contents import contents
from reports.pdf.making import digest, make, pictures
from reports.pdf.packs import of_pack

__all__ = ["contents", "digest", "make", "of_pack", "pictures"]

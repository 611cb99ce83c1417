"""A photo in several sizes and formats: a browser takes the first format that it knows, in the size that it needs."""

from dataclasses import dataclass

AVIF, WEBP = "image/avif", "image/webp"
WIDEST, HIGHEST = 64, 30  # rem: the page, and `.photo img` in photo.css


@dataclass(frozen=True)
class Source:
    """One format of it: its type, and addresses with their widths."""

    type: str
    srcset: str

    @classmethod
    def of(cls, type, sizes):
        """`sizes` have `url` and `width`; of a small photo some are equally wide, and one of those will do."""
        addresses = {size.width: size.url for size in sizes}
        return cls(type, ", ".join(f"{url} {width}w" for width, url in sorted(addresses.items())))


@dataclass(frozen=True)
class Photo:
    """`url`, `width` and `height` are of the file that every browser can show."""

    url: str
    alt: str
    width: int
    height: int
    sources: tuple = ()

    @property
    def sizes(self):
        """How wide it stands: as the page allows, and no higher than a photo may be."""
        shown = min(WIDEST, round(HIGHEST * self.width / self.height))
        return f"(min-width: {shown}rem) {shown}rem, 100vw"

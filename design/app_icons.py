"""Draws the icons of the installed site, as favicon.svg is drawn: `python -m design.app_icons` writes them anew."""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parent.parent / "static" / "icons"
INK, HIVIS, FAR = "#0f1f38", "#e3f53b", "#48566b"
SIDE = 32  # of the drawing that the numbers below are taken from
SEAM = [(17, 0), (25, 0), (16.4, 32), (8.4, 32)]
BEYOND = [(25, 0), (32, 0), (32, 32), (16.4, 32)]
FINER = 4  # drawn so many times as large, so that edges are smooth


def drawn(side, *, corners):
    """The mark. Without corners it fills its square: a phone cuts its own shape, and the seam stays within any."""
    large, scale = side * FINER, side * FINER / SIDE
    mark = Image.new("RGB", (large, large), INK)
    pencil = ImageDraw.Draw(mark)
    for colour, shape in ((HIVIS, SEAM), (FAR, BEYOND)):
        pencil.polygon([(x * scale, y * scale) for x, y in shape], fill=colour)
    mark = mark.resize((side, side), Image.Resampling.LANCZOS)
    if corners:
        shape = Image.new("L", (large, large), 0)
        ImageDraw.Draw(shape).rounded_rectangle((0, 0, large - 1, large - 1), radius=4 * scale, fill=255)
        mark.putalpha(shape.resize((side, side), Image.Resampling.LANCZOS))
    return mark


ICONS = {
    "app-192.png": {"side": 192, "corners": True},
    "app-512.png": {"side": 512, "corners": True},
    "app-whole-512.png": {"side": 512, "corners": False},
}


def write(folder=FOLDER):
    for name, how in ICONS.items():
        drawn(**how).save(folder / name, optimize=True)


if __name__ == "__main__":
    write()

"""Pictures made anew from their pixels: what a camera, a phone or a program wrote beside them does not come along.

No place, time, device, maker, comment, colour profile, thumbnail, second frame or trailing byte is copied, because
nothing but the pixels is ever handed to what writes the file. Profiles are dropped unread: a wide-gamut photo looks a
little duller, and no parser of other people's profiles runs here.
"""

import io
import secrets
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

register_heif_opener(thumbnails=False)

LARGEST_FILE = 10 * 1024 * 1024  # bytes
LONGEST_SIDE = 3000  # pixels
MOST_PIXELS = 50_000_000  # the largest that phones take by themselves; decoded, 150 MB
# A photo has two to twenty pixels a byte and a drawing rarely a hundred. What holds far more is made to fill memory.
MOST_PIXELS_A_BYTE = 300
SMALL = 4_000_000  # pixels; below this nothing can fill a memory
# What cannot be read in a smaller size is held whole: the bytes that a pixel takes meanwhile, by Pillow's mode.
MOST_MEMORY = 140_000_000  # bytes
A_PIXEL = {"1": 1, "L": 1, "I;16": 2, "P": 5, "LA": 8, "PA": 8, "RGBA": 8, "RGBX": 8}
OTHERWISE = 4
READ_SMALLER = {"JPEG", "MPO"}
# A picture that comes into focus does so in some ten steps. Each is a walk over every pixel, and may be a few bytes.
MOST_STEPS = 60
STEP = b"\xff\xda"
QUALITY = 85
ORIENTATION = 0x0112
PALETTES = {"1", "P", "PA"}  # numbers of colours, which cannot be made smaller without the colours
CONTENT_TYPE = "image/jpeg"

# What we read, by Pillow's name: the endings and content types that such a file may carry.
ENDINGS = {
    "JPEG": {".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"},
    "PNG": {".png"},
    "WEBP": {".webp"},
    "HEIF": {".heic", ".heif", ".hif"},
    "TIFF": {".tif", ".tiff"},
}
CONTENT_TYPES = {
    "JPEG": {"image/jpeg", "image/jpg", "image/pjpeg"},
    "PNG": {"image/png", "image/x-png"},
    "WEBP": {"image/webp"},
    "HEIF": {"image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence"},
    "TIFF": {"image/tiff", "image/x-tiff"},
}
# What a browser says when it does not know: most do not know HEIC.
SAYS_NOTHING = {"", "application/octet-stream", "binary/octet-stream"}


class Refused(Exception):
    """A file that we do not take; the message says why, in words for whoever chose it."""


NOT_A_PICTURE = _("This is not a picture that we can read. Choose a JPEG, PNG, WebP, HEIC or TIFF file")
DRAWING = _("SVG drawings can carry hidden words and programs. Save it as PNG or JPEG and choose that")
MISLABELLED = _(
    "The name of this file says one kind of picture and its content is another. Save it anew and choose that"
)
TOO_LARGE = _("The picture must be smaller than 10 MB. Save it in a smaller size and choose that")
TOO_MANY_PIXELS = _(
    "This picture opens to far more pixels than a page can show. Save it in a smaller size and choose that"
)
TOO_MANY_STEPS = _("This picture is built in a way that takes far too long to read. Save it anew and choose that")
BROKEN = _("This picture is damaged or was not sent whole. Choose it again, or another one")
EMPTY = _("This file is empty. Choose another one")


@dataclass(frozen=True)
class Picture:
    """A JPEG of our own making, and the random name it is kept under."""

    data: bytes
    width: int
    height: int
    name: str


def clean(upload, *, longest: int = LONGEST_SIDE) -> Picture:
    """A new picture from the pixels of an uploaded file, turned as it was meant and `longest` pixels long at most.

    `upload` is Django's UploadedFile (or whatever has `size`, `name`, `content_type` and `read`). Of a moving picture
    or one with several pages the first is taken. Raises Refused.
    """
    if upload.size > LARGEST_FILE:
        raise Refused(TOO_LARGE)
    upload.seek(0)
    data = upload.read()
    if not data:
        raise Refused(EMPTY)
    if _is_drawing(data, upload):
        raise Refused(DRAWING)
    with _opened(data) as found:
        _check_label(found, upload)
        _check_pixels(found, len(data))
        _check_steps(found, data)
        return _anew(_pixels(found, longest))


def random_name() -> str:
    """16 url-safe letters that say nothing about the picture or whoever gave it."""
    return secrets.token_urlsafe(12)


def _is_drawing(data, upload):
    says = getattr(upload, "content_type", "") or ""
    begins = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "svg" in says or str(upload.name or "").lower().endswith((".svg", ".svgz")) or b"<svg" in begins


def _opened(data):
    """The picture with its header read and no pixel yet."""
    try:
        return Image.open(io.BytesIO(data), formats=list(ENDINGS))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refused(TOO_MANY_PIXELS) from bomb
    except Exception as unread:  # bytes that are meant to harm make decoders raise anything
        raise Refused(NOT_A_PICTURE) from unread


def _check_label(found, upload):
    kind = "JPEG" if found.format == "MPO" else found.format
    ending = PurePath(str(upload.name or "")).suffix.lower()
    says = (getattr(upload, "content_type", "") or "").lower()
    if ending not in ENDINGS[kind] | {""} or says not in CONTENT_TYPES[kind] | SAYS_NOTHING:
        raise Refused(MISLABELLED)


def _check_pixels(found, size):
    pixels = found.width * found.height
    if pixels > MOST_PIXELS or pixels > max(SMALL, MOST_PIXELS_A_BYTE * size):
        raise Refused(TOO_MANY_PIXELS)
    # HEIC stays out of this: what a phone makes by itself is taken, though it is held whole too.
    whole = pixels * A_PIXEL.get(found.mode, OTHERWISE)
    if found.format not in READ_SMALLER | {"HEIF"} and whole > MOST_MEMORY:
        raise Refused(TOO_MANY_PIXELS)


def _check_steps(found, data):
    if found.format in READ_SMALLER and data.count(STEP) > MOST_STEPS:
        raise Refused(TOO_MANY_STEPS)


def _pixels(found, longest):
    """The first frame as RGB on white, small enough and the right way up."""
    try:
        if found.format in READ_SMALLER:
            found.draft("RGB", (longest, longest))  # reads only as much as is needed
        turned = found.getexif().get(ORIENTATION)
        found.load()
        pixels = found.convert("RGBA" if found.has_transparency_data else "RGB") if found.mode in PALETTES else found
        if max(pixels.size) > longest:
            pixels = ImageOps.contain(pixels, (longest, longest))
        return _turned(_on_white(pixels), turned)
    except Exception as unread:
        raise Refused(BROKEN) from unread


def _on_white(picture):
    if picture.mode.startswith("I") or picture.mode == "F":
        picture = _eight_bits(picture)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture)
    return picture.convert("RGB")


def _eight_bits(picture):
    """Grey of 16 or 32 bits, as scanners write it, spread over what a JPEG can hold."""
    low, high = picture.getextrema()
    step = 255 / max(high - low, 1)
    return picture.convert("F").point(lambda value: value * step - low * step).convert("L")


TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _turned(picture, orientation):
    return picture.transpose(TURNS[orientation]) if orientation in TURNS else picture


def _anew(pixels):
    # A canvas of our own: what is written from it can hold nothing but what was painted on it.
    canvas = Image.new("RGB", pixels.size)
    canvas.paste(pixels)
    written = io.BytesIO()
    canvas.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return Picture(written.getvalue(), canvas.width, canvas.height, random_name())

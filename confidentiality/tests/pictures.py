"""Uploads for tests: pictures of each kind, laden with all that cameras, phones and programs write beside the pixels.

laden("HEIF")           (bytes, canaries): the file, and for each hiding place the unique bytes that lie in it
photo("JPEG")           a picture without anything, 64 x 48, left half dark
upload(data, "a.jpg")   as a browser sends it
"""

import io
import struct

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin, TiffImagePlugin

from confidentiality import pictures  # registers HEIC with Pillow

KINDS = ("JPEG", "PNG", "WEBP", "HEIF", "TIFF")
ENDING = {kind: sorted(pictures.ENDINGS[kind])[-1] for kind in KINDS} | {"HEIF": ".heic", "JPEG": ".jpg"}
TYPE = {kind: f"image/{kind.lower()}" for kind in KINDS} | {"HEIF": "image/heic"}
LONDON = (51, 30, 26), (0, 7, 39)


def scene(size=(64, 48), mode="RGB"):
    """Dark on the left, so that turning shows."""
    made = Image.new("RGB", size, (210, 214, 200))
    made.paste((30, 50, 80), (0, 0, size[0] // 2, size[1]))
    return made.convert(mode)


def saved(picture, kind, **more):
    file = io.BytesIO()
    picture.save(file, kind, **more)
    return file.getvalue()


def photo(kind="JPEG", size=(64, 48), **more):
    return saved(scene(size), kind, **more)


def upload(data, name="IMG_2041.jpg", content_type="image/jpeg"):
    return SimpleUploadedFile(name, data, content_type)


def upload_of(kind, data=None):
    return upload(photo(kind) if data is None else data, f"IMG_2041{ENDING[kind]}", TYPE[kind])


def canary(kind, place):
    return f"CANARY-{kind}-{place}".encode()


# --- EXIF by hand, so that every byte of it is known ------------------------------------------------------------------

ASCII, LONG, RATIONAL, UNDEFINED = 2, 4, 5, 7
IFD0, EXIF, GPS = 0, 0x8769, 0x8825


def rationals(numbers):
    return b"".join(struct.pack(">LL", number, 1) for number in numbers)


def directory(entries, start, following=0):
    """One directory of a TIFF, with its values behind it. `entries`: tag -> (type, bytes)."""
    head, values = struct.pack(">H", len(entries)), b""
    behind = start + 2 + 12 * len(entries) + 4
    for tag, (kind, value) in sorted(entries.items()):
        count = len(value) // {ASCII: 1, UNDEFINED: 1, LONG: 4, RATIONAL: 8}[kind]
        if len(value) <= 4:
            place = value.ljust(4, b"\x00")
        else:
            place = struct.pack(">L", behind + len(values))
            values += value + b"\x00" * (len(value) % 2)
        head += struct.pack(">HHL", tag, kind, count) + place
    return head + struct.pack(">L", following) + values


def gps(kind):
    return {
        0x01: (ASCII, b"N\x00"),
        0x02: (RATIONAL, rationals(LONDON[0])),
        0x03: (ASCII, b"W\x00"),
        0x04: (RATIONAL, rationals(LONDON[1])),
        0x1B: (UNDEFINED, b"ASCII\x00\x00\x00" + canary(kind, "gps")),
    }


def exif(kind):
    """A whole EXIF block: device, comment, IPTC, XMP, the place, and a thumbnail with a comment of its own."""
    thumbnail = saved(scene((16, 12)), "JPEG", comment=canary(kind, "thumbnail"))

    def blocks(at):
        first = {
            0x010E: (ASCII, canary(kind, "description") + b"\x00"),
            0x0110: (ASCII, canary(kind, "device") + b"\x00"),
            0x013B: (ASCII, canary(kind, "artist") + b"\x00"),
            0x83BB: (UNDEFINED, iptc(kind)),
            EXIF: (LONG, struct.pack(">L", at["exif"])),
            GPS: (LONG, struct.pack(">L", at["gps"])),
        }
        second = {0x0201: (LONG, struct.pack(">L", at["thumbnail"])), 0x0202: (LONG, struct.pack(">L", len(thumbnail)))}
        yield "first", directory(first, 8, at["second"])
        yield "exif", directory({0x9286: (UNDEFINED, b"ASCII\x00\x00\x00" + canary(kind, "comment"))}, at["exif"])
        yield "gps", directory(gps(kind), at["gps"])
        yield "second", directory(second, at["second"])
        yield "thumbnail", thumbnail

    at, start = {}, 8
    for name, block in blocks(dict.fromkeys(("exif", "gps", "second", "thumbnail"), 0)):
        at[name], start = start, start + len(block)
    return b"Exif\x00\x00MM\x00*\x00\x00\x00\x08" + b"".join(block for _, block in blocks(at))


def iptc(kind):
    told = canary(kind, "iptc")
    return b"\x1c\x02\x78" + struct.pack(">H", len(told)) + told


def xmp(kind):
    return (
        b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>' + canary(kind, "xmp") + b"</dc:creator>"
        b'</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )


# --- The five kinds ---------------------------------------------------------------------------------------------------


def laden_jpeg():
    block = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">L", len(iptc("JPEG"))) + iptc("JPEG")
    plain = saved(scene(), "JPEG", exif=exif("JPEG"), xmp=xmp("JPEG"), comment=canary("JPEG", "comment block"))
    return plain[:2] + b"\xff\xed" + struct.pack(">H", len(block) + 2) + block + plain[2:]


def laden_png():
    told = PngImagePlugin.PngInfo()
    told.add_itxt("XML:com.adobe.xmp", xmp("PNG").decode())
    told.add_text("Comment", canary("PNG", "comment block").decode())
    told.add_text("Raw profile type iptc", "\niptc\n 9\n" + iptc("PNG").hex() + canary("PNG", "iptc block").decode())
    return saved(scene(), "PNG", pnginfo=told, exif=exif("PNG"))


def laden_tiff():
    told = TiffImagePlugin.ImageFileDirectory_v2()
    told[0x010E], told[0x0110], told[0x013B] = (
        canary("TIFF", place).decode() for place in ("description", "device", "artist")
    )
    for tag, value in {0x02BC: xmp("TIFF"), 0x83BB: iptc("TIFF"), 0x9286: canary("TIFF", "comment")}.items():
        told.tagtype[tag], told[tag] = UNDEFINED, value
    told[GPS] = {1: "N", 2: LONDON[0], 3: "W", 4: LONDON[1], 0x1B: canary("TIFF", "gps")}
    small = TiffImagePlugin.ImageFileDirectory_v2()
    small[0x010E] = canary("TIFF", "thumbnail").decode()
    second = scene((16, 12))
    second.encoderinfo = {"tiffinfo": small}
    return saved(scene(), "TIFF", tiffinfo=told, save_all=True, append_images=[second])


def laden_webp():
    return saved(scene(), "WEBP", exif=exif("WEBP"), xmp=xmp("WEBP"))


def laden_heif():
    return saved(scene(), "HEIF", exif=exif("HEIF"), xmp=xmp("HEIF"))


LADEN = {"JPEG": laden_jpeg, "PNG": laden_png, "WEBP": laden_webp, "HEIF": laden_heif, "TIFF": laden_tiff}
PLACES = ("description", "device", "artist", "iptc", "gps", "comment", "thumbnail", "xmp", "trailing")


def laden(kind):
    """The file, and the bytes that must lie in it and nowhere else afterwards."""
    canaries = {place: canary(kind, place) for place in PLACES}
    if kind in {"JPEG", "PNG"}:
        canaries["comment block"] = canary(kind, "comment block")
    return LADEN[kind]() + canaries["trailing"], canaries

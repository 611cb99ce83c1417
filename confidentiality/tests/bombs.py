"""Files made to fill a memory or to keep a processor busy, each small enough to be sent.

BOMBS       {what it is: (the name it is sent under, its bytes)}; each is made when it is asked for
TAKEN       those of which the first frame is a picture like any other
"""

import struct
import zlib

from PIL import Image

from confidentiality.tests.pictures import photo, saved, scene

PNG = b"\x89PNG\r\n\x1a\n"


def chunk(name, data):
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def png(width, height, *, depth=1, colour=0, said=None):
    """A PNG of one grey, every line of it there; `said`: the width and height that its header tells instead."""
    channels = {0: 1, 2: 3, 6: 4}[colour]
    packed, row = zlib.compressobj(9), b"\x00" * ((width * depth * channels + 7) // 8 + 1)
    lines = b"".join(packed.compress(row) for _ in range(height)) + packed.flush()
    told = struct.pack(">LLBBBBB", *(said or (width, height)), depth, colour, 0, 0, 0)
    return PNG + chunk(b"IHDR", told) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def beside_the_header(name, data):
    """A small PNG with one more block before its pixels."""
    whole = photo("PNG")
    return whole[:33] + chunk(name, data) + whole[33:]


def zeros(length=200_000_000):
    return zlib.compress(b"\x00" * length, 9)


def frames(kind, count, size=(64, 48)):
    """Each frame another shade: an encoder leaves out one that is like the last."""
    made = [Image.new("L", size, number * 85 % 256) for number in range(count)]
    return saved(made[0].convert("RGB"), kind, save_all=True, append_images=[one.convert("RGB") for one in made[1:]])


def webp_that_says(width, height):
    """An animation whose canvas is said to be larger than any of its frames."""
    data = bytearray(frames("WEBP", 3))
    at = data.index(b"VP8X") + 12
    data[at : at + 6] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes(data)


def heic_that_says(width, height):
    data = saved(scene(), "HEIF")
    for at in (at for at in range(len(data)) if data.startswith(b"ispe", at)):
        data = data[: at + 8] + struct.pack(">LL", width, height) + data[at + 16 :]
    return data


def tiff(width, height, data, *, packed=1, big=False):
    """One grey strip by hand; `packed` 8: deflated. `big`: as BigTIFF."""
    tags = {256: width, 257: height, 258: 1, 259: packed, 262: 1, 273: None, 278: height, 279: len(data)}
    count, entry, start = ("<Q", "<HHQQ", 16) if big else ("<H", "<HHLL", 8)
    head = b"II\x2b\x00\x08\x00\x00\x00" + struct.pack("<Q", 16) if big else b"II\x2a\x00\x08\x00\x00\x00"
    behind = start + struct.calcsize(count) + len(tags) * struct.calcsize(entry) + (8 if big else 4)
    tags[273] = behind
    rows = b"".join(struct.pack(entry, tag, 4, 1, value) for tag, value in tags.items())
    return head + struct.pack(count, len(tags)) + rows + bytes(8 if big else 4) + data


def tiff_of_many_values():
    """A tag that says it holds two thousand million numbers."""
    data = bytearray(photo("TIFF"))
    at = struct.unpack("<L", data[4:8])[0] + 2
    data[at + 4 : at + 8] = struct.pack("<L", 2_000_000_000)
    return bytes(data)


def tiff_that_goes_in_circles():
    """Its directory says that the next one is itself."""
    data = bytearray(tiff(64, 48, bytes(8 * 48)))
    data[8 + 2 + 8 * 12 : 8 + 2 + 8 * 12 + 4] = struct.pack("<L", 8)
    return bytes(data)


def jpeg_that_says(width, height):
    data = bytearray(photo("JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def jpeg_of_scans(size, count):
    """A picture that comes into focus in thousands of steps, each a few bytes and a walk over every pixel."""
    data = saved(Image.new("L", size, 128), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * count + b"\xff\xd9"


# What becomes of each: refused, or its first frame taken, in little time and memory either way.
TAKEN = {
    "a PNG with 200 MB behind its pixels",
    "a moving PNG of 3,000 frames",
    "a WebP of 1,000 frames",
    "a TIFF whose directory is its own next",
    "a TIFF of 300 pages",
    "a JPEG that takes fifty steps over 49 megapixels",
    "a picture that is an archive as well",
}
BOMBS = {
    "a PNG of 900 megapixels": ("a.png", lambda: png(30_000, 30_000)),
    "a PNG of 81 megapixels": ("a.png", lambda: png(9000, 9000)),
    "a PNG of 49 megapixels in four colours of 16 bits": ("a.png", lambda: png(7000, 7000, depth=16, colour=6)),
    "a PNG that says it is endless": ("a.png", lambda: png(8, 8, said=(2**31 - 1, 2**31 - 1))),
    "a PNG with more pixels than bytes": ("a.png", lambda: png(8, 8, said=(20_000, 20_000))),
    "a PNG without a width": ("a.png", lambda: png(8, 8, said=(0, 8))),
    "a PNG with 200 MB of comment": ("a.png", lambda: beside_the_header(b"zTXt", b"Comment\x00\x00" + zeros())),
    "a PNG with 200 MB of text": ("a.png", lambda: beside_the_header(b"iTXt", b"XML\x00\x01\x00\x00\x00" + zeros())),
    "a PNG with 200 MB of profile": ("a.png", lambda: beside_the_header(b"iCCP", b"sRGB\x00\x00" + zeros())),
    "a PNG with 200 MB behind its pixels": (
        "a.png",
        lambda: PNG + chunk(b"IHDR", struct.pack(">LLBBBBB", 8, 8, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zeros()),
    ),
    "a moving PNG of 3,000 frames": ("a.png", lambda: frames("PNG", 3000, (8, 8))),
    "a GIF of 3,000 frames": ("a.gif", lambda: frames("GIF", 3000, (8, 8))),
    "a WebP with a canvas of 268 megapixels": ("a.webp", lambda: webp_that_says(16_383, 16_383)),
    "a WebP with an endless canvas": ("a.webp", lambda: webp_that_says(2**24, 2**24)),
    "a WebP of 1,000 frames": ("a.webp", lambda: frames("WEBP", 1000)),
    "a HEIC that says 900 megapixels": ("a.heic", lambda: heic_that_says(30_000, 30_000)),
    "a HEIC that says it is endless": ("a.heic", lambda: heic_that_says(2**32 - 1, 2**32 - 1)),
    "a TIFF of 900 megapixels": ("a.tif", lambda: tiff(30_000, 30_000, zeros(112_500_000), packed=8)),
    "a BigTIFF of 900 megapixels": ("a.tif", lambda: tiff(30_000, 30_000, zeros(112_500_000), packed=8, big=True)),
    "a BigTIFF that says it is endless": ("a.tif", lambda: tiff(2**32 - 1, 2**32 - 1, b"\x00", big=True)),
    "a TIFF with 2,000 million numbers in a tag": ("a.tif", tiff_of_many_values),
    "a TIFF whose directory is its own next": ("a.tif", tiff_that_goes_in_circles),
    "a TIFF of 300 pages": ("a.tif", lambda: frames("TIFF", 300)),
    "a JPEG that says 4,290 megapixels": ("a.jpg", lambda: jpeg_that_says(65_500, 65_500)),
    "a JPEG of 20,000 steps": ("a.jpg", lambda: jpeg_of_scans((6000, 6000), 20_000)),
    "a JPEG that takes fifty steps over 49 megapixels": ("a.jpg", lambda: jpeg_of_scans((7000, 7000), 40)),
    "a JPEG that begins a thousand times": ("a.jpg", lambda: photo("JPEG")[:-2] * 1000),
    "a picture that is an archive as well": ("a.jpg", lambda: photo("JPEG") + b"PK\x03\x04" + zeros(50_000_000)),
    "a GIF that is a program as well": ("a.gif", lambda: b"GIF89a/*" + b"\x00" * 8 + b"*/=1;alert(1)//"),
    "a document that is a picture as well": ("a.jpg", lambda: b"%PDF-1.7\n" + photo("JPEG")),
    "an archive": ("a.png", lambda: b"PK\x03\x04" + zeros(50_000_000)),
}

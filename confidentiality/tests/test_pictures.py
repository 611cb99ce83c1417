"""What comes out of `pictures.clean` is pixels and nothing else; what does not go in is refused in words."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from confidentiality import pictures
from confidentiality.pictures import Refused, clean
from confidentiality.tests.pictures import KINDS, canary, exif, laden, photo, saved, scene, upload, upload_of

BIG = 10 * 1024 * 1024


def opened(picture):
    return Image.open(io.BytesIO(picture.data))


def segments(data):
    """The markers of a JPEG up to its first scan."""
    found, at = [], 2
    while data[at + 1] != 0xDA:
        found.append(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return found


def refusal(file):
    with pytest.raises(Refused) as told:
        clean(file)
    return str(told.value)


# --- Nothing but pixels -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_lies_beside_the_pixels_comes_along(kind):
    data, canaries = laden(kind)
    assert [place for place, told in canaries.items() if told not in data] == []
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)[2] == (51.0, 30.0, 26.0)
    made = clean(upload_of(kind, data))
    assert [place for place, told in canaries.items() if told in made.data] == []
    for trace in (b"CANARY", b"Exif", b"xmp", b"8BIM", b"ICC_PROFILE", b"<?xpacket"):
        assert trace not in made.data


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_made_is_a_jpeg_of_header_tables_and_scan(kind):
    made = clean(upload_of(kind, laden(kind)[0]))
    app0, tables, frame, huffman = 0xE0, 0xDB, 0xC2, 0xC4
    assert set(segments(made.data)) == {app0, tables, frame, huffman}
    assert made.data.endswith(b"\xff\xd9")
    assert made.data.count(b"\xff\xd8") == 1
    assert dict(opened(made).getexif()) == {}
    assert (made.width, made.height) == opened(made).size == (64, 48)


def test_a_colour_profile_is_dropped():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(scene(), "JPEG", icc_profile=profile)
    assert profile in data
    assert "icc_profile" not in opened(clean(upload(data))).info


@pytest.mark.parametrize("kind", KINDS)
def test_the_pixels_are_those_of_the_upload(kind):
    made = opened(clean(upload_of(kind)))
    for at in [(4, 4), (28, 40), (36, 4), (60, 44)]:
        assert made.getpixel(at) == pytest.approx(scene().getpixel(at), abs=8)


@pytest.mark.parametrize(
    ("orientation", "size", "dark"),
    [
        (1, (64, 48), "left"),
        (2, (64, 48), "right"),
        (3, (64, 48), "right"),
        (4, (64, 48), "left"),
        (5, (48, 64), "top"),
        (6, (48, 64), "top"),
        (7, (48, 64), "bottom"),
        (8, (48, 64), "bottom"),
        (9, (64, 48), "left"),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
def test_a_photo_taken_sideways_stands_upright(kind, orientation, size, dark):
    told = Image.Exif()
    told[0x0112] = orientation
    made = opened(clean(upload_of(kind, photo(kind, exif=told.tobytes()))))
    assert made.size == size
    assert dark_side(made) == dark


def dark_side(picture):
    right, bottom = picture.width - 3, picture.height - 3
    sides = {
        "left": [(2, 2), (2, bottom)],
        "right": [(right, 2), (right, bottom)],
        "top": [(2, 2), (right, 2)],
        "bottom": [(2, bottom), (right, bottom)],
    }
    return min(sides, key=lambda side: sum(sum(picture.getpixel(at)) for at in sides[side]))


def test_a_long_picture_is_made_shorter_and_keeps_its_shape():
    made = clean(upload(photo(size=(4000, 1000))))
    assert (made.width, made.height) == (3000, 750)
    made = clean(upload(photo(size=(400, 1000))), longest=500)
    assert (made.width, made.height) == (200, 500)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_pixel_becomes_colour_on_white(mode):
    data = saved(scene(mode="RGBA" if mode == "P" else "L" if mode == "I;16" else mode).convert(mode), "PNG")
    made = opened(clean(upload(data, "a.png", "image/png")))
    assert made.mode == "RGB"
    assert sum(made.getpixel((4, 4))) < sum(made.getpixel((60, 4)))


def test_what_is_transparent_turns_white():
    data = saved(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG")
    assert opened(clean(upload(data, "a.png", "image/png"))).getpixel((4, 4)) == (255, 255, 255)


def test_a_picture_for_print_becomes_one_for_screens():
    assert opened(clean(upload(saved(scene(mode="CMYK"), "JPEG")))).mode == "RGB"


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_of_several_frames_the_first_is_kept(kind):
    second = Image.new("RGB", (64, 48), (250, 0, 0))
    data = saved(scene(), kind, save_all=True, append_images=[second])
    assert Image.open(io.BytesIO(data)).n_frames == 2
    made = opened(clean(upload_of(kind, data)))
    assert made.format == "JPEG"
    assert made.getpixel((4, 4)) == pytest.approx((30, 50, 80), abs=8)


def test_a_phones_picture_of_two_exposures_counts_as_a_jpeg():
    data = saved(scene(), "MPO", save_all=True, append_images=[scene()])
    assert opened(clean(upload(data))).format == "JPEG"


def test_names_are_random():
    names = {clean(upload(photo())).name for _ in range(20)}
    assert len(names) == 20
    assert {len(name) for name in names} == {16}


def test_a_browser_that_does_not_know_the_kind_is_believed():
    assert clean(upload(photo("HEIF"), "IMG_1.HEIC", "application/octet-stream")).width == 64
    assert clean(upload(photo(), "image", "")).width == 64


# --- What is refused --------------------------------------------------------------------------------------------------

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "file",
    [
        upload(SVG, "a.svg", "image/svg+xml"),
        upload(SVG, "a.png", "image/png"),
        upload(b"\xef\xbb\xbf  <SVG>", "a.jpg", "image/jpeg"),
        upload(photo(), "a.svg", "image/jpeg"),
        upload(photo(), "a.jpg", "image/svg+xml"),
    ],
)
def test_a_drawing_in_svg_is_refused_whatever_it_is_called(file):
    assert refusal(file) == pictures.DRAWING


@pytest.mark.parametrize(
    ("name", "content_type"),
    [("a.png", "image/jpeg"), ("a.jpg", "image/png"), ("a.exe", "image/jpeg"), ("a.jpg", "text/html"), ("a.pdf", "")],
)
def test_a_picture_under_a_wrong_name_is_refused(name, content_type):
    assert refusal(upload(photo(), name, content_type)) == pictures.MISLABELLED


@pytest.mark.parametrize("kind", ["GIF", "BMP", "PDF", "PPM", "ICO", "AVIF", "JPEG2000"])
def test_a_kind_that_is_not_on_the_list_is_refused(kind):
    assert refusal(upload(saved(scene(), kind))) == pictures.NOT_A_PICTURE


@pytest.mark.parametrize(
    "data", [b"Dear all, see attached", b"\x00" * 400, b"%PDF-1.7", b"MZ\x90\x00", b"\xff\xd8\xff"]
)
def test_what_is_no_picture_is_refused(data):
    assert refusal(upload(data)) == pictures.NOT_A_PICTURE


def test_an_empty_file_is_refused():
    assert refusal(upload(b"")) == pictures.EMPTY


def test_more_than_ten_megabytes_are_refused_unread():
    assert refusal(upload(b"\x00" * (BIG + 1))) == pictures.TOO_LARGE
    assert clean(upload(photo() + b"\x00" * (BIG - len(photo())))).width == 64


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_that_was_not_sent_whole_is_refused(kind):
    data = saved(Image.effect_noise((300, 200), 80).convert("RGB"), kind)
    assert refusal(upload_of(kind, data[: len(data) * 2 // 3])) in {pictures.BROKEN, pictures.NOT_A_PICTURE}


def test_a_large_photo_of_a_phone_is_no_bomb():
    data = saved(scene((6000, 4000)), "JPEG", quality=60)
    assert clean(upload(data), longest=1600).width == 1600


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
@given(kind=st.sampled_from(KINDS), changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=8))
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_the_bytes_say_there_is_a_picture_or_a_sentence(kind, changes):
    data = bytearray(laden(kind)[0])
    for at, byte in changes:
        data[at % len(data)] = byte
    try:
        made = clean(upload_of(kind, bytes(data)))
    except Refused:
        return
    assert b"CANARY" not in made.data


def test_the_canaries_are_told_apart():
    assert canary("PNG", "gps") in exif("PNG")
    assert canary("JPEG", "gps") not in exif("PNG")

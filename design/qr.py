"""A square that a phone's camera reads."""

from base64 import b64encode

import qrcode
from qrcode.image.svg import SvgPathFillImage


def qr_svg(text):
    return qrcode.make(text, image_factory=SvgPathFillImage).to_string(encoding="unicode")


def qr_data_uri(text):
    """For the `src` of a picture."""
    return f"data:image/svg+xml;base64,{b64encode(qr_svg(text).encode()).decode()}"

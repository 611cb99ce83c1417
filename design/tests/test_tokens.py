"""The contrast of every pair of colours that the components put together, computed from tokens.css itself."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
TEXT_AT_LEAST = 5.7
EDGE_AT_LEAST = 3.7
FAMILIES = ["health", "care", "home", "justice", "money", "community"]
STATES = ["error", "ok", "note"]
GROUNDS = ["page", "card", "sunk"]

TEXT_PAIRS = [
    *[(ink, ground) for ink in ("ink", "soft", "action", "action-hover", "error") for ground in GROUNDS],
    *[("ink", f"{name}-tint") for name in STATES],
    *[(name, f"{name}-tint") for name in [*STATES, *FAMILIES]],
    *[(name, "page") for name in [*STATES, *FAMILIES]],
    ("visited", "page"),
    ("on-action", "action"),
    ("on-action", "action-hover"),
    ("page", "error"),
    ("page", "ink"),
    ("on-hivis", "hivis"),
]
EDGE_PAIRS = [*[(edge, ground) for edge in ("line", "focus-edge") for ground in GROUNDS], ("on-hivis", "hivis")]


def colours():
    """The two palettes as {scheme: {token: "#rrggbb"}}."""
    light, dark = re.findall(
        r":root \{\s*color-scheme: light dark;(.*?)\n\}|dark\) \{\s*:root \{(.*?)\n  \}", TOKENS, re.S
    )
    return {
        "light": dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light[0])),
        "dark": dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark[1])),
    }


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


TOKENS = (CSS / "tokens.css").read_text()
PALETTES = colours()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(scheme, text, ground):
    palette = PALETTES[scheme]
    assert contrast(palette[text], palette[ground]) >= TEXT_AT_LEAST


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edges_can_be_seen(scheme, edge, ground):
    palette = PALETTES[scheme]
    assert contrast(palette[edge], palette[ground]) >= EDGE_AT_LEAST


def test_black_on_white_is_twenty_one_to_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_both_palettes_name_the_same_colours():
    assert PALETTES["light"].keys() == PALETTES["dark"].keys()


def test_colours_live_in_the_tokens_alone():
    coloured = {path.name for path in CSS.glob("*.css") if re.search(r"#[0-9a-fA-F]{3,8}\b", path.read_text())}
    assert coloured == {"tokens.css"}


def test_every_family_has_its_own_hatch_in_forced_colours():
    hatches = re.findall(r"\.family-(\w+) \{ --hatch: (.*?); \}", (CSS / "crossing.css").read_text())
    assert sorted(name for name, _ in hatches) == sorted(FAMILIES)
    assert len({hatch for _, hatch in hatches}) == len(FAMILIES)

"""Looking at a page as Chromium, axe and a person would."""

import os
import time

from django.conf import settings

from systemschange.tests import tools

WIDTHS = (320, 768, 1280)  # at which no page scrolls sideways
SEEN_BY_AXE = (320, 1280)
SCHEMES = ("light", "dark")
# best-practice rules are looked at too: they are what screen readers stumble over.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What can be otherwise in the dark.
OF_COLOUR = ["color-contrast", "link-in-text-block"]
# A colour that is still changing would be measured half-way. What never ends cannot be finished, and throws.
AT_REST = "document.getAnimations().forEach(one => { try { one.finish() } catch {} })"


def sign_in(page, client, live_server):
    """Gives the browser the session of a Django test client."""
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


def watch(page, live_server):
    """A list that fills with whatever a page should never do: call elsewhere, break its policy, fail."""
    wrong = []
    page.on(
        "request",
        lambda request: (
            request.url.startswith((live_server.url, "data:", "blob:")) or wrong.append(f"asked {request.url}")
        ),
    )
    page.on("console", lambda message: message.type == "error" and wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    return wrong


class Traffic:
    """What a page asks for, from now on."""

    def __init__(self, page):
        self.page, self.under_way, self.last = page, set(), time.monotonic()
        page.on("request", self._begin)
        page.on("requestfinished", self._end)
        page.on("requestfailed", self._end)

    def _begin(self, request):
        self.under_way.add(request)
        self.last = time.monotonic()

    def _end(self, request):
        self.under_way.discard(request)
        self.last = time.monotonic()

    def settle(self, quiet=1, most=30):
        """Until nothing was asked for so long (seconds): the admin saves drafts by itself, and then draws parts of the
        page anew, whatever somebody quicker than people does there."""
        deadline = time.monotonic() + most
        while self.under_way or time.monotonic() - self.last < quiet:
            assert time.monotonic() < deadline, [request.url for request in self.under_way]
            self.page.wait_for_timeout(100)


def axe_findings(page, within="document", only=None):
    """What axe finds, as one line a finding. `only`: these rules, not all of `RULES`."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(tools.axe().read_text())
    page.evaluate(AT_REST)
    rules = {"type": "rule", "values": only} if only else {"type": "tag", "values": RULES}
    found = page.evaluate(
        "([within, runOnly]) => axe.run(within === 'document' ? document : within, "
        "{runOnly, resultTypes: ['violations']})",
        [within, rules],
    )
    return [
        f"{violation['id']}: {node['html'][:160]} ({node['failureSummary'][:160]})"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def look(page, name, within="document"):
    """Everything wrong with the page at each width, in each scheme; keeps pictures where SCREENSHOTS names a folder."""
    wrong = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if width in SEEN_BY_AXE:
                findings = axe_findings(page, within, only=OF_COLOUR if scheme == "dark" else None)
                wrong += [f"{width} {scheme}: {finding}" for finding in findings]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"{width}: the page scrolls sideways")
        _keep_pictures(page, name, scheme)
    return wrong


def _keep_pictures(page, name, scheme):
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)

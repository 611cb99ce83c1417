// The framed story is as tall as its text, so that a moderator scrolls one page and not two.
for (const frame of document.querySelectorAll("[data-moderation-preview]")) {
    let place = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    const follow = () => {
        const story = frame.contentDocument?.querySelector("article");
        if (!story) return;
        new ResizeObserver(() => {
            frame.style.height = `${Math.ceil(story.getBoundingClientRect().bottom) + 32}px`;
            // The frame grew above the place that the address names: go there once more, and never again.
            place?.scrollIntoView();
            place = null;
        }).observe(story);
    };
    frame.addEventListener("load", follow);
    follow();
}

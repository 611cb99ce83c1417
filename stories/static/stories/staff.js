// The framed story is as tall as its text, so that a moderator scrolls one page and not two.
for (const frame of document.querySelectorAll("[data-moderation-preview]")) {
    const follow = () => {
        const story = frame.contentDocument?.querySelector("article");
        if (!story) return;
        new ResizeObserver(() => {
            frame.style.height = `${Math.ceil(story.getBoundingClientRect().bottom) + 32}px`;
        }).observe(story);
    };
    frame.addEventListener("load", follow);
    follow();
}

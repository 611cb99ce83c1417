// The framed story is as tall as its text, so that a moderator scrolls one page and not two.
for (const frame of document.querySelectorAll("[data-moderation-preview]")) {
    const fit = () => {
        const story = frame.contentDocument?.documentElement;
        if (story) frame.style.height = `${story.scrollHeight}px`;
    };
    frame.addEventListener("load", () => {
        fit();
        new ResizeObserver(fit).observe(frame.contentDocument.body);
    });
    fit();
}

// Replaces this page in the history, so that Back does not return to it. Without script the link still leaves.
for (const link of document.querySelectorAll("[data-quick-exit]")) {
    link.addEventListener("click", (event) => {
        event.preventDefault();
        document.body.hidden = true;
        window.location.replace(link.href);
    });
}

// The figures of a letter on its way, asked for again until it has gone. Without this, "Look again" shows the same.
const SOON = 2000, LATER = 30000;
const part = document.querySelector("[data-letter-progress]");
const put = (selector, words) => {
    const place = part.querySelector(selector);
    if (place && place.textContent !== String(words)) place.textContent = words;
};

let wait = SOON;
const look = async () => {
    try {
        const answer = await fetch(part.dataset.letterProgress, {headers: {Accept: "application/json"}});
        if (!answer.ok || answer.redirected) return;
        const told = await answer.json();
        const before = part.querySelector("[data-ended]")?.textContent;
        // Another state has other buttons: the page is asked for anew.
        if (told.state !== part.dataset.state) return location.reload();
        put("[data-ended]", told.ended);
        put("[data-all]", told.all);
        for (const [name, count] of Object.entries(told.figures)) put(`[data-figure="${name}"]`, count);
        const bar = part.querySelector("progress");
        if (bar) {
            bar.max = told.all || 1;
            bar.value = told.ended;
        }
        // Nobody needs to ask each second for a letter whose next readers are due tomorrow.
        wait = before === String(told.ended) ? Math.min(wait * 1.5, LATER) : SOON;
    } catch {
        wait = LATER;
    }
    setTimeout(look, wait);
};
if (part) setTimeout(look, wait);

// How far a file is, asked for again until it is there. Without this, "Look again" shows the same.
const SOON = 2000, LATER = 30000;
const part = document.querySelector("[data-making]");

const look = async () => {
    let wait = SOON;
    try {
        const answer = await fetch(part.dataset.making, {headers: {Accept: "application/json"}});
        if (!answer.ok) return;
        const told = await answer.json();
        const bar = part.querySelector("progress");
        // Begun, or over: the page says the rest.
        if (!told.being_made || (told.all && !bar)) return location.replace(location.pathname);
        if (bar) {
            bar.max = told.all;
            bar.value = told.done;
            bar.textContent = `${told.done} of ${told.all}`;
            part.querySelector(".progress__label span:last-child").textContent = bar.textContent;
        }
    } catch {
        wait = LATER;
    }
    setTimeout(look, wait);
};
if (part) setTimeout(look, SOON);

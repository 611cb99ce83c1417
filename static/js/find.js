// Finds as you type: fetches this same page for what the form asks, puts its list in place of the one here and says how
// many there are. The focus stays where it is. Without script, or where the network fails, the button does it.
const QUIET_MS = 300;
const form = document.querySelector("form#find");
const found = document.querySelector("[data-found]");
const count = document.querySelector("[data-find-count]");
let waiting;
let asking;

async function find() {
    const words = new FormData(form);
    const asked = [...words].filter(([, value]) => value !== "");
    const address = `${form.getAttribute("action")}?${new URLSearchParams(asked)}`;
    asking?.abort();
    asking = new AbortController();
    try {
        const answer = await fetch(address, { signal: asking.signal });
        if (!answer.ok) {
            return;
        }
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        found.replaceChildren(...page.querySelector("[data-found]").children);
        document.title = page.title;
        window.history.replaceState(null, "", address);
        count.textContent = found.querySelector("h2").textContent;
    } catch {
        // Another letter came, or the network is gone: the button still asks.
    }
}

if (form && found) {
    document.querySelector("[data-find]").addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(find, QUIET_MS);
    });
    form.addEventListener("change", find);
}

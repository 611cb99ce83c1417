// Saves a form while it is typed into, says so, and keeps trying while there is no connection. Without an address to
// save to (`data-autosave`) it only keeps the words from being lost on the way.
const NO_CONNECTION = "No connection. Your words stay on this page and are saved as soon as it is back.";
const NOT_HERE = "Not saved. Your words are still here: copy them before you leave this page.";
const MACHINERY = ["csrfmiddlewaretoken", "edit_number", "seen", "form_key"];
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];

for (const form of document.querySelectorAll("form[data-typed]")) {
    const { autosave: address, every = "15" } = form.dataset;
    const line = form.querySelector("[data-says]");
    const say = (words) => line.textContent === words || line.replaceChildren(words);
    const typed = () => new URLSearchParams([...new FormData(form)].filter(([name]) => !MACHINERY.includes(name))).toString();
    let safe = "unsaved" in form.dataset ? "" : typed();
    let tried = safe, again = false, turn = Promise.resolve(true), leaving = false;

    function post() {
        const body = new URLSearchParams(new FormData(form));
        if (token()) body.set("csrfmiddlewaretoken", token()); // signing in elsewhere changed it
        return fetch(address, { method: "POST", body, signal: AbortSignal.timeout(20000) });
    }
    async function ask() {
        const now = typed(), saving = address && (again || now !== tried);
        const answer = await (saving ? post() : fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(20000) }));
        if (answer.status >= 500 || answer.redirected) throw new Error("no answer of ours");
        if (!saving) return;
        tried = now;
        again = answer.status === 401;
        if (answer.status === 403 || answer.status === 404) return say(NOT_HERE) ?? answer.status === 403;
        const told = await answer.json();
        say(told.say);
        for (const [name, value] of Object.entries(told.fields ?? {})) form.elements[name].value = value;
        if (!answer.ok || told.left_out?.length) return;
        safe = now;
        form.dispatchEvent(new CustomEvent("saved", { detail: { wholly: now === typed() } }));
    }
    // One request after the other: each goes out with the number that the one before came back with.
    const reach = () => (turn = turn.then(ask).then((went) => went !== false, () => { again = true; say(NO_CONNECTION); return false; }));
    const tick = () => address && (again || typed() !== tried) && reach();

    setInterval(tick, 1000 * every);
    addEventListener("online", tick);
    addEventListener("offline", () => say(NO_CONNECTION));
    addEventListener("pageshow", () => { leaving = false; delete form.dataset.busy; });
    addEventListener("beforeunload", (event) => !leaving && typed() !== safe && event.preventDefault());
    // "Keep what was saved there" is a choice, not an accident.
    form.addEventListener("click", (event) => event.target.closest(".actions a") && (leaving = true));
    form.addEventListener("submit", async (event) => {
        if (leaving) return;
        event.preventDefault();
        if (form.dataset.busy) return;
        form.dataset.busy = "yes";
        if (await reach()) {
            leaving = true;
            if (token()) form.elements.csrfmiddlewaretoken.value = token();
            form.requestSubmit(event.submitter);
        } else delete form.dataset.busy;
    });
}

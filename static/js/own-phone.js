// Where its owner has asked for it, keeps a copy of what is typed in this browser until the words are saved. The copies
// of one account are not for the next: they go when somebody signs out, or is found to be somebody else.
const CHOICE = "own-phone";
const COPY = "copy:";
const MACHINERY = ["csrfmiddlewaretoken", "way"];
const stored = () => Object.keys(localStorage).filter((key) => key === CHOICE || key.startsWith(COPY));
const forget = (path = "") => stored().filter((key) => !path || key.startsWith(COPY + path)).forEach((key) => localStorage.removeItem(key));
const plain = (text) => text.split(/\s+/).join(" ").trim();

function fieldsOf(form) {
    return [...new FormData(form)].filter(([name]) => !MACHINERY.includes(name));
}
function valuesOf(fields) {
    const values = new Map();
    for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
    return values;
}
function fill(form, fields) {
    const said = valuesOf(fields);
    for (const box of form.elements) {
        if (!box.name || MACHINERY.includes(box.name) || box.type === "submit") continue;
        if (["checkbox", "radio"].includes(box.type)) box.checked = said.get(box.name)?.includes(box.value) ?? false;
        else if (said.has(box.name)) box.value = said.get(box.name)[0];
    }
}
function watch(form, owner) {
    const key = COPY + location.pathname, choice = form.querySelector("[data-own-phone]"), tick = choice.querySelector("input");
    const found = form.querySelector("[data-copy-found]"), before = fieldsOf(form);
    const drop = () => localStorage.removeItem(key);
    const keep = () => tick.checked && localStorage.setItem(key, JSON.stringify(fieldsOf(form)));
    choice.hidden = false;
    tick.checked = localStorage.getItem(CHOICE) !== null;
    const copy = JSON.parse(localStorage.getItem(key) ?? "null");
    const here = valuesOf(before), words = (copy ?? []).filter(([name]) => !["edit_number", "seen", "form_key"].includes(name));
    if (copy && words.every(([name, value]) => plain((here.get(name) ?? []).join(" ")).includes(plain(value)))) drop();
    else if (copy) {
        fill(form, copy);
        found.hidden = false;
        found.querySelector("button").addEventListener("click", () => { fill(form, before); drop(); found.hidden = true; });
    }
    form.addEventListener("input", keep);
    form.addEventListener("saved", (event) => event.detail.wholly && drop());
    form.addEventListener("click", (event) => event.target.closest(".actions a") && drop());
    tick.addEventListener("change", () => (tick.checked ? (localStorage.setItem(CHOICE, owner), keep()) : forget()));
}

const { owner = "" } = document.querySelector("[data-owner]")?.dataset ?? {};
const chose = localStorage.getItem(CHOICE);
if (chose && owner && chose !== owner) forget();
else if (chose === "" && owner) localStorage.setItem(CHOICE, owner);
for (const choice of document.querySelectorAll("form[data-typed] [data-own-phone]")) {
    const form = choice.closest("form");
    const jot = new Map(JSON.parse(localStorage.getItem(COPY + "/stories/new/") ?? "[]"));
    if ("begun" in form.dataset && plain(jot.get("title") ?? "") === form.dataset.begun) forget("/stories/new/");
    watch(form, owner);
}
for (const form of document.querySelectorAll("[data-drops-copies]")) {
    form.addEventListener("submit", () => forget(form.dataset.dropsCopies));
}

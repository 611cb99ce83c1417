// On a wide screen the filters stand open beside the list; on a phone they stay folded until asked for.
for (const details of document.querySelectorAll("details[data-open-from]")) {
    const wide = window.matchMedia(`(min-width: ${details.dataset.openFrom})`);
    const settle = () => {
        details.open = wide.matches;
        details.toggleAttribute("data-settled", wide.matches);
    };
    wide.addEventListener("change", settle);
    settle();
}

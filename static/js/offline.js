// Lets the browser keep the page for no connection, or takes it away where this site no longer has one.
const { worker } = document.querySelector("script[data-worker]").dataset;
const workers = navigator.serviceWorker;
if (worker) workers?.register(worker, { updateViaCache: "none" }).catch(() => {});
else workers?.getRegistrations().then((all) => all.forEach((one) => one.update().catch(() => {})));

"""A handful of icons on a 24-unit grid, drawn as strokes that take the colour of the words beside them."""

ICONS = {
    "arrow-left": '<path d="M20 12H5M11 5l-7 7 7 7"/>',
    "arrow-right": '<path d="M4 12h15M13 5l7 7-7 7"/>',
    "check": '<path d="M4 13l5 5L20 6"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l4 3"/>',
    "cross": '<path d="M5 5l14 14M19 5L5 19"/>',
    "download": '<path d="M12 3v12M6 10l6 6 6-6M4 21h16"/>',
    "exit": '<path d="M10 4H4v16h6M9 12h12M15 6l6 6-6 6"/>',
    "eye": '<path d="M2 12c5-9 15-9 20 0-5 9-15 9-20 0z"/><circle cx="12" cy="12" r="3"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7v.5"/>',
    "lock": '<path d="M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4"/>',
    "mail": '<path d="M3 5h18v14H3zM3 6l9 8 9-8"/>',
    "pencil": '<path d="M4 20l1-5L16 4l4 4L9 19zM13 7l4 4"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21c1-8 15-8 16 0"/>',
    "place": '<path d="M12 22c-9-10-8-19 0-19s9 9 0 19z"/><circle cx="12" cy="10" r="2.5"/>',
    "search": '<circle cx="10" cy="10" r="7"/><path d="M15 15l6 6"/>',
    "warning": '<path d="M12 3l10 18H2zM12 10v5M12 18v.5"/>',
}

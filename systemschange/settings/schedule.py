"""What runs by itself, and when. Each task asks the database what is due, so a lost or doubled one harms nothing."""

from celery.schedules import crontab

from systemschange.settings.environment import env

CELERY_BEAT_SCHEDULE = {
    "send-waiting-mail": {"task": "members.tasks.send_notices", "schedule": 60.0, "options": {"expires": 55}},
    "clear-kept-texts": {"task": "stories.tasks.clear_kept_texts", "schedule": 900.0, "options": {"expires": 600}},
    "six-months-on": {
        "task": "stories.tasks.ask_what_happened_since",
        "schedule": 3600.0,
        "options": {"expires": 3000},
    },
    "tellers-mail": {"task": "stories.tasks.tell_tellers", "schedule": 900.0, "options": {"expires": 600}},
    "moderators-mail": {"task": "stories.tasks.tell_moderators", "schedule": 300.0, "options": {"expires": 240}},
    "remind-of-drafts": {"task": "stories.tasks.send_reminders", "schedule": 900.0, "options": {"expires": 600}},
    "remind-of-attempts": {"task": "stories.tasks.remind_of_attempts", "schedule": 900.0, "options": {"expires": 600}},
    "reindex-stories": {"task": "stories.tasks.reindex", "schedule": crontab(hour=3, minute=20)},
    "refresh-entries": {"task": "members.tasks.refresh_entries", "schedule": crontab(hour=3, minute=30)},
    "blur-bylines": {
        "task": "stories.tasks.blur_bylines",
        "schedule": 60.0,
        "kwargs": {"always": False},
        "options": {"expires": 55},
    },
    "blur-bylines-anyway": {"task": "stories.tasks.blur_bylines", "schedule": crontab(hour=3, minute=40)},
    "tell-readers": {"task": "digests.tasks.tell_readers", "schedule": 300.0, "options": {"expires": 240}},
    "clear-unconfirmed": {"task": "digests.tasks.clear_unconfirmed", "schedule": 3600.0, "options": {"expires": 3000}},
    "refresh-insights": {"task": "insights.tasks.refresh", "schedule": 300.0, "options": {"expires": 240}},
    "keep-page-totals": {"task": "insights.tasks.keep_page_totals", "schedule": 300.0, "options": {"expires": 240}},
    "forget-page-totals": {"task": "insights.tasks.forget_page_totals", "schedule": crontab(hour=4, minute=20)},
    "make-open-data": {"task": "insights.tasks.make_files", "schedule": 60.0, "options": {"expires": 55}},
    "clear-open-data": {"task": "insights.tasks.clear_files", "schedule": 900.0, "options": {"expires": 600}},
    "tell-quoted-in-packs": {"task": "insights.tasks.tell_tellers", "schedule": 300.0, "options": {"expires": 280}},
    "ask-again": {"task": "stories.tasks.ask_again", "schedule": 3600.0, "options": {"expires": 3500}},
    "clear-askings": {"task": "stories.tasks.clear_askings", "schedule": 3600.0, "options": {"expires": 3500}},
    "end-introductions": {
        "task": "networks.tasks.end_introductions",
        "schedule": 3600.0,
        "options": {"expires": 3500},
    },
    "six-weeks-on": {"task": "networks.tasks.ask_how_it_went", "schedule": 3600.0, "options": {"expires": 3500}},
    "gatherings-tomorrow": {
        "task": "networks.tasks.remind_of_gatherings",
        "schedule": 600.0,
        "options": {"expires": 550},
    },
    "clear-introductions": {"task": "networks.tasks.clear_introductions", "schedule": crontab(hour=3, minute=50)},
    "clear-photos": {"task": "members.tasks.clear_photos", "schedule": 86_400.0, "options": {"expires": 3600}},
    "clear-mail-events": {"task": "members.tasks.clear_mail_events", "schedule": crontab(hour=4)},
    "make-copies": {"task": "members.tasks.make_copies", "schedule": 60.0, "options": {"expires": 55}},
    "clear-copies": {"task": "members.tasks.clear_copies", "schedule": 900.0, "options": {"expires": 600}},
    "tell-quoted": {"task": "reports.tasks.tell_tellers", "schedule": 300.0, "options": {"expires": 280}},
    "publish-planned": {"task": "reports.tasks.publish_planned", "schedule": 60.0, "options": {"expires": 55}},
    "renew-pdfs": {"task": "reports.tasks.renew_pdfs", "schedule": 60.0, "options": {"expires": 55}},
    "make-sizes": {"task": "reports.tasks.make_sizes", "schedule": 60.0, "options": {"expires": 55}},
    "weekly-letter": {
        "task": "digests.tasks.tick",
        "schedule": 60.0,
        "options": {"expires": 55, "queue": "letters"},
    },
}

# With QUEUES_BY_KIND=1: what must not wait behind what takes long. Letters have a queue of their own in any case.
ROUTES = {
    "members.tasks.send_notices": {"queue": "mail"},
    **{
        f"{room}.tasks.{name}": {"queue": "long"}
        for room, names in {
            "members": ("make_copies", "refresh_entries", "clear_photos"),
            "stories": ("reindex", "blur_bylines"),
            "insights": ("refresh", "make_files"),
            "reports": ("renew_pdfs", "renew_pdf"),
        }.items()
        for name in names
    },
}
CELERY_TASK_ROUTES = ROUTES if env.bool("QUEUES_BY_KIND", default=False) else {}

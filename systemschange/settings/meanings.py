"""What each environment variable means: `manage.py environment --write` makes docs/environment.md of it."""

# A heading, then the names below it. Defaults are not repeated here: they are what the settings ask with.
SECTIONS = {
    "Required": {
        "SECRET_KEY": "a random text of at least 50 characters: "
        "`python3 -c 'import secrets; print(secrets.token_urlsafe(50))'`",
        "ALLOWED_HOSTS": "the host names this site answers to: `stories.example.org` (several: with commas; never `*`)",
        "SITE_URL": "the address that links in mails begin with, such as `https://stories.example.org`; it must be https",
        "DATABASE_URL": "a PostgreSQL database: `postgres://user:password@host:5432/name`; over a socket "
        "`postgres://user@//folder/of/the/socket/name`",
        "REDIS_URL": "a Valkey or Redis server: `redis://host:6379`, `rediss://...` for TLS, `unix:///path`; database 0 "
        "carries messages, 1 is the cache",
        "EMAIL_URL": "the mail relay: `smtp+tls://user:password@host:587`",
        "DEFAULT_FROM_EMAIL": "the sender of every mail: `Systems Change <letters@example.org>`",
    },
    "Who runs the site": {
        "CONTROLLER_NAME": "who runs the site and answers for what is kept, as the privacy page names them: `Example "
        "Foundation, registered charity 123`",
        "HOSTED_BY": "where the server stands and who looks after it, and who carries the mail: `Example Hosting, London; "
        "mail by Example Post`",
        "CONTACT_EMAIL": "where people write to: in the footer, on the plain pages and in `security.txt`. Somebody must "
        "read it. Editors can put another in its place (Settings, Site settings). Empty: the address in "
        "`DEFAULT_FROM_EMAIL`",
        "SAFEGUARDING_EMAIL": "an address that is told at once, besides the moderators, when somebody is worried about a "
        "person; the mail holds no word of it, and says where it is read: give its owner a moderator's account",
        "SAFEGUARDING_LEAD": "who answers for safeguarding, as the page about safety names them: a name or a role. Where "
        "none is set, editors can enter one",
    },
    "People and mail": {
        "SIGNUP_MODE": "`approval` (a moderator lets people in), `open`, or `invitation`; with `make run` it is `open`",
        "TRUSTED_AFTER": "after so many approved stories a teller's next one may go live before a moderator has read it; "
        "0 switches it off",
        "QUIET_HOURS": "between these hours no mail goes, by each member's own clock, except what somebody has just asked "
        "for and concerns for the desk; empty, as with `make run`: no night",
        "OIDC_NAME": "one OpenID Connect provider that signs people in beside the code by mail: its name as people know "
        "it. All four of `OIDC_` or none. Register `SITE_URL` + `/account/provider/organisation/back/` there",
        "OIDC_URL": "its issuer: `https://login.example.org/realm`",
        "OIDC_CLIENT_ID": "what it gave you",
        "OIDC_CLIENT_SECRET": "what it gave you",
        "MAIL_EVENTS_PROVIDER": "the provider behind `EMAIL_URL`, where it can tell of bounces and complaints (see "
        "*Bounces and complaints* in operations.md): `amazon_ses`, `brevo`, `mailersend`, `mailgun`, `mailjet`, "
        "`mailtrap`, `postal`, `postmark` or `sparkpost`. Both or neither",
        "MAIL_EVENTS_SECRET": "its signing key, or a `user:password` of your own",
    },
    "The server": {
        "SECRET_KEY_FALLBACKS": "earlier values of `SECRET_KEY`, with commas: links and sessions of their time, and the "
        "ledger of closed accounts, stay readable",
        "KEPT_PAGES": "visitors' pages that each web worker keeps until anything that they show has changed, for a minute "
        "at most; 0: none",
        "WELSH": "1: pages can be read in Welsh too, below `/cy/`. Its words are a machine's draft that nobody has reviewed: "
        "have them read first",
        "OFFLINE_PAGE": "0: browsers that keep the page for no connection drop it, and all that belongs to it, with their next "
        "visit",
        "QUEUES_BY_KIND": "1: mails and what takes long have queues of their own; growing.md says when",
        "POOLED_BY_TRANSACTION": "1 where `DATABASE_URL` leads to a PgBouncer that pools by transaction; not for the worker "
        "that sends letters, nor for `migrate`: growing.md says why",
        "TRUSTED_PROXY_COUNT": "how many proxies of yours stand before gunicorn. Leave it unset without one: it makes "
        "forwarded addresses believed",
    },
    "Deploying it": {
        "MIGRATION_LOCK_TIMEOUT": "seconds that `migrate` waits for a lock before it gives up, with nothing changed",
    },
    "Backups": {
        "BACKUP_FOLDER": "where `manage.py backup` puts its files; copy them to another place from there",
        "BACKUP_RECIPIENTS": "age's public keys for which they are encrypted, with commas: `manage.py backup --new-key FILE`",
        "BACKUP_KEEP_DAYS": "older ones are deleted from that folder; say the same on the privacy page",
    },
    "Watching it": {
        "METRICS_TOKEN": "a random text; whoever sends it as `Authorization: Bearer ...` reads `/metrics` (Prometheus) and "
        "why `/readyz` says no. Without it `/metrics` is a 404",
        "METRICS_FOLDER": "a folder that all web processes of this machine share and nobody else reads, so that their "
        "counts add up; emptied at each start",
        "LOG_FORMAT": "`json`: one object a line, without anything of a person; `plain`: for reading, as with `make run`",
        "SENTRY_DSN": "where errors are sent to: kind and place of each, no text, no address, nobody's name",
    },
    "Files": {
        "STATIC_ROOT": "what `collectstatic` gathers",
        "MEDIA_ROOT": "nothing yet: every picture lies in the next one",
        "PRIVATE_ROOT": "members' photos and reports' pictures, the ledger of closed accounts: no address leads there, "
        "never let a web server serve it",
        "S3_BUCKET": "uploaded pictures in S3-compatible storage, private; members' photos below `private/`",
        "S3_ENDPOINT_URL": "its address, where it is not Amazon's",
        "S3_REGION": "its region",
        "S3_ACCESS_KEY": "the key's name",
        "S3_SECRET_KEY": "the key",
    },
    "For a look and for work on it": {
        "EMBEDDED": "1: PostgreSQL and Valkey from their wheels, as `make run` sets it",
        "STATE": "the folder for everything that is kept with `EMBEDDED=1`: database, mails, pictures, secrets",
        "PORT": "where `make run` answers, on 127.0.0.1 and ::1",
        "DEBUG": "Django's pages for errors; refused outside the embedded mode",
    },
}
MEANINGS = {name: meaning for names in SECTIONS.values() for name, meaning in names.items()}

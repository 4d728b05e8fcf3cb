"""Every setting: its name, its meaning, its safe default; an unsafe production is refused with all its reasons at once."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from civic.settings_texts import between, day_and_minute, parts, percent, periods, yes

ROOT = Path(__file__).parent.parent


class UnsafeConfiguration(Exception):
    """The environment asks for a production that would not be safe; the message lists every reason."""


@dataclass(frozen=True)
class Setting:
    """One environment variable, what it means, and what it is when nobody says."""

    name: str
    default: str
    meaning: str
    read: Callable[[str], Any] = str


SETTINGS = (
    Setting(
        "ENVIRONMENT",
        "development",
        "`development`, `test` or `production`; production refuses every unsafe value below.",
    ),
    Setting(
        "SECRET_KEY",
        "",
        "Signs sessions, links and receipts. At least 32 characters; made and kept under instance/ in development.",
    ),
    Setting(
        "DATABASE_URL", "", "Any PostgreSQL 15 or later. Empty: the embedded one under instance/, never in production."
    ),
    Setting(
        "BASE_URL",
        "http://localhost:5000",
        "Where people reach the site; links in mail come from here and never from the Host header.",
    ),
    Setting(
        "TRUSTED_HOSTS",
        "",
        "Further host names that may be asked for, separated by commas; the host of BASE_URL always may.",
        parts,
    ),
    Setting(
        "PROXY_HOPS",
        "",
        "How many proxies of yours stand in front and set X-Forwarded-For; must be said in production, 0 for none.",
    ),
    Setting("REDIS_URL", "", "Shared memory for rate limits; required as soon as WEB_PROCESSES is more than one."),
    Setting("WEB_PROCESSES", "1", "Number of web server processes.", int),
    Setting("WEB_THREADS", "4", "Number of threads in each web server process.", int),
    Setting("PORT", "5000", "Where `make run` listens.", int),
    Setting(
        "SMTP_URL",
        "",
        "smtp://, smtp+starttls:// or smtps://user:password@host:port. Empty: mail is kept in the outbox page, never in production.",
    ),
    Setting("MAIL_FROM", "Civic London <no-reply@localhost>", "The sender of mail."),
    Setting(
        "MAIL_BOUNCE_SECRET",
        "",
        "Lets the mail service tell POST /mail/bounces which addresses took nothing, as `Authorization: Bearer …`; at least 24 "
        "characters. Empty: the address is not there, and `flask civic bounce` is the only way.",
    ),
    Setting("NOTICES_A_DAY", "5", "How many letters with news one person gets a day, 1 to 100.", between(1, 100)),
    Setting(
        "WEEKLY_LETTER",
        "thursday 08:00",
        "The day and the London minute at which the weekly letter goes out.",
        day_and_minute,
    ),
    Setting("SITE_NAME", "Civic London", "What the site is called."),
    Setting(
        "OWNER_NAME",
        "Greater London Authority",
        "Who runs the site, as privacy notice and accessibility statement say it.",
    ),
    Setting(
        "OWNER_ORG_ID",
        "",
        "The owner's identifier in open data about grants, by org-id.guide (like GB-LAE-…). Empty: one of our own under GRANT_ID_PREFIX.",
    ),
    Setting(
        "GRANT_ID_PREFIX",
        "360G-example",
        "What the names of awards in open data begin with; 360Giving gives each publisher its own.",
    ),
    Setting("CONTACT_EMAIL", "talk@london.example", "Where people can write to."),
    Setting(
        "CONTACT_PHONE",
        "020 7946 0123",
        "Where people can ring. The default is one of Ofcom's numbers for drama and reaches nobody.",
    ),
    Setting("CONTACT_ADDRESS", "City Hall, Kamal Chunchie Way, London E16 1ZE", "Where people can send letters."),
    Setting(
        "LANGUAGE_COMPLETENESS",
        "95",
        "A language is offered once so many per cent of its sentences are translated; before, it is spoken at its own address only.",
        between(0, 100),
    ),
    Setting("PSEUDO_LANGUAGE", "no", "Offer the long pseudo-language `xx`, for tests and designers.", yes),
    Setting("LOG_LEVEL", "INFO", "Least important log lines that are written."),
    Setting("MINIMUM_AGE", "16", "The age in years from which one may have an account.", int),
    Setting(
        "PAYMENTS_PROVIDER",
        "",
        "`stripe` or `sandbox` (no real money, for trying out). Empty: `stripe` where STRIPE_SECRET_KEY is set, else `sandbox`.",
    ),
    Setting("ALLOW_SANDBOX", "no", "Let a production run on the sandbox: everything works and no money moves.", yes),
    Setting(
        "STRIPE_SECRET_KEY",
        "",
        "Better a restricted key (rk_…) than the secret one (sk_…); a live one is refused outside production.",
    ),
    Setting("STRIPE_PUBLISHABLE_KEY", "", "Stripe's public key; of the same mode as the secret one."),
    Setting(
        "STRIPE_WEBHOOK_SECRETS",
        "",
        "Signing secrets (whsec_…) of the endpoint /payments/webhooks/stripe, separated by commas while one is replaced. "
        "Required in production.",
        parts,
    ),
    Setting(
        "STRIPE_CONNECT_WEBHOOK_SECRETS",
        "",
        "The same for /payments/webhooks/stripe/connect, which tells of organisations' accounts.",
        parts,
    ),
    Setting("STRIPE_API_BASE", "", "Another server in Stripe's place, for tests; refused in production."),
    Setting(
        "PAYMENT_FEE_PERCENT",
        "1.5",
        "What a card payment costs, in percent, as said before the button; the books hold what was really kept.",
        percent,
    ),
    Setting("PAYMENT_FEE_PENCE", "20", "What a card payment costs on top, in pence.", int),
    Setting("PLATFORM_FEE_PERCENT", "0", "What the platform keeps of the money collected, in percent.", percent),
    Setting("CAMPAIGN_MIN_DAYS", "7", "The fewest days between sending a campaign in and its deadline.", int),
    Setting("CAMPAIGN_MAX_DAYS", "90", "The most days between sending a campaign in and its deadline.", int),
    Setting(
        "CAMPAIGN_GRACE_DAYS",
        "7",
        "Days after the deadline in which backers can mend a card that failed, 1 to 30; fixed for a campaign when it goes live.",
        between(1, 30),
    ),
    Setting(
        "CAMPAIGN_MINIMUM_PERCENT",
        "95",
        "The share of the target that must really be collected for a campaign to be paid out without anybody deciding, in "
        "percent, 0 to 100; fixed for a campaign when it goes live.",
        between(0, 100),
    ),
    Setting("PLEDGE_MAXIMUM", "10000", "The most that one backer may pledge to one campaign, in whole pounds.", int),
    Setting(
        "CHARGE_RATE",
        "20",
        "Requests a second to one endpoint of the payment provider; the charges of a closed campaign take 80% of it.",
        int,
    ),
    Setting(
        "FOLD_WEIGHT",
        "3",
        "A text is folded until a moderator has seen it when its reports weigh as much as so many ordinary ones, 3 to 100.",
        between(3, 100),
    ),
    Setting("NEWCOMER_DAYS", "3", "Accounts younger than so many days post no links, and fewer posts an hour.", int),
    Setting("NEWCOMER_POSTS", "5", "The most that such an account posts in an hour.", int),
    Setting("CHARGE_THREADS", "8", "How many charges one process has under way at once; 1: one after the other.", int),
    Setting(
        "CONSULTATION_LEAST_DAYS",
        "42",
        "Days that a consultation is usually open; a shorter one needs a reason that everybody can read, 1 to 365.",
        between(1, 365),
    ),
    Setting(
        "SUBSIDY_RECORD_YEARS",
        "3",
        "Years for which subsidies that a startup declared stay on record after the grant (the law wants 3), 3 to 20.",
        between(3, 20),
    ),
    Setting(
        "FORMAT_REQUEST_DAYS",
        "10",
        "Working days within which a format that somebody asked for is sent, as the site publishes it, 1 to 60.",
        between(1, 60),
    ),
    Setting(
        "FORMAT_CONTACT_DAYS",
        "30",
        "Days after a request for a format is done until name, addresses and number are deleted, 1 to 365.",
        between(1, 365),
    ),
    Setting(
        "PAPER_LATE_DAYS",
        "14",
        "Days after a survey's close in which paper that arrived before it may still be typed in, 0 to 60.",
        between(0, 60),
    ),
    Setting(
        "PAPER_RETURN_ADDRESS",
        "",
        "Where filled-in paper forms are sent, as the forms say it. Empty: CONTACT_ADDRESS.",
    ),
    Setting(
        "PRE_ELECTION_PERIODS",
        "2028-03-23/2028-05-04",
        "Weeks before elections in which a consultation needs a reason to run, as first/last day, separated by commas.",
        periods,
    ),
    Setting("ATRS_TEAM", "", "The team that answers for the matching of startups, in the record of its algorithm."),
    Setting("ATRS_OWNER", "", "The role of the senior responsible owner of that matching."),
    Setting("ATRS_IMPACT", "", "Which impact assessments were made of that matching, and where they are."),
    Setting(
        "TRANSLATION_MACHINE",
        "",
        "An engine of machine translation as `package.module:Class` (docs/translation.md); empty: none. What it makes is always marked.",
    ),
)


def load(environ: Mapping[str, str]) -> dict[str, Any]:
    """The Flask configuration for an environment; raises UnsafeConfiguration."""
    config: dict[str, Any] = {each.name: each.read(environ.get(each.name, "") or each.default) for each in SETTINGS}
    config["PRODUCTION"] = config["ENVIRONMENT"] == "production"
    config["PAYMENTS_PROVIDER"] = _provider(config)
    if not config["PRODUCTION"] and _is_live(config["STRIPE_SECRET_KEY"]):
        raise UnsafeConfiguration("STRIPE_SECRET_KEY would move real money: a live key is for production alone.")
    if config["PRODUCTION"] and (reasons := unsafe(config)):
        raise UnsafeConfiguration("This production is not safe to start:\n- " + "\n- ".join(reasons))
    if config["WEB_PROCESSES"] > 1 and not config["REDIS_URL"]:
        raise UnsafeConfiguration(
            "WEB_PROCESSES is more than one: set REDIS_URL, or each process would count its own rate limits."
        )
    config["SECRET_KEY"] = config["SECRET_KEY"] or _development_key(environ)
    return config | _flask(config)


def unsafe(config: Mapping[str, Any]) -> list[str]:
    """Every reason why these settings must not run in production."""
    host = urlsplit(config["BASE_URL"])
    rules = (
        (len(config["SECRET_KEY"]) < 32, "SECRET_KEY must have at least 32 characters."),
        (not config["DATABASE_URL"], "DATABASE_URL must be set: the embedded PostgreSQL is for development."),
        (host.scheme != "https" or not host.hostname, "BASE_URL must begin with https://."),
        (not config["SMTP_URL"], "SMTP_URL must be set: without it no mail leaves."),
        (not config["PROXY_HOPS"].isdigit(), "PROXY_HOPS must be a number: wrong counts let anybody forge addresses."),
        (config["PSEUDO_LANGUAGE"], "PSEUDO_LANGUAGE is for tests."),
        (
            0 < len(config["MAIL_BOUNCE_SECRET"]) < 24,
            "MAIL_BOUNCE_SECRET must have at least 24 characters, or be empty.",
        ),
        *_unsafe_payments(config),
    )
    return [reason for broken, reason in rules if broken]


def _unsafe_payments(config: Mapping[str, Any]) -> tuple[tuple[bool, str], ...]:
    provider, public = config["PAYMENTS_PROVIDER"], config["STRIPE_PUBLISHABLE_KEY"]
    on_stripe, is_live = provider == "stripe", _is_live(config["STRIPE_SECRET_KEY"])
    return (
        (
            provider == "sandbox" and not config["ALLOW_SANDBOX"],
            "STRIPE_SECRET_KEY must be set: the sandbox moves no real money (ALLOW_SANDBOX=yes if that is wanted).",
        ),
        (
            on_stripe and not config["STRIPE_WEBHOOK_SECRETS"],
            "STRIPE_WEBHOOK_SECRETS must be set: without them nobody tells us that a card was saved or a payment disputed.",
        ),
        (bool(config["STRIPE_API_BASE"]), "STRIPE_API_BASE is for tests."),
        (
            bool(on_stripe and public) and public.startswith("pk_live_") != is_live,
            "STRIPE_PUBLISHABLE_KEY and STRIPE_SECRET_KEY must be of one mode.",
        ),
    )


def _provider(config: Mapping[str, Any]) -> str:
    """The payment provider that is meant; raises UnsafeConfiguration for one that is not known or lacks its key."""
    chosen = config["PAYMENTS_PROVIDER"] or ("stripe" if config["STRIPE_SECRET_KEY"] else "sandbox")
    if chosen not in ("stripe", "sandbox"):
        raise UnsafeConfiguration("PAYMENTS_PROVIDER must be `stripe` or `sandbox`.")
    if chosen == "stripe" and not config["STRIPE_SECRET_KEY"].startswith(("sk_", "rk_")):
        raise UnsafeConfiguration(
            "PAYMENTS_PROVIDER is `stripe`: set STRIPE_SECRET_KEY to a key that begins sk_ or rk_."
        )
    return chosen


def _is_live(key: str) -> bool:
    """Whether a secret key moves real money."""
    return key.startswith(("sk_live_", "rk_live_"))


def _flask(config: Mapping[str, Any]) -> dict[str, Any]:
    production = config["PRODUCTION"]
    return {
        "PROXY_HOPS": int(config["PROXY_HOPS"] or 0),
        "TRUSTED_HOSTS": [h for h in (urlsplit(config["BASE_URL"]).hostname, *config["TRUSTED_HOSTS"]) if h]
        + ([] if production else ["localhost", "127.0.0.1", "[::1]"]),
        "SESSION_COOKIE_NAME": "__Host-session" if production else "session",
        "SESSION_COOKIE_SECURE": production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # A cookie on every answer would go out with pages that a shared cache may keep.
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": 30 * 24 * 3600,
        "MAX_CONTENT_LENGTH": 8 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "MAX_FORM_PARTS": 2000,
        "WTF_CSRF_TIME_LIMIT": 24 * 3600,
        "WTF_CSRF_SSL_STRICT": production,
        "RATELIMIT_STORAGE_URI": config["REDIS_URL"] or "memory://",
        "BABEL_DEFAULT_LOCALE": "en_GB",
        "BABEL_TRANSLATION_DIRECTORIES": str(_beside("translations")),
        "RELEASE": release(),
    }


def release() -> str:
    """The version that runs; part of every ETag, so that a deployment refreshes every page."""
    try:
        return version("civic")
    except PackageNotFoundError:
        return "0"


def database_url(config: Mapping[str, Any]) -> str:
    """Where the database is: as configured, or the embedded server's own address (which starts it)."""
    from civic.core.embedded import as_psycopg, server_url

    return as_psycopg(config["DATABASE_URL"]) if config["DATABASE_URL"] else server_url(ROOT / "instance" / "postgres")


def _beside(name: str) -> Path:
    packed = Path(__file__).parent / f"_{name}"
    return packed if packed.exists() else ROOT / name


TEMPLATES = _beside("templates")


def _development_key(environ: Mapping[str, str]) -> str:
    file = ROOT / "instance" / "secret_key"
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_text(secrets.token_urlsafe(48))
        file.chmod(0o600)
    return file.read_text()

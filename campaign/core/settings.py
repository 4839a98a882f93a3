"""Settings, from the environment (prefix CAMPAIGN_)."""

import re
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PACKAGE = Path(__file__).resolve().parents[1]
INSTALLED = PACKAGE / "app"  # where a wheel holds what stands beside the package in a checkout (setup.py)
ROOT = INSTALLED if INSTALLED.is_dir() else PACKAGE.parent
DATA = ROOT / "data"
OWN = (
    Path.cwd() if ROOT == INSTALLED else DATA
)  # where files of one's own stand by default: not among an installed package's
PARIS = ZoneInfo("Europe/Paris")
LAKE_PREFIX = "ducklake:"  # of an event file's name that is the address of a lake


class Settings(BaseSettings):
    """One field per environment variable, e.g. CAMPAIGN_DB for `db`; descriptions are those of docs/reference.md, in French."""

    model_config = SettingsConfigDict(env_prefix="CAMPAIGN_")

    db: Path = Field(
        default=OWN / "campaign.duckdb",
        description="le fichier d'événements, ou `ducklake:postgres:…` (docs/scale.md)",
    )
    profile: Path = Field(
        default=DATA / "campaigns" / "mois-ess",
        description="le dossier de la campagne : noms, éditions, types, chambres, chiffres publiés, objectifs ; un fichier "
        "d'événements est d'une campagne, et n'est lu qu'avec elle",
    )
    lake_files: str = Field(
        default="", description="pour un DuckLake : dossier partagé des fichiers Parquet, ou `s3://…`"
    )
    lake_copies: Path = Field(default=OWN / "lake", description="pour un DuckLake : dossier des copies locales")
    lake_s3_endpoint: str = Field(
        default="", description="pour `CAMPAIGN_LAKE_FILES=s3://…` : où est le stockage d'objets, s'il n'est pas d'AWS"
    )
    lake_s3_region: str = Field(default="", description="pour `CAMPAIGN_LAKE_FILES=s3://…` : sa région")
    lake_s3_key_id: str = Field(default="", description="pour `CAMPAIGN_LAKE_FILES=s3://…` : identifiant de la clé")
    lake_s3_secret: SecretStr = Field(
        default=SecretStr(""), description="pour `CAMPAIGN_LAKE_FILES=s3://…` : secret de la clé"
    )
    hosts: str = Field(default="", description="noms d'hôte admis en plus de localhost, séparés par des virgules")
    public_url: str = Field(default="", description="l'adresse publique, pour les liens absolus")
    embed_hosts: str = Field(
        default="",
        description="sites qui peuvent montrer nos cadres (`https://exemple.org *.exemple.org`) : tous sans ce réglage, "
        "aucun avec `none` ; les pages elles-mêmes, jamais",
    )
    publisher: str = Field(default="", description="éditeur, dans les mentions légales")
    hosting: str = Field(default="", description="hébergeur, dans les mentions légales")
    contact: str = Field(default="", description="contact, dans les mentions légales")
    today: date | None = Field(default=None, description="une date qui tient lieu d'aujourd'hui (essais)")
    signin_provider: str = Field(
        default="",
        description="page Import : adresse de configuration du fournisseur (`…/.well-known/openid-configuration`)",
    )
    signin_client_id: str = Field(default="", description="page Import : le client déclaré chez le fournisseur")
    signin_client_secret: SecretStr = Field(default=SecretStr(""), description="page Import : le secret de ce client")
    signin_cookie_secret: SecretStr = Field(
        default=SecretStr(""), description="page Import : une longue phrase tirée au hasard, qui signe les cookies"
    )
    coordinators: str = Field(
        default="",
        description="page Import : adresses électroniques admises, séparées par des virgules, chacune seule ou avec le code "
        "INSEE de sa région (`marie@exemple.org;53`), sur laquelle ses pages s'ouvrent",
    )
    upload_mb: int = Field(default=50, description="page Import : taille d'un envoi, en Mo")
    unpacked_mb: int = Field(default=500, description="page Import : taille d'un envoi une fois décompressé, en Mo")
    report_email: str = Field(
        default="", description="à qui signaler une erreur dans un événement ; sans elle, pas de lien"
    )
    reader_memory: str = Field(default="2GB", description="mémoire que DuckDB prend pour lire, par processus")
    reader_threads: int = Field(default=2, description="fils d'exécution que DuckDB prend pour lire, par processus")
    build_memory: str = Field(
        default="",
        description="mémoire de DuckDB pour écrire : sans ce réglage `1500MB` pour un import, "
        "`4GB` pour une démonstration ; plus pour de très grands fichiers",
    )
    reading_mb: int = Field(
        default=6144,
        description="mémoire (adressée) au plus, en Mo, du processus qui lit les fichiers d'un import ; plus pour de très grands fichiers",
    )
    reading_seconds: int = Field(
        default=600,
        description="temps de calcul au plus de ce processus, en secondes ; il dure au plus quatre fois autant",
    )
    reading_output_mb: int = Field(
        default=8192, description="taille au plus, en Mo, de chaque fichier que ce processus écrit"
    )
    wait_seconds: float = Field(
        default=30,
        description="attente, en secondes, quand une autre commande écrit le fichier ; puis code de sortie 3",
    )
    sources: Path = Field(
        default=OWN / "sources.followed.toml", description="le fichier des sources suivies (`campaign follow`)"
    )
    follow_private: bool = Field(
        default=False,
        description="`true` : une source suivie peut être à une adresse d'un réseau privé ; sans ce réglage, jamais",
    )
    follow_mb: int = Field(default=200, description="taille au plus de ce que donne une source suivie, en Mo")
    follow_pages: int = Field(default=2000, description="pages au plus demandées à une source suivie en une fois")
    follow_seconds: int = Field(
        default=300,
        description="temps au plus pour lire une source suivie, en secondes ; les nouveaux essais cessent en 60 s",
    )
    recipients: Path = Field(
        default=OWN / "recipients.csv",
        description="qui reçoit les notes de la semaine et les alertes : `adresse;région;langue`, une ligne par personne",
    )
    smtp_host: str = Field(default="", description="serveur d'envoi des messages (SMTP) ; sans lui, aucun courriel")
    smtp_port: int = Field(default=587, description="son port")
    smtp_user: str = Field(default="", description="compte chez ce serveur, s'il en demande un")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="mot de passe de ce compte")
    smtp_from: str = Field(default="", description="adresse d'où partent les messages")
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls",
        description="`starttls` (port 587), `tls` (port 465), ou `none`, sur lequel aucun mot de passe n'est donné sauf à localhost",
    )
    webhook_url: SecretStr = Field(
        default=SecretStr(""),
        description="adresse, `https://…`, qui reçoit chaque alerte en JSON (messageries d'équipe)",
    )
    webhook_secret: SecretStr = Field(
        default=SecretStr(""),
        description="secret qui signe ce JSON : `X-Campaign-Signature: sha256=…`, HMAC du corps de la requête",
    )
    cache_answers: int = Field(default=2048, description="réponses gardées en mémoire, par processus")
    log: Literal["requests", "errors", "off"] = Field(
        default="requests", description="journal en lignes JSON : `requests`, `errors` ou `off`"
    )
    heavy_per_minute: int = Field(
        default=300,
        description="points par minute et par client pour ce qui est lourd (0 : sans limite), un par dixième de seconde de "
        "processeur : classeur 20, programme, bilan ou dossier de presse 15, calendrier 10, image 3 (docs/operations.md)",
    )
    heavy_at_once: int = Field(
        default=2,
        ge=1,
        description="ce qui est lourd et se fait en même temps, par processus ; pour un seul client, un de moins s'il peut",
    )
    heavy_mb: int = Field(
        default=2048,
        ge=256,
        description="mémoire au plus, en Mo, de chacun des processus qui font ce qui est lourd ; plus pour de très grands fichiers",
    )
    heavy_waiting: int = Field(
        default=32, ge=0, description="demandes lourdes qui attendent leur tour, en tout ; au-delà : 503"
    )
    heavy_per_client: int = Field(
        default=8, ge=1, description="demandes lourdes d'un client en même temps, attente comprise ; au-delà : 429"
    )
    sockets: int = Field(
        default=300, ge=1, description="sessions ouvertes (un onglet chacune), par processus ; au-delà : 503"
    )
    sockets_per_client: int = Field(
        default=60, ge=0, description="sessions ouvertes d'un client (0 : sans limite) ; au-delà : 429"
    )
    connections: int = Field(
        default=1000, ge=1, description="connexions ouvertes, par processus ; au-delà, elles sont fermées aussitôt"
    )
    public_metrics: bool = Field(default=False, description="`true` : `/metrics` répond aussi à d'autres machines")

    @property
    def has_signin(self) -> bool:
        """Whether coordinators can sign in: a provider, its client, a secret for cookies, and somebody on the list."""
        needed = (self.signin_provider, self.signin_client_id, self.signin_client_secret, self.signin_cookie_secret)
        given = [value.get_secret_value() if isinstance(value, SecretStr) else value for value in needed]
        return all(given) and bool(self.allowed_emails())

    def allowed_emails(self) -> frozenset[str]:
        """Return the e-mail addresses of the coordinators, as `comparable` gives them."""
        return frozenset(self.coordinator_regions())

    def coordinator_regions(self) -> dict[str, str | None]:
        """Return the coordinators, as `comparable` gives them, with the code of their region, None where the list gives none.

        A list of addresses that are separated by semicolons alone, as older settings have, is read too.
        """
        regions: dict[str, str | None] = {}
        address = ""
        for entry in re.split(r"[\s,;]+", self.coordinators.strip()):
            if "@" in entry:
                address = comparable(entry)
                regions.setdefault(address, None)
            elif entry and address and regions[address] is None:
                regions[address] = entry.upper()
        return regions

    def current_day(self) -> date:
        """Return today in Paris, or the day set by CAMPAIGN_TODAY."""
        return self.today or datetime.now(PARIS).date()


def comparable(address: str) -> str:
    """Return an e-mail address for comparison: capitals do not matter, of ASCII alone.

    Unicode's own folding makes an address of another's look-alike: the Kelvin sign becomes a k.
    """
    address = address.strip()
    return address.lower() if address.isascii() else address


@cache
def settings() -> Settings:
    """Return the process's settings, read once."""
    return Settings()


def is_lake(db: Path) -> bool:
    """Return whether an event file's name is the address of a lake."""
    return str(db).startswith(LAKE_PREFIX)

"""One alert to a chat tool: JSON that is signed, to an address that never leads into the operator's own network.

The address may itself be a secret, and is never told: the connection is asked without a client, which would log it.
"""

import hmac
from hashlib import sha256
from typing import Any, Final

import httpcore
import httpx
import orjson
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from campaign.core.errors import SendError
from campaign.core.language import say
from campaign.core.settings import settings
from campaign.follow import network
from campaign.follow.problems import SourceError
from campaign.messages.mail import RefusedError, UndeliveredError

SIGNATURE: Final = "X-Campaign-Signature"
ATTEMPTS: Final = 3
LONGEST_WAIT_S: Final = 8.0
TIMEOUT_S: Final = 10.0
PASSING: Final = (408, 425, 429, 500, 502, 503, 504)
AGENT: Final = "campaign-alerts"


def is_set() -> bool:
    """Whether alerts go to a webhook."""
    return bool(settings().webhook_url.get_secret_value())


def send(content: dict[str, Any]) -> None:
    """Post one alert; raises RefusedError or UndeliveredError where it is not taken, SendError for wrong settings."""
    url = _address()
    body = orjson.dumps(content)
    headers = {"content-type": "application/json", "user-agent": AGENT, SIGNATURE: f"sha256={signature(body)}"}
    request = httpx.Request("POST", url, headers=headers, content=body, extensions={"timeout": _timeout()})
    retrying = Retrying(
        retry=retry_if_exception_type(UndeliveredError),
        wait=wait_random_exponential(multiplier=0.5, max=LONGEST_WAIT_S),
        stop=stop_after_attempt(ATTEMPTS),
        reraise=True,
    )
    way = network.transport(network.origin_of(url), is_private_allowed=settings().follow_private)
    try:
        retrying(_post, way, request)
    finally:
        way.close()


def signature(body: bytes) -> str:
    """Return the HMAC of a body, with SHA-256, in hexadecimal: who has the secret can tell that it is ours."""
    return hmac.new(settings().webhook_secret.get_secret_value().encode(), body, sha256).hexdigest()


def _address() -> httpx.URL:
    remedy = say("Vérifiez CAMPAIGN_WEBHOOK_URL : une adresse https://, sans compte ni mot de passe devant l'hôte.")
    if not settings().webhook_secret.get_secret_value():
        raise SendError(say("Le secret qui signe les alertes manque."), say("Réglez CAMPAIGN_WEBHOOK_SECRET."))
    try:
        url = httpx.URL(settings().webhook_url.get_secret_value())
    except httpx.InvalidURL:
        raise SendError(say("L'adresse des alertes est mal écrite."), remedy) from None
    if not network.may_ask(url, network.origin_of(url)):
        raise SendError(say("L'adresse des alertes n'est pas sûre."), remedy)
    return url


def _timeout() -> dict[str, float]:
    return dict.fromkeys(("connect", "read", "write", "pool"), TIMEOUT_S)


def _post(way: httpx.HTTPTransport, request: httpx.Request) -> None:
    try:
        response = way.handle_request(request)
        response.close()
    except SourceError:
        raise SendError(
            say("L'adresse des alertes mène à un réseau privé : rien n'y est envoyé."),
            say("Donnez une adresse publique (ou CAMPAIGN_FOLLOW_PRIVATE=true)."),
        ) from None
    except (httpx.TransportError, httpcore.NetworkError) as error:
        raise UndeliveredError(
            say("l'adresse des alertes ne répond pas ({kind}).", kind=type(error).__name__)
        ) from None
    status = response.status_code
    if status in PASSING:
        raise UndeliveredError(say("l'adresse des alertes demande d'attendre, ou échoue ({status}).", status=status))
    if not response.is_success:  # a redirection too: an alert goes where it was meant to go
        raise RefusedError(say("l'adresse des alertes refuse ce message ({status}).", status=status))

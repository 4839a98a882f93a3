"""Who may use the page of imports, the words at its head, and what was just done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from campaign.core.coordinators import is_coordinator, region_of
from campaign.core.language import _
from campaign.core.signed_out import is_ended
from campaign.view.components import figures
from campaign.view.frame.literal import literal

_DONE: Final = "import_done"


@dataclass(frozen=True)
class Person:
    """Who is signed in, whether they are on the list, and the code of their region, if the list gives it."""

    email: str
    is_coordinator: bool
    region: str | None = None

    @property
    def author(self) -> str:
        """What the history says of an import from this page: under whose account."""
        return f"page Import ({self.email})"


def person() -> Person | None:
    """Return who is signed in, or None; nobody is where sign-in is not configured."""
    if not st.user.get("is_logged_in"):
        return None
    claims: dict[str, Any] = st.user.to_dict()
    if is_ended(claims):  # in another tab, or with a copy of this one's cookie
        return None
    return Person(str(claims.get("email", "")), is_coordinator(claims), region_of(claims))


def sentence(who: Person | None) -> str:
    """Return what this page is for, for this reader."""
    if who is None:
        return _("Importer des événements demande de se connecter.")
    if not who.is_coordinator:
        return _("Ce compte n'est pas sur la liste des coordinateurs.")
    return _("Envoyez des fichiers, voyez ce qu'ils apportent, puis publiez.")


def details(who: Person | None) -> str:
    """Return what stands under it."""
    if who is None:
        return _("La page est réservée aux coordinateurs de la campagne.")
    if not who.is_coordinator:
        return _(
            "Compte : {email}. L'adresse doit être vérifiée, et figurer dans les réglages du service.", email=who.email
        )
    return _(
        "Connecté : {email}. Rien n'est publié avant le bouton « Publier » ; tout import peut être annulé.",
        email=who.email,
    )


def door(who: Person | None) -> None:
    """Draw the button that signs in, or out."""
    if who is None:
        st.button(_("Se connecter"), type="primary", on_click=st.login)
    else:
        st.button(_("Se déconnecter"), on_click=st.logout)


def notify(message: str, links: Sequence[tuple[str, str]] = ()) -> None:
    """Remember what was just done, and draw the page anew: it is said at its head, once, with links to what comes next."""
    st.session_state[_DONE] = (message, tuple(links))
    st.rerun()


def show_notice() -> None:
    """Say once what was just done."""
    message, links = st.session_state.pop(_DONE, ("", ()))
    if message:
        st.success(literal(message))
    if links:
        figures.links(links)

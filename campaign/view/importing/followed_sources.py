"""The followed sources, as coordinators steer them: follow one more, pause, try, read now, let through what is held.

Unlike the command line, this page is not the operator's: it follows no address of this machine, names no file of it, and gives
no source a key that was not meant for its host.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import Any, Final

import streamlit as st

from campaign import intake
from campaign.core.errors import CampaignError, IntakeError
from campaign.core.language import _
from campaign.core.settings import settings
from campaign.follow import followed, network, statuses, sync, trial
from campaign.follow.followed import Followed
from campaign.follow.statuses import SourceStatus
from campaign.messages import delivery
from campaign.publish.account import Account
from campaign.store import catalog, identity_now
from campaign.view.components import figures
from campaign.view.frame.literal import literal
from campaign.view.importing import access
from campaign.view.importing import account as account_page
from campaign.view.importing.access import Person
from campaign.wording import sources as words
from campaign.wording.dates import moment_name
from campaign.wording.numbers import missing

EVERY: Final = ("15m", "1h", "6h", "24h")
_TRIED: Final = "followed_tried"
_FOLLOWED: Final = "followed_just_now"
_OUTCOME: Final = "followed_outcome"
Action = Callable[[], None]


@dataclass(frozen=True)
class _Tried:
    """What a try gave, of which source, beside which event file."""

    source: Followed
    beside: Any
    result: tuple[Account, intake.Staged, bytes]


def draw(person: Person) -> None:
    """Draw each followed source, what is wrong first, with what can be done about it, the form that follows one more, and what a try gave.

    What was pressed is done once all is drawn: where it fails, the page is whole.
    """
    figures.heading(
        _("Sources suivies"),
        _("Lues d'elles-mêmes ; ce qui viderait une source est retenu jusqu'à ce que quelqu'un le laisse passer."),
    )
    try:
        sources = followed.load()
        states = {one.name: one for one in statuses.statuses()}
        pressed: list[Action] = []
        for source in sorted(sources, key=lambda each: states[each.name].status not in ("held", "failed")):
            with st.container(border=True):
                pressed += _source(person, source, states[source.name])
        if not sources:
            figures.note(_("Aucune source n'est encore suivie."))
        with st.expander(_("Suivre une source"), key="followed_more", on_change="rerun") as more:
            if more.open:
                pressed += _form(person, sources)
        for act in pressed:
            act()
        _tried()
    except CampaignError as error:
        st.error(literal(str(error)))


def _source(person: Person, source: Followed, one: SourceStatus) -> list[Action]:
    """Draw one source: its state, what is wrong, what came of the last press, and the buttons; return what was pressed."""
    last = moment_name(one.last_success) if one.last_success else missing()
    status = words.status(one.status)
    figures.note(_("{name} : {status} ; dernière lecture réussie : {last}", name=one.name, status=status, last=last))
    if one.reason and one.status in ("held", "failed"):
        figures.note(words.wrong(one.reason, one.values, one.detail))
    if (outcome := st.session_state.get(_OUTCOME)) is not None and outcome[0] == source.name:
        del st.session_state[_OUTCOME]
        (st.success if outcome[2] else st.error)(literal(outcome[1]))
    key = sha256(source.name.encode()).hexdigest()[:12]
    offered: list[tuple[str, str, Action]] = [
        (_("Reprendre") if source.paused else _("Mettre en pause"), "pause", partial(_pause, source)),
        (_("Essayer"), "try", partial(_try, source)),
        (_("Lire maintenant"), "sync", partial(_read, person, source, is_allowed=False)),
    ]
    if one.status == "held":
        offered.append((_("Laisser passer"), "allow", partial(_read, person, source, is_allowed=True)))
    with st.container(horizontal=True):  # side by side on a telephone too, as many as fit
        return [
            partial(_act_on, source, act)
            for label, name, act in offered
            if st.button(literal(label), key=f"followed_{name}_{key}")
        ]


def _act_on(source: Followed, act: Action) -> None:
    """Do what was pressed; what is wrong with it is said where it was pressed."""
    try:
        act()
    except CampaignError as error:
        _say(source, str(error), is_good=False)


def _say(source: Followed, message: str, *, is_good: bool = True) -> None:
    """Draw the page anew, with the source as it is now and what came of the press beside it: the page's head may be out of sight."""
    st.session_state[_OUTCOME] = (source.name, message, is_good)
    st.rerun()


def _pause(source: Followed) -> None:
    """Leave a source alone, or take it up again."""
    followed.pause(source.name, is_paused=not source.paused)
    if source.paused:
        _say(source, _("{name} est de nouveau suivie.", name=source.name))
    _say(source, _("{name} est en pause.", name=source.name))


def _read(person: Person, source: Followed, *, is_allowed: bool) -> None:
    """Read a source and publish, under the person's account; say what became of it, and send what others should hear of."""
    with st.spinner(_("Lecture de la source…")):
        (result,) = sync.sync(settings().db, [source.name], is_allowed=is_allowed, ran_by=person.author)
        unsent = _alert()
    if not result.is_good:
        _say(source, " ".join([result.message, *unsent]), is_good=False)
    brought = words.changes({"new": result.new, "updated": result.updated, "withdrawn": result.withdrawn})
    if result.status == "unchanged":
        _say(source, " ".join([_("{name} : rien de nouveau.", name=source.name), *unsent]))
    _say(source, " ".join([_("{name} : publié, {changes}.", name=source.name, changes=brought), *unsent]))


def _alert() -> list[str]:
    """Send what others should hear of; return what went wrong there, which leaves the reading as it was."""
    try:
        problems = delivery.tell(settings().db).problems
    except CampaignError as error:
        problems = [str(error)]
    return [_("Alerte non envoyée : {problem}", problem=problem) for problem in problems]


def _try(source: Followed) -> None:
    """Read a source without publishing anything, and remember what it would bring."""
    with st.spinner(_("Lecture de la source…")):
        result = trial.run(settings().db, source)
    st.session_state[_TRIED] = _Tried(source, identity_now(), result)


def _tried() -> None:
    """Draw what the last try would bring, as long as the event file is the one that it was compared with."""
    last_trial: _Tried | None = st.session_state.get(_TRIED)
    if last_trial is None or last_trial.beside != identity_now():
        return
    figures.heading(_("Essai de {name}", name=last_trial.source.name), _("Rien n'est publié."))
    account_page.draw(*last_trial.result, key="followed_report")


def _form(person: Person, sources: Sequence[Followed]) -> list[Action]:
    """Draw the form that follows one more source, or tries it first; return what was pressed."""
    if st.session_state.pop(_FOLLOWED, False):  # said anew: a browser goes on showing what it was not told to let go
        st.session_state.update(dict.fromkeys(("followed_url", "followed_name", "followed_licence"), ""))
    regions = catalog.labels("region_2016") | catalog.labels("region_2014")
    keys = sorted({each.key_env for each in sources if each.key_env})
    url = st.text_input(_("Adresse (https://…)"), key="followed_url", max_chars=2000)
    left, right = st.columns(2)
    name = left.text_input(_("Nom de la source"), key="followed_name", max_chars=followed.LONGEST_NAME)
    licence = right.text_input(_("Licence des événements"), key="followed_licence", max_chars=100)
    options = [None, *regions]
    region = left.selectbox(
        _("Région dont c'est l'agenda : ses événements en ligne y sont rangés"),
        options,
        index=options.index(person.region) if person.region in regions else 0,
        format_func=lambda code: regions[code].text if code else _("Aucune en particulier"),
        key="followed_region",
    )
    every = right.selectbox(_("Temps entre deux lectures"), EVERY, index=1, key="followed_every")
    key_env = None
    if keys:
        key_env = right.selectbox(
            _("Clé (celle d'une source du même service)"),
            [None, *keys],
            format_func=lambda variable: variable or _("Aucune"),
            key="followed_key",
        )
    source = Followed(
        name=name.strip(),
        url=url.strip(),
        licence=licence.strip(),
        region=region,
        every=every,
        key_env=key_env,
        added=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    left, right, _rest = st.columns([1, 1, 2])
    is_tried = left.button(_("Essayer"), key="followed_try", width="stretch")
    is_followed = right.button(_("Suivre"), key="followed_add", type="primary", width="stretch")
    return [
        act
        for is_pressed, act in (
            (is_tried, lambda: _try(checked(source, sources))),
            (is_followed, lambda: _follow(checked(source, sources))),
        )
        if is_pressed
    ]


def _follow(source: Followed) -> None:
    """Follow one more source; the form is empty again."""
    followed.add(source)
    st.session_state[_FOLLOWED] = True
    access.notify(
        _("{name} est suivie. Elle sera lue à son tour, ou maintenant par « Lire maintenant ».", name=source.name)
    )


def checked(source: Followed, sources: Sequence[Followed]) -> Followed:
    """Return a source that may be followed from a page; raises IntakeError for one that only the operator may follow."""
    followed.check(source)
    host = source.address.host
    if host in network.LOOPBACK_NAMES and not settings().follow_private:
        raise IntakeError(
            _("Une adresse de cette machine ne se suit pas d'ici."), _("Donnez l'adresse publique de la source.")
        )
    known = {network.origin_of(each.address) for each in sources if each.key_env == source.key_env}
    if source.key_env is not None and network.origin_of(source.address) not in known:
        raise IntakeError(
            _("Cette clé n'est pas celle de ce service ({host}).", host=host),
            _("La personne qui tient le serveur ajoute la source, avec sa clé, par campaign follow add."),
        )
    return source

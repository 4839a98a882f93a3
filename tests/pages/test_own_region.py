"""A coordinator's region is remembered: the pages that steer open on it, in the address, until she takes it away."""

from datetime import date

import pytest
from pydantic import SecretStr
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from campaign.core.coordinators import region_of
from campaign.core.pages import IMPORT, by_key
from campaign.core.settings import settings
from campaign.view.frame import own_region
from campaign.view.importing import access
from tests.pages.conftest import FRAME

MARIE = {"email": "Marie@exemple.org", "email_verified": True}


@pytest.fixture(autouse=True)
def signed_in(reading_demo: object, monkeypatch: pytest.MonkeyPatch) -> None:
    given = settings()
    monkeypatch.setattr(given, "today", date(2014, 10, 20))
    for name in ("signin_provider", "signin_client_id"):
        monkeypatch.setattr(given, name, "essai")
    for name in ("signin_client_secret", "signin_cookie_secret"):
        monkeypatch.setattr(given, name, SecretStr("essai"))
    monkeypatch.setattr(given, "coordinators", "marie@exemple.org;53,paul@exemple.org")
    monkeypatch.setattr(own_region, "claims", lambda: MARIE)
    monkeypatch.setattr(access, "person", lambda: access.Person("marie@exemple.org", True, "53"))


def opened(page: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app._page_hash = calc_hash((IMPORT if page == "import" else by_key(page)).path)
    app.run()
    assert not app.exception, app.exception[0].value
    return app


@pytest.mark.parametrize("page", ["pace", "quality", "import"])
def test_the_pages_that_steer_open_on_it(page: str) -> None:
    app = opened(page)
    assert app.query_params["region"] == "53"
    assert "Bretagne" in "".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("query", [{"region": "11"}, {"departement": "75"}])
def test_an_address_that_names_a_place_is_the_view(query: dict[str, str]) -> None:
    assert dict(opened("pace", **query).query_params) == query


@pytest.mark.parametrize("page", ["overview", "agenda"])
def test_pages_for_the_public_stay_the_countrys(page: str) -> None:
    assert "region" not in opened(page).query_params


def test_she_sees_the_country_once_she_takes_it_away() -> None:
    app = opened("quality")
    app.run()  # the address has arrived in the browser
    del app.query_params["region"]
    app.run()
    assert "region" not in app.query_params


def test_a_region_of_the_other_nomenclature_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "coordinators", "marie@exemple.org;28")
    assert dict(opened("pace").query_params) == {"nomenclature": "2016", "region": "28"}


@pytest.mark.parametrize("claims", [{}, MARIE | {"email": "paul@exemple.org"}, MARIE | {"email_verified": False}])
def test_others_see_the_country(claims: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_region, "claims", lambda: claims)
    assert "region" not in opened("pace").query_params


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("a@b.fr;53,c@d.fr", {"a@b.fr": "53", "c@d.fr": None}),
        ("a@b.fr; c@d.fr", {"a@b.fr": None, "c@d.fr": None}),
        ("A@b.fr ; 2a , c@d.fr;11", {"a@b.fr": "2A", "c@d.fr": "11"}),
        ("a@b.fr\nc@d.fr;11", {"a@b.fr": None, "c@d.fr": "11"}),
        ("53", {}),
        ("", {}),
    ],
)
def test_the_list_of_coordinators_is_read(
    listed: str, expected: dict[str, str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "coordinators", listed)
    assert settings().coordinator_regions() == expected
    assert settings().allowed_emails() == frozenset(expected)
    user = {"email": "a@b.fr", "email_verified": True}
    assert region_of(user) == expected.get("a@b.fr")

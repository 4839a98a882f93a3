"""What is sent through the page is bounded, packed and unpacked, and goes nowhere but a folder of its own."""

import gzip
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.datastructures import Headers

from campaign.core.coordinators import is_coordinator
from campaign.core.errors import IntakeError
from campaign.core.settings import Settings, settings
from campaign.intake.uploads import MEGABYTE, plain_name, temporary_files
from campaign.publish.importing import look
from campaign.web.signin import left_view, remembered


@dataclass
class Sent:
    name: str
    content: bytes

    def getvalue(self) -> bytes:
        return self.content


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.fixture(autouse=True)
def bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "upload_mb", 1)
    monkeypatch.setattr(settings(), "unpacked_mb", 2)


def test_files_are_kept_while_they_are_read() -> None:
    with temporary_files([Sent("../../a.csv", b"titre"), Sent("a.csv", b"autre")]) as paths:
        assert [path.name for path in paths] == ["a.csv", "a (2).csv"]
        assert [path.read_bytes() for path in paths] == [b"titre", b"autre"]
        assert len({path.parent for path in paths}) == 2
    assert not any(path.exists() for path in paths)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"x" * (MEGABYTE + 1), "Mo envoyés"),
        (gzip.compress(b"0" * 3 * MEGABYTE, mtime=0), "une fois décompressé"),
        (zipped(a=b"0" * 3 * MEGABYTE), "une fois décompressé"),
        (zipped(a=b"0" * MEGABYTE, b=b"0" * MEGABYTE, c=b"0" * MEGABYTE), "une fois décompressé"),
        (b"PK\x03\x04 broken", "abîmée"),
        (gzip.compress(b"0" * 1000, mtime=0)[:-8], "abîmée"),
    ],
    ids=["large", "large .gz", "large .zip", "many in a .zip", "no .zip", "cut .gz"],
)
def test_what_is_too_large_or_broken_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(IntakeError, match=message), temporary_files([Sent("a", content)]) as paths:
        look(paths, unpacked_mb=settings().unpacked_mb)


def test_two_files_share_the_bound() -> None:
    half = gzip.compress(b"titre;date\n" + b"0" * (MEGABYTE + MEGABYTE // 2))
    with temporary_files([Sent("a.gz", half)]) as paths:
        assert look(paths, unpacked_mb=settings().unpacked_mb)
    with pytest.raises(IntakeError, match=r"b\.gz"), temporary_files([Sent("a.gz", half), Sent("b.gz", half)]) as paths:
        look(paths, unpacked_mb=settings().unpacked_mb)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("/etc/passwd", "passwd"),
        ("c:\\x\\été 2014.xlsx", "été 2014.xlsx"),
        ("..", "fichier"),
        ("a\x00b.csv", "a_b.csv"),
    ],
)
def test_names_stay_in_their_folder(name: str, plain: str) -> None:
    assert plain_name(name) == plain
    assert Path(plain_name(name)).name == plain


def test_sign_in_needs_all_its_settings() -> None:
    given = {"signin_provider": "https://id.exemple.org", "signin_client_id": "a", "signin_client_secret": "b",
             "signin_cookie_secret": "c", "coordinators": "A@exemple.org; b@exemple.org"}  # fmt: skip
    assert Settings(**given).has_signin  # type: ignore[arg-type]
    assert Settings(**given).allowed_emails() == {"a@exemple.org", "b@exemple.org"}  # type: ignore[arg-type]
    for name in given:
        assert not Settings(**(given | {name: ""})).has_signin  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"email": "A@Exemple.org", "email_verified": True}, True),
        ({"email": "a@exemple.org", "email_verified": "true"}, True),
        ({"email": "a@exemple.org", "email_verified": False}, False),
        ({"email": "a@exemple.org"}, False),
        ({"email": "b@exemple.org", "email_verified": True}, False),
        ({"email_verified": True}, False),
        ({"email": "a@e\u212aemple.org", "email_verified": True}, False),
        ({"email": "\uff41@exemple.org", "email_verified": True}, False),
        ({"email": "\u212a@exemple.org", "email_verified": True}, False),
        ({"email": "K@exemple.org", "email_verified": True}, True),
        ({"email": "\u00e9@exemple.org", "email_verified": True}, True),
        ({"email": "e\u0301@exemple.org", "email_verified": True}, False),
    ],
)
def test_only_verified_addresses_of_the_list(
    monkeypatch: pytest.MonkeyPatch, claims: dict[str, object], expected: bool
) -> None:
    monkeypatch.setattr(settings(), "coordinators", "a@exemple.org k@exemple.org,\u00e9@exemple.org")
    assert is_coordinator(claims) is expected


@pytest.mark.parametrize(
    ("referer", "view"),
    [
        ("http://ici/import?region=53", "/import?region=53"),
        ("http://ici/", "/"),
        ("http://ailleurs/import", None),
        ("http://ici//ailleurs/", None),
        ("http://ici/\\ailleurs", None),
        ("http://ici/a\\ailleurs", None),
        ("http://ici/?q=\u00e9", None),
        ("http://ici/~a!", "/~a!"),
        ("", None),
    ],
)
def test_only_a_view_of_ours_is_remembered(referer: str, view: str | None) -> None:
    assert left_view(Headers({"host": "ici", "referer": referer})) == view


@pytest.mark.parametrize(
    ("cookie", "view"),
    [
        ("campaign_view=%2Fimport%3Fregion%3D53", "/import?region=53"),
        ("campaign_view=%2F%2Failleurs", None),
        ("campaign_view=https%3A%2F%2Failleurs", None),
        ("campaign_view=%2Fa%0D%0Ab", None),
        ("autre=1", None),
        ("campaign_view=%2F%3F%2F%E2%82%AC", None),
        ("campaign_view=/?/\u00e9", None),
        ("a/b=1; campaign_view=%2Fimport", "/import"),
        ("campaign_view=%2Fa%5Cb", None),
    ],
)
def test_nobody_is_led_elsewhere(cookie: str, view: str | None) -> None:
    assert remembered(Headers({"cookie": cookie})) == view
    if view is not None:
        view.encode("latin-1")  # as a header holds it

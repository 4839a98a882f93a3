"""The files of the maps: complete, small, and asking nothing of another host."""

import json
import re
import tomllib

import pytest

from campaign import web
from campaign.charts import maps
from campaign.core import palette, tint
from campaign.core.pages import paths
from campaign.core.settings import DATA, ROOT
from campaign.profile import colours

ASSETS = ROOT / "assets"
STYLES = [f"base{regions}{theme}.json" for regions in ("", "-2016", "-plain") for theme in ("", "-dark")]


def codes(file: str) -> set[str]:
    features = json.loads((DATA / "geo" / f"{file}.geojson").read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["code"] for feature in features}


@pytest.mark.parametrize("layer", ["region_2014", "region_2016", "departement"])
def test_drawings_hold_every_territory_and_stay_small(layer: maps.Layer) -> None:
    path = ROOT / maps.FILES[layer].removeprefix("/")
    text = path.read_text(encoding="utf-8")
    ids = re.findall(r'<path id="([^"]+)" d="M', text)
    letter = "d" if layer == "departement" else "r"
    expected = {letter + code for code in codes(path.stem)}
    if layer == "departement":
        expected |= {"i" + code for code in maps.RING} | {"lines-2014", "lines-2016"}
    assert set(ids) == expected
    assert len(ids) == len(expected)
    assert len(text.encode()) < 60_000


def test_labels_stand_in_the_frame() -> None:
    table = maps.territories()
    for layer in table["layers"].values():
        for x, y, room in layer["labels"].values():
            assert room > 0
            assert 0 < x < table["width"]
            assert 0 < y < table["height"]
    boxes = list(table["insets"].values())
    for k, box in enumerate(boxes):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= table["width"]
        for other in boxes[k + 1 :]:
            apart = box["y"] + box["height"] <= other["y"] or box["x"] + box["width"] <= other["x"]
            assert apart


def test_frame_gives_back_degrees() -> None:
    table = maps.territories()
    assert table["west_m"] + table["unit_m"] * table["insets"]["971"]["x"] == pytest.approx(-946_215.7, abs=400)


def luminance(colour: list[int]) -> float:
    parts = [value / 255 for value in colour]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: list[int], other: list[int]) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [palette.of(palette.LIGHT), palette.of(palette.DARK)], ids=["day", "night"])
def test_values_can_be_read_on_every_step_and_marks_seen_on_the_ground(palette: palette.Palette) -> None:
    for ground, ink in zip(palette.steps, palette.on_steps, strict=True):
        assert contrast(ground, ink) >= 4.5
    assert contrast(palette.accent, palette.land) >= 3
    assert contrast(palette.accent, palette.sea) >= 3
    assert contrast(palette.ink, palette.sea) >= 4.5


@pytest.mark.parametrize("theme", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("kind", ["step", "change"])
def test_letters_can_be_read_on_every_class(kind: str, theme: palette.Theme) -> None:
    for ink in (role for role in theme if role.startswith(f"{kind}-ink-")):
        assert contrast(palette.rgb(theme, ink), palette.rgb(theme, ink.replace("ink-", ""))) >= 4.5, ink
    for role in ("ink", "ink-2", "accent", "amber"):
        assert contrast(palette.rgb(theme, role), palette.rgb(theme, "paper")) >= 4.5, role


@pytest.mark.parametrize(
    "accents", [("#6B3FA0", "#B99AE8"), ("#767600", "#FFFF00"), ("#B3261E", "#FF8A80"), ("#000000", "#FFFFFF")]
)
def test_an_accent_of_another_campaign_tints_its_shades_and_leaves_letters_legible(accents: tuple[str, str]) -> None:
    for theme, plain, accent in zip(tint.tinted(*accents), (palette.LIGHT, palette.DARK), accents, strict=True):
        assert theme["accent"] == accent
        assert {role for role in theme if theme[role] != plain[role]} == {"accent", *tint.SHADES}
        for step in range(1, 6):
            assert contrast(palette.rgb(theme, f"step-{step}"), palette.rgb(theme, f"step-ink-{step}")) >= 4.5
        lights = [tint.lch(theme[f"step-{step}"]).lightness for step in range(1, 6)]
        assert lights == sorted(lights, reverse=theme["paper"] == palette.LIGHT["paper"])


def test_the_palette_s_own_accent_changes_nothing() -> None:
    assert tint.tinted(palette.LIGHT["accent"], palette.DARK["accent"]) == (palette.LIGHT, palette.DARK)
    assert all(tint.hexadecimal(tint.lch(colour)) == colour for colour in palette.LIGHT.values())
    assert colours.overriding() == ""


def test_stylesheet_and_palette_agree() -> None:
    css = (ASSETS / "campaign.css").read_text(encoding="utf-8")
    named = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);", css)
    assert {role: (light.upper(), dark.upper()) for role, light, dark in named} == palette.COLOURS
    assert len(named) == len(palette.COLOURS)
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    for name, theirs in (("light", palette.LIGHT), ("dark", palette.DARK)):
        roles = ("accent", "paper", "ground", "ink", "accent", "line")
        assert list(theme[name].values()) == [theirs[role] for role in roles], name


def test_colours_stand_in_the_palette_alone() -> None:
    colour = re.compile(r"(?<![&\w])#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b(?!\w)|\brgba?\(\s*[1-9]")
    code = [path for path in (ROOT / "campaign").rglob("*") if path.suffix in (".py", ".typ", ".html", ".css", ".sql")]
    code = [path for path in code if path.name != "palette.py"]
    by_file = {str(path): colour.findall(path.read_text(encoding="utf-8")) for path in code}
    by_file |= {
        path.name: colour.findall(re.sub(r"--[\w-]+: light-dark\(.*", "", path.read_text(encoding="utf-8")))
        for path in ASSETS.glob("*.css")
    }
    assert len(by_file) > 200
    assert {name: colours for name, colours in by_file.items() if colours} == {}
    roles = {
        role
        for path in ASSETS.glob("*.css")
        for role in re.findall(r"(?:fill|stroke): var\(--([\w-]+)\)", path.read_text())
    }
    own = {"map-paper", "map-ground", "map-ink", "map-ink-2", "map-line", "map-accent"}
    assert roles - own <= palette.COLOURS.keys()


def test_a_file_holds_colours_and_no_names() -> None:
    drawn = f'<rect fill="{palette.var("step-3")}" stroke="{palette.var("ink")}"/><text>var(--ink) "var(--ink)"</text>'
    for theme in (palette.LIGHT, palette.DARK, palette.PRINT):
        bound = palette.bound(drawn, theme)
        assert f'fill="{theme["step-3"]}" stroke="{theme["ink"]}"' in bound
        assert bound.endswith('<text>var(--ink) "var(--ink)"</text>')
    with pytest.raises(KeyError):
        palette.var("teal")


def test_links_to_addresses_that_are_no_page_load_anew() -> None:
    script = (ROOT / "assets" / "campaign.js").read_text("utf-8")
    pattern = re.search(r"!/(\^.+)/\.test\(link\.pathname\)", script)
    assert pattern
    left_alone = re.compile(pattern[1].replace(r"\/", "/"))
    addresses = {route.path for route in web.routes()}  # type: ignore[attr-defined]
    assert [path for path in addresses if not left_alone.match(path)] == []
    assert [path for path in paths() if left_alone.match(f"/{path}")] == []

"""The land under the map of density, and a style without a base map: assets/density-land.geojson and assets/blank-style.json."""

from tools.geography.shapes import ASSETS, DATA, Feature, read_features, write_features, write_json

DIGITS = 3  # decimals of a degree, about 100 m
BLANK = {
    "version": 8,
    "name": "blank",
    "sources": {},
    "layers": [{"id": "ground", "type": "background", "paint": {"background-color": "rgba(0,0,0,0)"}}],
}


def main() -> None:
    """Write both files."""
    drawn = read_features(DATA / "departements_encarts.geojson")
    write_features(ASSETS / "density-land.geojson", (Feature("", {}, each.shape) for each in drawn), digits=DIGITS)
    write_json(ASSETS / "blank-style.json", BLANK)


if __name__ == "__main__":
    main()

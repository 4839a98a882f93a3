"""Calls to paste into a terminal, a notebook, R or Excel, that read one view's events."""

from typing import Final

from campaign.core.language import _
from campaign.filters import Filters, urls

NAMES: Final = ("curl", "Python (pandas)", "R", "Excel (Power Query)")


def samples(chosen: Filters, base_url: str) -> list[tuple[str, str]]:
    """Return the name and the text of each call; addresses are absolute."""
    csv, parquet = (base_url + urls.api(f"/api/v1/events.{kind}", chosen) for kind in ("csv", "parquet"))
    counts = base_url + urls.api("/api/v1/counts.json", chosen, by="region")
    texts = (
        f'curl --compressed --remote-header-name --remote-name "{csv}"\ncurl "{counts}"',
        "import pandas as pd\n\n"
        f'evenements = pd.read_csv(\n    "{csv}",\n    dtype={{"postcode": str, "commune_code": str, "departement_code": str,\n'
        '           "region_2014_code": str, "region_2016_code": str},\n    parse_dates=["updated_at"],\n)\n'
        "print(len(evenements))",
        f'evenements <- read.csv(\n  "{csv}",\n  colClasses = c(postcode = "character", commune_code = "character",\n'
        '                 departement_code = "character", region_2014_code = "character",\n'
        '                 region_2016_code = "character"),\n  encoding = "UTF-8", na.strings = ""\n)\n'
        f'nrow(evenements)\n\n# {_("plus vite, avec le paquet arrow :")}\n# arrow::read_parquet("{parquet}")',
        f"// {_('Données, Obtenir des données, Requête vide, Éditeur avancé :')}\n"
        "let\n"
        f'    Source = Csv.Document(Web.Contents("{csv}"), [Delimiter=",", Encoding=65001, QuoteStyle=QuoteStyle.Csv]),\n'
        "    Evenements = Table.PromoteHeaders(Source, [PromoteAllScalars=true])\n"
        "in\n    Evenements",
    )
    return list(zip(NAMES, texts, strict=True))

"""What is refused though each value is well formed: values that exclude each other, codes that the file does not know.

A description of parameters cannot say it in its schemas, so it says it in words, by parameter; a test holds every refusal of a
well-formed request against it.
"""

from typing import Final

OF_TOGETHER: Final = {
    "edition": "`all` avec une année ; pour `/kits/presse.zip` et `/reports/bilan.…`, toute autre chose qu'une seule édition.",
    "region": "une région de l'autre découpage que celui de `nomenclature` (sans elle, celui de l'édition) ; pour "
    "`/kits/presse.zip` et `/reports/bilan.…`, plusieurs régions.",
    "subcampaign": "avec `theme`, `from` ou `to` ; avec une autre édition que la sienne.",
    "to": "avant `from` ; hors de 1990 à 2100.",
}
OF_CODES: Final = {
    "from": "hors de 1990 à 2100.",
    "as_of": "hors de 1990 à 2100.",
    "commune": "un code qu'aucune commune n'a eu.",
    "organiser": "un code que le fichier n'a pas.",
    "id": "un événement que le fichier n'a pas ; plus de 500.",
    "near": "ni un code postal, ni le code ou le nom d'une seule commune.",
    "q": "un caractère de contrôle.",
    "after": "ce qu'aucune page de cette adresse n'a donné.",
    "theme": "sur `/embed/…`, plus d'une apparence.",
    "against": "une édition que le fichier n'a pas.",
}
REFUSED: Final = {**OF_CODES, **OF_TOGETHER}


def in_words() -> str:
    """Return what is refused together, as a paragraph of the description."""
    explanations = " ".join(f"`{name}` : {text}" for name, text in OF_TOGETHER.items())
    return f"Refusés ensemble, bien que chacun soit juste (400) : {explanations}"

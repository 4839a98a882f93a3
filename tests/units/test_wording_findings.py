"""Each kind of finding says what it is and what to do, in both languages."""

import pytest

from campaign.core.language import LANGUAGES, use
from campaign.intake.account import FIELDS
from campaign.wording import findings, sentences
from campaign.wording.quantities import clauses, listed, quoted
from campaign.wording.reasons import REASONS
from campaign.wording.territories import around


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_has_a_label_and_a_remedy(language: str) -> None:
    with use(language):
        labels = [findings.finding(kind) for kind in (*findings.KINDS, *REASONS)]
        assert all(findings.remedy(kind).endswith(".") for kind in (*findings.KINDS, *REASONS))
    assert all(labels)
    assert len(set(labels)) == len({*findings.KINDS, *REASONS})


def test_the_report_names_the_field_of_every_kind_that_has_one() -> None:
    of_the_row = {
        "not_an_event",
        "event_unreadable",
        "extra_cells",
        "missing_cells",
        "open_quote",
        "duplicate",
        "rows_left",
        "row_hidden",
        "row_struck",
    }
    of_a_source = {"withdrawn", "absent_from_import"}
    of_corrections = {"correction_without_event", "correction_redundant", "correction_source_changed"}
    assert {*findings.KINDS, *REASONS} - set(FIELDS) == of_the_row | of_a_source | of_corrections


def test_a_kind_that_is_not_known_is_shown_as_its_code() -> None:
    assert findings.finding("of_tomorrow") == "of_tomorrow"
    assert findings.remedy("of_tomorrow") == ""
    assert findings.rejection("of_tomorrow") == "of_tomorrow"


def test_each_rejection_has_a_short_form() -> None:
    assert {code for code, reason in REASONS.items() if reason.kind == "reject"} <= set(findings.REJECTIONS)
    assert sentences.account(1, rejected=[(12, findings.rejection("date_missing"))]) == (
        "1 événement importé, 1 ligne rejetée (12\u00a0: date absente). Corrigez-la et réimportez le fichier."
    )


def test_words_in_a_row() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a et b"
    assert listed(["a", "b", "c"]) == "a, b et c"
    assert clauses(["a", "b", "c"]) == "a\u202f; b\u202f; c"
    assert quoted("a : b") == "«\u00a0a : b\u00a0»"
    with use("en"):
        assert listed(["a", "b", "c"]) == "a, b and c"
        assert clauses(["a", "b"]) == "a; b"
        assert quoted("a") == "“a”"


def test_around_a_commune() -> None:
    assert around("Le Mans", 20) == "à moins de 20\u00a0km du Mans"
    assert around("Amiens", 7.5) == "à moins de 7,5\u00a0km d'Amiens"
    with use("en"):
        assert around("Le Mans", 20) == "within 20\u00a0km of Le Mans"

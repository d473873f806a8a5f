"""SPLSCORE of US labels: read as a hint, strictly, and without entities."""

from __future__ import annotations

import pytest

from easeoff.medicines.importing import ImportRefused
from easeoff.medicines.importing.splscore import spl_scores

LABEL = """<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><component><section><subject>
<manufacturedProduct><manufacturedProduct>
<code code="00000-001" codeSystem="2.16.840.1.113883.6.69"/><name>Sertraline</name>
</manufacturedProduct>
<subjectOf><approval><id extension="NDA019839" root="2.16.840.1.113883.3.150"/></approval></subjectOf>
<subjectOf><characteristic><code code="SPLSIZE" codeSystem="2.16.840.1.113883.1.11.19255"/>
<value xsi:type="PQ" value="10" unit="mm"/></characteristic></subjectOf>
<subjectOf><characteristic><code code="SPLSCORE" codeSystem="2.16.840.1.113883.1.11.19255"/>
<value xsi:type="INT" value="2"/></characteristic></subjectOf>
</manufacturedProduct></subject></section></component></document>"""


def hints(tmp_path, text):
    path = tmp_path / "label.xml"
    path.write_text(text, "utf-8")
    return list(spl_scores(path))


def test_the_score_is_read_with_its_product(tmp_path):
    (hint,) = hints(tmp_path, LABEL)
    assert (hint.ndc, hint.name, hint.application, hint.pieces) == ("00000-001", "Sertraline", "NDA019839", 2)
    assert hint.line == 10


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('value="2"', 'value="two"', "is not a number of pieces"),
        ('value="2"', 'value="99"', "is not a number of pieces"),
        ("</document>", "", "ends too early"),
        ("<document", "<!DOCTYPE document [<!ENTITY a 'b'>]><document", "DOCTYPE"),
        ("document", "letter", "it is no label"),
    ],
)
def test_a_label_that_cannot_be_trusted_is_refused(tmp_path, old, new, said):
    with pytest.raises(ImportRefused, match=said):
        hints(tmp_path, LABEL.replace(old, new))

"""What people type, made fit to be kept."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.text import clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a  ", "a"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00b\x0bc", "abc"),
        ("a\u202eb", "ab"),
        ("\ud800a", "a"),
        ("и\u0306", "й"),
    ],
)
def test_text_is_cleaned(typed, kept):
    assert clean(typed) == kept


@given(st.text(st.characters()))
def test_whatever_is_typed_can_stand_in_xml(typed):
    element = ET.Element("t")
    element.text = clean(typed)
    assert (ET.fromstring(ET.tostring(element, encoding="utf-8")).text or "") == clean(typed)


@given(st.text())
def test_cleaning_twice_changes_nothing_more(typed):
    assert clean(clean(typed)) == clean(typed)

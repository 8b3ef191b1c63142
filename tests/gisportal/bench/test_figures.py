"""The table of figures, and how a rerun replaces it in a document."""

import pytest

from gisportal.bench.figures import Figure, put_between, table

FIGURE = Figure.of("a tile", "bare SQL", [2.0, 6.0, 4.0], [1.0, 2.0, 9.0], load=0.26, size_bytes=12345)


def test_a_figure_compares_medians():
    assert (FIGURE.p50, FIGURE.p95, FIGURE.floor_p50, FIGURE.ratio) == (4.0, 6.0, 2.0, 2.0)


def test_a_figure_comes_back_from_its_data():
    assert Figure(**FIGURE.as_data()) == FIGURE


def test_the_table_has_a_line_for_each_figure():
    line = table([FIGURE]).splitlines()[2]
    assert line == "| a tile | 3 | 4.00 | 6.00 | bare SQL | 2.00 | 9.00 | 2.00 | 12,345 | 0.3 |"


def test_a_new_table_goes_to_the_end():
    document = put_between("# Words\n", "1m", "table")
    assert document == "# Words\n\n<!-- bench:1m:begin -->\ntable\n<!-- bench:1m:end -->\n"


def test_a_rerun_replaces_the_table_of_its_size_only():
    document = put_between(put_between("words", "1m", "old"), "100k", "other")
    again = put_between(document, "1m", "new")
    assert again == document.replace("old", "new")


def test_a_marker_without_its_end_is_an_error():
    with pytest.raises(ValueError, match="is not followed"):
        put_between("<!-- bench:1m:begin -->", "1m", "table")

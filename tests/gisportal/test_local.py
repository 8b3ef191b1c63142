"""The parts of the setup commands that decide something, without touching the machine."""

import json
import stat
from pathlib import Path

import pytest

from gisportal.local import (
    console,
    env_file,
    fingerprint,
    frontend,
    node,
    ports,
    postgres,
    serve,
    summary,
    system_packages,
    tests,
)
from gisportal.local.console import Stop
from gisportal.local.database import Access
from gisportal.local.fingerprint import Stamp

# Ports ----------------------------------------


def test_the_first_free_port_is_taken() -> None:
    taken = {15432, 15433}
    assert ports.choose([15432, 15433, 15434, 15435], lambda port: port not in taken) == 15434


def test_no_free_port_is_said_plainly() -> None:
    with pytest.raises(Stop, match="no port is free"):
        ports.choose([15432], lambda port: False)


def test_port_8000_serves_when_none_is_named() -> None:
    assert serve.wanted_port(None) == 8000
    assert serve.wanted_port("") == 8000


def test_a_named_port_is_used() -> None:
    assert serve.wanted_port("8081") == 8081


@pytest.mark.parametrize("text", ["0", "65536", "-1", "80a", "1e3"])
def test_a_port_that_is_none_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Stop, match="not a port") as stopped:
        serve.wanted_port(text)
    assert "PORT=8080" in str(stopped.value)


# The private settings ----------------------------------------


def test_the_address_of_the_private_database_can_be_read_back() -> None:
    access = Access(15440, "p4ss_word-x")
    assert access.url == "postgis://opencity:p4ss_word-x@127.0.0.1:15440/opencity"
    assert Access.parse(access.url) == access


@pytest.mark.parametrize("url", ["", "postgis://localhost/city", "postgis://me@localhost:5432/city"])
def test_an_address_without_port_or_password_gives_no_access(url: str) -> None:
    assert Access.parse(url) is None


def test_an_env_file_is_read_without_its_comments_and_with_equals_signs_in_values() -> None:
    assert env_file.parse("# private\n\nSECRET_KEY=a=b=\n DEMO = on \n") == {
        "SECRET_KEY": "a=b=",
        "DEMO": "on",
    }


def test_a_line_of_an_env_file_that_sets_nothing_is_named() -> None:
    with pytest.raises(ValueError, match="line 2"):
        env_file.parse("DEMO=on\nSECRET_KEY\n")


def test_an_update_keeps_what_it_does_not_name_and_only_the_owner_can_read_it(tmp_path: Path) -> None:
    file = tmp_path / "env"
    env_file.update({"SECRET_KEY": "s", "DEMO": "on"}, file)
    env_file.update({"DEMO": "off"}, file)
    assert env_file.read(file) == {"SECRET_KEY": "s", "DEMO": "off"}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


# Finding programs ----------------------------------------


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Debian's folders: PostgreSQL 13 and 15 and 17 with PostGIS, 16 without it.

    /usr/lib/postgresql/N/bin/initdb      /usr/share/postgresql/N/extension/postgis.control
    """
    for major in (13, 15, 16, 17):
        programs = tmp_path / f"usr/lib/postgresql/{major}/bin"
        extensions = tmp_path / f"usr/share/postgresql/{major}/extension"
        programs.mkdir(parents=True)
        extensions.mkdir(parents=True)
        (programs / "initdb").touch()
        if major != 16:
            (extensions / "postgis.control").touch()
    return tmp_path


def test_the_newest_postgresql_with_postgis_comes_first_and_one_too_old_is_passed_over(machine: Path) -> None:
    assert [found.major for found in postgres.installations(machine)] == [17, 15]


def test_a_machine_without_postgresql_has_no_installation(tmp_path: Path) -> None:
    assert postgres.installations(tmp_path) == []


def test_apt_is_asked_for_the_named_packages_only_and_waits_for_another_apt() -> None:
    assert " ".join(system_packages.command(["chromium", "gettext"])) == (
        "apt-get -o DPkg::Lock::Timeout=600 -y --no-install-recommends install chromium gettext"
    )


@pytest.mark.parametrize(
    ("said", "version"),
    [("v20.19.1\n", (20, 19, 1)), ("24.1.0", (24, 1, 0)), ("", (0, 0, 0)), ("node: not found", (0, 0, 0))],
)
def test_a_version_of_node_is_read_from_what_it_says(said: str, version: tuple[int, int, int]) -> None:
    assert node.parse_version(said) == version


@pytest.mark.parametrize("version", [(20, 19, 0), (20, 20, 2), (22, 12, 0), (24, 0, 0)])
def test_a_node_that_vite_runs_on_is_accepted(version: tuple[int, int, int]) -> None:
    assert node.is_supported(version)


@pytest.mark.parametrize("version", [(0, 0, 0), (18, 20, 4), (20, 18, 9), (21, 7, 0), (22, 11, 0)])
def test_a_node_that_vite_does_not_run_on_is_refused(version: tuple[int, int, int]) -> None:
    assert not node.is_supported(version)


def test_the_machines_npm_configuration_is_named_unless_the_user_named_one(tmp_path: Path) -> None:
    file = tmp_path / "npmrc"
    file.touch()
    candidates = (str(tmp_path / "absent"), str(file))
    assert node.global_configuration({}, candidates) == {"NPM_CONFIG_GLOBALCONFIG": str(file)}
    assert node.global_configuration({"NPM_CONFIG_GLOBALCONFIG": "/mine"}, candidates) == {}


# Doing nothing twice ----------------------------------------


def test_a_fingerprint_changes_with_a_name_and_with_a_byte_but_not_with_the_order(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a")
    two.write_text("b")
    before = fingerprint.of_files([one, two], tmp_path)
    assert fingerprint.of_files([two, one], tmp_path) == before
    two.write_text("c")
    assert fingerprint.of_files([one, two], tmp_path) != before
    two.write_text("b")
    two.rename(tmp_path / "three")
    assert fingerprint.of_files([one, tmp_path / "three"], tmp_path) != before


def test_a_stamp_holds_only_for_the_fingerprint_it_was_set_with(tmp_path: Path) -> None:
    stamp = Stamp(tmp_path / "made" / "stamp")
    assert not stamp.holds("1")
    stamp.set("1")
    assert stamp.holds("1")
    assert not stamp.holds("2")


def test_a_bundle_is_made_from_scripts_and_styles_not_from_python_or_what_was_installed(
    tmp_path: Path,
) -> None:
    for name in ("src/map.ts", "package.json", "citizens/views.py", "node_modules/a/index.js", "dist/map.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = {file.relative_to(tmp_path).as_posix() for file in frontend.sources(tmp_path)}
    assert found == {"src/map.ts", "package.json"}


# Running the tests ----------------------------------------


def test_the_closing_line_of_pytest_is_found_below_colours_and_above_later_output() -> None:
    output = "..\n\x1b[32m==== \x1b[1m2 passed\x1b[0m, 1 warning in 0.31s ====\x1b[0m\nstopping the browser\n"
    assert tests.closing_line(output) == "==== 2 passed, 1 warning in 0.31s ===="


@pytest.mark.parametrize(
    "line",
    [
        "=== 1 failed, 2 passed in 64.00s (0:01:04) ===",
        "3 passed in 0.10s",
        "===== no tests ran in 0.01s =====",
        "===== 2 errors in 1.00s =====",
    ],
)
def test_every_way_in_which_pytest_closes_is_known(line: str) -> None:
    assert tests.closing_line(f"collected\n{line}\n") == line


def test_an_output_in_which_pytest_did_not_close_has_no_closing_line() -> None:
    assert tests.closing_line("2 passed the border\nTraceback\n") == ""


def test_the_long_figures_are_named_by_their_files(tmp_path: Path) -> None:
    folder = tmp_path / "tests" / "long"
    folder.mkdir(parents=True)
    for name in ("test_tiles.py", "test_cells.py", "conftest.py"):
        (folder / name).touch()
    assert list(tests.long_parts(tmp_path)) == ["cells", "tiles"]


def test_an_unknown_part_is_refused_with_the_list_of_parts() -> None:
    parts = {"cells": Path("test_cells.py"), "tiles": Path("test_tiles.py")}
    assert tests.chosen(parts, "tiles") == {"tiles": Path("test_tiles.py")}
    assert tests.chosen(parts, None) == parts
    with pytest.raises(Stop) as stopped:
        tests.chosen(parts, "heat")
    assert "cells, tiles" in str(stopped.value)


# What is said ----------------------------------------


@pytest.mark.parametrize(
    ("duration_s", "text"), [(0.04, "0.0 s"), (59.94, "59.9 s"), (60, "1 min 00 s"), (125.4, "2 min 05 s")]
)
def test_a_duration_is_said_in_seconds_and_then_in_minutes(duration_s: float, text: str) -> None:
    assert console.seconds(duration_s) == text


def test_a_stop_says_what_why_and_what_to_do() -> None:
    stop = Stop("no PostGIS.", why="Not root.", remedy="sudo apt-get install it\nThen start again.")
    assert str(stop) == (
        "Stopped: no PostGIS.\n\n  Not root.\n\nWhat to do:\n  sudo apt-get install it\n  Then start again."
    )


def test_the_summary_of_the_demo_names_the_address_and_every_account(tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    file.write_text(json.dumps([{"role": "модератор", "email": "m@example.org", "password": "x1"}]), "utf-8")
    text = summary.demo("http://127.0.0.1:8000/", file)
    assert "http://127.0.0.1:8000/" in text
    assert "  role       email          password\n  модератор  m@example.org  x1\n" in text


def test_a_demo_without_accounts_lists_none(tmp_path: Path) -> None:
    assert "accounts" not in summary.demo("http://127.0.0.1:8000/", tmp_path / "absent.json")

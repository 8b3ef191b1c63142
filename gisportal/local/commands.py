"""The commands of `python3 -m gisportal.local`, each a list of steps."""

import contextlib
import fcntl
import os
import secrets
import shutil
import sys
from collections.abc import Iterator

from gisportal.local import (
    database,
    env_file,
    frontend,
    lint,
    management,
    node,
    postgres,
    python_env,
    serve,
    summary,
    system_packages,
    tests,
)
from gisportal.local.console import Steps, Stop, say
from gisportal.local.node import Node
from gisportal.local.paths import ACCOUNTS, ENV_FILE, LOCAL, LOG, PYTHON, ROOT
from gisportal.local.system_packages import BROWSER, GETTEXT, POSTGIS, VENV, Need

CITIES = ("vasylkiv", "helsinki")
BENCH_SIZES = ("100k", "1m", "10m")


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One run at a time prepares this checkout; the next waits for it."""
    LOG.mkdir(parents=True, exist_ok=True)
    with (LOCAL / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another run is preparing this checkout: waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _needs(*extra: Need) -> list[Need]:
    return [VENV, *([] if database.own_server() else [POSTGIS]), *extra]


def _install(steps: Steps, *extra: Need) -> None:
    with steps.step("System packages") as step:
        system_packages.provide(step, _needs(*extra))
    with steps.step("Python packages") as step:
        python_env.provide(step)
        _keep_settings()


def _keep_settings() -> None:
    kept = env_file.read()
    missing = {"SECRET_KEY": secrets.token_urlsafe(50), "DEMO": "on"}
    new = {key: value for key, value in missing.items() if key not in kept}
    if new:
        env_file.update(new)


@contextlib.contextmanager
def _database(steps: Steps, *, for_tests: bool = False) -> Iterator[None]:
    with contextlib.ExitStack() as until_end:
        with steps.step("Database") as step:
            until_end.enter_context(database.running(step, for_tests=for_tests))
        yield


def _build(steps: Steps) -> Node:
    with steps.step("Front end packages") as step:
        found = frontend.provide_packages(step)
    with steps.step("Front end") as step:
        frontend.build(step, found)
    with steps.step("Translations") as step:
        management.compile_catalogues(step)
    with steps.step("Static files") as step:
        management.collect_static(step)
    return found


def _migrate(steps: Steps) -> None:
    with steps.step("Migrations") as step:
        management.manage(step, "migrate", "--noinput")


def demo() -> int:
    """Set up, load the demo city of CITY and serve it on PORT until Ctrl-C."""
    port = serve.wanted_port(os.environ.get("PORT"))
    city = os.environ.get("CITY") or CITIES[0]
    if city not in CITIES:
        raise Stop(f"CITY={city} is not a demo city.", remedy=f"Use one of: {', '.join(CITIES)}.")
    serve.require_free(port)
    steps = Steps(11)
    with contextlib.ExitStack() as until_end:
        with _alone():
            _install(steps)
            until_end.enter_context(_database(steps))
            _build(steps)
            _migrate(steps)
            with steps.step(f"Demo city {city}") as step:
                management.show(step, "demo_city", "--city", city)
            with steps.step("Base map") as step:
                management.make_base_map(step, city)
        _serve(steps, port)
    return 0


def serve_only() -> int:
    """Serve what is in the database on PORT until Ctrl-C, without loading a demo city."""
    port = serve.wanted_port(os.environ.get("PORT"))
    serve.require_free(port)
    steps = Steps(9)
    with contextlib.ExitStack() as until_end:
        with _alone():
            _install(steps)
            until_end.enter_context(_database(steps))
            _build(steps)
            _migrate(steps)
        _serve(steps, port)
    return 0


def _serve(steps: Steps, port: int) -> None:
    with contextlib.ExitStack() as until_end:
        with steps.step("Web server and worker") as step:
            children = until_end.enter_context(serve.serving(step, port))
        say(summary.demo(f"http://{serve.HOST}:{port}/", ACCOUNTS))
        serve.watch(children)


def test() -> int:
    """Lint, Python and browser tests, TypeScript tests; the last line is pytest's own."""
    steps = Steps(17)
    with contextlib.ExitStack() as until_end:
        with _alone():
            _install(steps, *BROWSER, GETTEXT)
            until_end.enter_context(_database(steps, for_tests=True))
            found = _build(steps)
        failed = lint.run(steps, found)
        python_code, closing = tests.pytest(steps)
        if python_code != 0:
            failed.append(f"pytest (exit status {python_code})")
        if tests.vitest(steps, found) != 0:
            failed.append("vitest")
    say(f"\nFAILED: {', '.join(failed)}" if failed else "\nAll checks and tests passed.")
    say(closing)
    return 1 if failed else 0


def test_long() -> int:
    """The long figures, or the one that PART names; what this commit finished is not run again."""
    if not tests.chosen(tests.long_parts(), os.environ.get("PART")):
        return tests.run_long(None)
    steps = Steps(7)
    with contextlib.ExitStack() as until_end:
        with _alone():
            _install(steps, *BROWSER)
            until_end.enter_context(_database(steps, for_tests=True))
            _build(steps)
        return tests.run_long(os.environ.get("PART"))


def lint_only() -> int:
    """All checks that run no test."""
    steps = Steps(15)
    with contextlib.ExitStack() as until_end:
        with _alone():
            _install(steps)
            until_end.enter_context(_database(steps))
            # The checks see what is served: Django looks for the bundle too.
            found = _build(steps)
        failed = lint.run(steps, found)
    say(f"\nFAILED: {', '.join(failed)}" if failed else "\nNothing to complain about.")
    return 1 if failed else 0


def bench() -> int:
    """The benchmark at SIZE reports."""
    size = os.environ.get("SIZE") or BENCH_SIZES[0]
    if size not in BENCH_SIZES:
        raise Stop(f"SIZE={size} is not a size.", remedy=f"Use one of: {', '.join(BENCH_SIZES)}.")
    steps = Steps(6)
    with contextlib.ExitStack() as until_end:
        with _alone():
            _install(steps)
            with steps.step("Packages to compare with") as step:
                python_env.provide_peers(step)
            until_end.enter_context(_database(steps))
            _migrate(steps)
        with steps.step(f"Benchmark with {size} reports") as step:
            management.show(step, "bench", "--size", size, "--out", "docs/performance.md")
    return 0


def messages() -> int:
    """Bring the catalogues of translations up to date with the code."""
    steps = Steps(3)
    with _alone():
        with steps.step("System packages") as step:
            system_packages.provide(step, [VENV, GETTEXT])
        with steps.step("Python packages") as step:
            python_env.provide(step)
            _keep_settings()
        with steps.step("Messages") as step:
            management.show(step, "translations")
    return 0


def migrate_only() -> int:
    """Bring the database up to date and leave it running, for work with `manage.py` or pytest by hand."""
    steps = Steps(4)
    with _alone():
        _install(steps)
        with steps.step("Database") as step:
            private = not database.own_server()
            if private:
                database.start(step)
            else:
                database.probe(step, for_tests=False)
        _migrate(steps)
    if private:
        say("The private database is left running; `make stop` ends it.")
    return 0


def stop() -> int:
    """Stop a demo of this checkout that runs elsewhere, and the private database."""
    serve.stop()
    database.stop()
    return 0


def clean() -> int:
    """Stop all and throw away what this checkout made: packages, bundles, the private database."""
    stop()
    places = [
        LOCAL,
        database.shared_folder(),
        ROOT / ".venv",
        ROOT / "frontend/dist",
        ROOT / "frontend/node_modules",
    ]
    for place in places:
        if place.exists():
            say(f"removing {place}")
            shutil.rmtree(place)
    return 0


def doctor() -> int:
    """Tell what is there and what is missing; changes nothing."""
    here = ", ".join(f"{one.major} ({one.bin})" for one in postgres.installations()) or "none"
    found = node.already_here()
    missing = [need for need in _needs(*BROWSER, GETTEXT) if not need.present()]
    rows = {
        "Python": f"{sys.version.split()[0]} ({python_env.base_interpreter()})",
        ".venv": "works" if python_env.works(PYTHON) else "not made yet",
        "PostgreSQL with PostGIS": here,
        "Database": "the server of DATABASE_URL" if database.own_server() else "a private one",
        "Settings": str(ENV_FILE.relative_to(ROOT)) if ENV_FILE.exists() else "not made yet",
        "Node.js": f"{found.version} ({found.program})" if found else "will come from PyPI",
        "Missing system packages": ", ".join(need.package for need in missing) or "none",
    }
    width = max(map(len, rows))
    for name, value in rows.items():
        say(f"{name.ljust(width)}  {value}")
    return 0


COMMANDS = {
    "demo": demo,
    "serve": serve_only,
    "test": test,
    "test-long": test_long,
    "lint": lint_only,
    "bench": bench,
    "messages": messages,
    "migrate-only": migrate_only,
    "stop": stop,
    "clean": clean,
    "doctor": doctor,
}

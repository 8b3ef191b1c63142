"""The database of this checkout: on the server that DATABASE_URL names, or on a private one."""

import contextlib
import hashlib
import os
import secrets
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from gisportal.local import account, env_file, ports, postgres
from gisportal.local.account import Account
from gisportal.local.cluster import DATABASE, ROLE, Cluster
from gisportal.local.console import Step, Stop, say, tail
from gisportal.local.paths import LOCAL, PYTHON, ROOT

CLOSING_TIME_S = 3  # a server that was just stopped may take this long to hang up
FIRST_PORT, PORTS = 15432, 400  # below the ports that the kernel hands out to outgoing connections
OTHER_CONNECTIONS = (
    "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
)
SHARED_TEMP = Path("/var/tmp")  # noqa: S108 - survives a restart; its folder's owner is checked


@dataclass(frozen=True)
class Access:
    """How to get into the private database."""

    port: int
    password: str

    @property
    def url(self) -> str:
        """Its address as DATABASE_URL has it."""
        return f"postgis://{ROLE}:{self.password}@127.0.0.1:{self.port}/{DATABASE}"

    @classmethod
    def parse(cls, url: str) -> "Access | None":
        """The access that `url` describes; None when it lacks a port or a password."""
        parts = urlsplit(url)
        if parts.port is None or parts.password is None:
            return None
        return cls(parts.port, parts.password)


def own_server() -> str | None:
    """The DATABASE_URL that the user set, when it is not simply what `.local/env` says."""
    chosen = os.environ.get("DATABASE_URL")
    return chosen if chosen and chosen != env_file.read().get("DATABASE_URL") else None


@contextlib.contextmanager
def running(step: Step, *, for_tests: bool = False) -> Iterator[None]:
    """A database that answers and can have PostGIS.

    A private server that this call starts is stopped again at the end, unless others are connected to it.
    """
    if own_server():
        probe(step, for_tests=for_tests)
        yield
        return
    started = start(step)
    try:
        yield
    finally:
        if started:
            stop_unless_used()


def probe(step: Step, *, for_tests: bool) -> None:
    """See that the user's own server answers and can have PostGIS; otherwise Stop says how to mend it."""
    check = [str(PYTHON), "-m", "gisportal.local.probe", *(["--for-tests"] if for_tests else [])]
    code, output = step.attempt(check, env={**os.environ, "PYTHONPATH": str(ROOT)})
    if code != 0:
        what, _, remedy = output.strip().partition("\n")
        raise Stop(
            f"DATABASE_URL: {what}", remedy=remedy or "Or unset DATABASE_URL to use a private database."
        )
    step.detail = f"your own server, {tail(output, 1)}"


def start(step: Step) -> bool:
    """Make the private cluster if need be and start it unless it runs: whether it was started here."""
    cluster = private_cluster(step)
    access = _access(step, cluster)
    running_on = cluster.running_port(step)
    port = running_on or _free_port(step, access.port)
    if running_on is None:
        cluster.start(step, port)
    _keep(Access(port, access.password))
    _create_database(cluster, port, access.password)
    step.detail = f"PostgreSQL on port {port}{', already running' if running_on else ''}"
    return running_on is None


def _access(step: Step, cluster: Cluster) -> Access:
    kept = Access.parse(env_file.read().get("DATABASE_URL", ""))
    if kept and cluster.exists():
        return kept
    fresh = Access(ports.choose(_own_ports(), ports.is_free), secrets.token_urlsafe(24))
    if not cluster.exists():
        cluster.create(step, fresh.password)
    else:
        if cluster.running_port(step) is not None:
            cluster.stop(step)
        cluster.set_password(step, fresh.password)
    _keep(fresh)
    return fresh


def stop_unless_used() -> None:
    """Stop the private server, unless somebody else (a shell, another demo) is connected: then say so."""
    step = Step("---", "Private database")
    cluster = private_cluster(step)
    access = Access.parse(env_file.read().get("DATABASE_URL", ""))
    if access is None or cluster.running_port(step) is None:
        step.detail = "was not running any more"
    elif others := _other_connections(cluster, access):
        step.detail = f"left running: {others} other connection(s) use it; `make stop` ends it"
    else:
        cluster.stop(step)
        step.detail = "stopped"
    step.close()


def _other_connections(cluster: Cluster, access: Access) -> int:
    give_up = time.monotonic() + CLOSING_TIME_S
    while others := int(cluster.query(OTHER_CONNECTIONS, access.port, access.password)):
        if time.monotonic() > give_up:
            break
        time.sleep(0.2)
    return others


def stop() -> None:
    """Stop the private server if there is one and it runs."""
    if not any((folder / "pgdata").exists() for folder in (LOCAL, shared_folder())):
        say("There is no private database.")
        return
    step = Step("---", "Private database")
    cluster = private_cluster(step)
    if cluster.running_port(step) is None:
        step.detail = "was not running"
    else:
        cluster.stop(step)
        step.detail = "stopped"
    step.close()


def private_cluster(step: Step) -> Cluster:
    """Where the private cluster is or will be, and what serves it; a Stop when that PostgreSQL is gone."""
    runs_as = account.server_account()
    data = _store(step, runs_as) / "pgdata"
    found = postgres.installations()
    if not (data / "PG_VERSION").is_file():
        return Cluster(data, found[0].bin, runs_as)
    made_by = int((data / "PG_VERSION").read_text())
    for installation in found:
        if installation.major == made_by:
            return Cluster(data, installation.bin, runs_as)
    raise Stop(
        f"the private database was made by PostgreSQL {made_by}, which is not on this machine any more.",
        why=f"Found with PostGIS: {', '.join(str(one.major) for one in found) or 'none'}.",
        remedy=f"Install PostgreSQL {made_by} with PostGIS again, or throw its data away: `make clean`.",
    )


def _store(step: Step, runs_as: Account | None) -> Path:
    LOCAL.mkdir(parents=True, exist_ok=True)
    if runs_as is None or account.can_enter(runs_as, LOCAL):
        return LOCAL
    folder = shared_folder()
    if not folder.exists():
        step.note(f"user {runs_as.name} can't enter {LOCAL}: the database is kept in {folder}")
        folder.mkdir(mode=0o711)
    if folder.stat().st_uid != os.geteuid() or stat.S_IMODE(folder.stat().st_mode) & 0o022:
        raise Stop(
            f"{folder} is not ours alone.", remedy=f"See who made {folder}; remove it, and start again."
        )
    return folder


def shared_folder() -> Path:
    """Where the private database is kept when its user can't enter the checkout: one folder per checkout."""
    return SHARED_TEMP / f"opencity-{_mark_of_checkout()}"


def _mark_of_checkout() -> str:
    return hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]


def _own_ports() -> list[int]:
    # Each checkout begins its search elsewhere, so that two of them seldom meet.
    first = int(_mark_of_checkout(), 16) % PORTS
    return [FIRST_PORT + (first + step) % PORTS for step in range(PORTS)]


def _free_port(step: Step, kept: int) -> int:
    port = ports.choose([kept, *_own_ports()], ports.is_free)
    if port != kept:
        step.note(f"port {kept} is taken by another server: moved to {port}")
    return port


def _keep(access: Access) -> None:
    if env_file.read().get("DATABASE_URL") != access.url:
        env_file.update({"DATABASE_URL": access.url})


def _create_database(cluster: Cluster, port: int, password: str) -> None:
    there = cluster.query("SELECT datname FROM pg_database", port, password).split()
    if DATABASE not in there:
        cluster.query(f"CREATE DATABASE {DATABASE}", port, password)

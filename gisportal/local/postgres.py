"""A private PostgreSQL cluster: found, made, started and stopped. It listens on 127.0.0.1 only and asks for a password."""

import os
import pwd
import re
import shlex
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gisportal.local.console import Step, Stop, tail

OLDEST_MAJOR = 15  # the first whose initdb takes an ICU locale
ROLE = "opencity"
DATABASE = "opencity"
FIRST_PORT, PORTS = 15432, 400  # below the ports that the kernel hands out to outgoing connections
START_TIMEOUT_S = 120
SERVER_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    # Socket paths have a short limit that a deep checkout exceeds; TCP does without.
    "unix_socket_directories": "",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "max_connections": "100",
}


@dataclass(frozen=True)
class Installation:
    """A PostgreSQL on this machine that has PostGIS: its major version and the folder of its programs."""

    major: int
    bin: Path


@dataclass(frozen=True)
class Account:
    """The system user that a server runs as."""

    name: str
    uid: int
    gid: int


def installations(root: Path = Path("/")) -> list[Installation]:
    """Every PostgreSQL below `root` with PostGIS and ICU locales, newest first."""
    found = {}
    for bin_dir, extensions in [*_packaged(root), *_configured(root)]:
        major = _major(bin_dir)
        if major >= OLDEST_MAJOR and (extensions / "postgis.control").is_file() and (bin_dir / "initdb").exists():
            found.setdefault(major, Installation(major, bin_dir))
    return [found[major] for major in sorted(found, reverse=True)]


def _packaged(root: Path) -> Iterator[tuple[Path, Path]]:
    for bin_dir in root.glob("usr/lib/postgresql/*/bin"):  # Debian, Ubuntu
        yield bin_dir, root / "usr/share/postgresql" / bin_dir.parent.name / "extension"
    for bin_dir in root.glob("usr/pgsql-*/bin"):  # Red Hat, from PostgreSQL's own packages
        yield bin_dir, bin_dir.parent / "share" / "extension"


def _configured(root: Path) -> Iterator[tuple[Path, Path]]:
    if root != Path("/") or shutil.which("pg_config") is None:
        return
    bin_dir, shared = (
        subprocess.run(["pg_config", option], capture_output=True, text=True, check=False).stdout.strip()
        for option in ("--bindir", "--sharedir")
    )
    if bin_dir and shared:
        yield Path(bin_dir), Path(shared) / "extension"


def _major(bin_dir: Path) -> int:
    in_path = re.search(r"(?:postgresql/|pgsql-)(\d+)/", f"{bin_dir}/")
    if in_path:
        return int(in_path.group(1))
    said = subprocess.run([bin_dir / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    in_answer = re.search(r"(\d+)", said)
    return int(in_answer.group(1)) if in_answer else 0


def server_account() -> Account | None:
    """Who a server is to run as: `postgres` where we are root, which PostgreSQL refuses; None means ourselves."""
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam("postgres")
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def can_reach(account: Account | None, folder: Path) -> bool:
    """Whether `account` can enter `folder`."""
    if account is None:
        return os.access(folder, os.X_OK)
    probe = subprocess.run(
        ["test", "-x", folder], cwd="/", user=account.uid, group=account.gid, extra_groups=[], check=False
    )
    return probe.returncode == 0


def is_free(port: int) -> bool:
    """Whether nobody listens on `port` of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_port(kept: int, candidates: Iterable[int], free: Callable[[int], bool]) -> int:
    """The kept port while it is free, else the first free candidate; a Stop when there is none."""
    for port in (kept, *candidates):
        if free(port):
            return port
    raise Stop("no port is free for the private database.")


@dataclass(frozen=True)
class Cluster:
    """One data folder, the programs that serve it and the account they run as."""

    data: Path
    programs: Path
    account: Account | None

    def exists(self) -> bool:
        """Whether it was made already."""
        return (self.data / "PG_VERSION").is_file()

    def create(self, step: Step, password: str) -> None:
        """Make it, sorted and lower-cased by Ukrainian rules; `opencity` is its only role. All or nothing."""
        draft = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        secret = self.data.with_name(f"{self.data.name}.password")
        for path in (draft, secret):
            path.mkdir(mode=0o700) if path is draft else path.touch(mode=0o600)
            if self.account:
                os.chown(path, self.account.uid, self.account.gid)
        try:
            secret.write_text(password, encoding="utf-8")
            # In the C locale lower() and pg_trgm do nothing for Cyrillic; C.UTF-8 alone sorts Ukrainian wrongly.
            locale = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=uk"]
            access = [f"--username={ROLE}", "--auth=scram-sha-256", f"--pwfile={secret}"]
            self._run(step, "initdb", *locale, *access, "-D", draft)
        finally:
            secret.unlink()
        draft.rename(self.data)

    def running_port(self, step: Step) -> int | None:
        """The port on which it runs; None when it doesn't."""
        code, _ = self._attempt(step, "pg_ctl", "-D", self.data, "status")
        if code != 0:
            return None
        # postmaster.pid: process id, data folder, start time, port, ...
        return int((self.data / "postmaster.pid").read_text().splitlines()[3])

    def start(self, step: Step, port: int) -> None:
        """Start it on `port` and wait until it answers; a Stop with the end of its log when it doesn't."""
        settings = SERVER_SETTINGS | {"port": str(port)}
        options = shlex.join(part for name, value in settings.items() for part in ("-c", f"{name}={value}"))
        log = self.data / "server.log"
        wait = ["-w", "-t", str(START_TIMEOUT_S)]
        code, output = self._attempt(step, "pg_ctl", "-D", self.data, "-l", log, *wait, "-o", options, "start")
        if code != 0:
            said = log.read_text(errors="replace") if log.exists() else output
            raise Stop(
                f"the private database did not start on port {port}.",
                why=tail(said),
                remedy=f"Its log is {log}.\n`make clean` throws the private database away (all its data); then start again.",
            )

    def stop(self, step: Step) -> None:
        """Stop it, ending its connections."""
        self._run(step, "pg_ctl", "-D", self.data, "-w", "-m", "fast", "stop")

    def set_password(self, step: Step, password: str) -> None:
        """Give its role a new password while it is stopped: for when `.local/env` was lost."""
        call = [self.programs / "postgres", "--single", "-D", self.data, "postgres"]
        done = subprocess.run(
            list(map(str, call)),
            cwd="/",
            env=_server_environment(),
            input=f"ALTER ROLE {ROLE} PASSWORD '{password}'\n",
            capture_output=True,
            text=True,
            user=self.account.uid if self.account else None,
            group=self.account.gid if self.account else None,
            check=False,
        )
        if done.returncode != 0:
            raise Stop("the private database's password could not be set anew.", why=tail(done.stderr))
        step.note(".local/env had lost the database's password; it has a new one")

    def query(self, sql: str, port: int, password: str, database: str = "postgres") -> str:
        """What psql answers to `sql`, unadorned; a Stop when it can't ask."""
        where = ["-h", "127.0.0.1", "-p", str(port), "-U", ROLE, "-d", database, "-w"]
        done = subprocess.run(
            [str(self.programs / "psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", *where, "-c", sql],
            env={**_server_environment(), "PGPASSWORD": password},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise Stop(
                f"the private database on port {port} does not take the password in .local/env.",
                why=done.stderr.strip(),
                remedy="`make stop`, delete the DATABASE_URL line of .local/env, and start again: it gets a new password.",
            )
        return done.stdout.strip()

    def _run(self, step: Step, program: str, *arguments: str | Path) -> None:
        step.run(
            [self.programs / program, *arguments],
            cwd=Path("/"),
            env=_server_environment(),
            user=self.account.uid if self.account else None,
            group=self.account.gid if self.account else None,
        )

    def _attempt(self, step: Step, program: str, *arguments: str | Path) -> tuple[int, str]:
        return step.attempt(
            [self.programs / program, *arguments],
            cwd=Path("/"),
            env=_server_environment(),
            user=self.account.uid if self.account else None,
            group=self.account.gid if self.account else None,
        )


def _server_environment() -> dict[str, str]:
    # Without the caller's PG* variables and language: they would change what the programs do and say.
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "HOME": "/"}

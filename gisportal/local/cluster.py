"""A private PostgreSQL cluster: made, started, asked and stopped. On 127.0.0.1 only, with a password."""

import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gisportal.local.account import Account
from gisportal.local.console import Step, Stop, tail

ROLE = "opencity"
DATABASE = "opencity"
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
            # In the C locale lower() and pg_trgm ignore Cyrillic; C.UTF-8 alone sorts Ukrainian wrongly.
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
        code, output = self._attempt(
            step, "pg_ctl", "-D", self.data, "-l", log, *wait, "-o", options, "start"
        )
        if code != 0:
            said = log.read_text(errors="replace") if log.exists() else output
            raise Stop(
                f"the private database did not start on port {port}.",
                why=tail(said),
                remedy=f"Its log is {log}.\nIf its data may go: `make clean`, and start again.",
            )

    def stop(self, step: Step, how: Literal["fast", "immediate"] = "fast") -> None:
        """Stop it, ending its connections; `immediate` leaves it as a power failure would."""
        self._run(step, "pg_ctl", "-D", self.data, "-w", "-m", how, "stop")

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
                remedy="Delete the DATABASE_URL line of .local/env and start again: it gets a new password.",
            )
        return done.stdout.strip()

    def _run(self, step: Step, program: str, *arguments: str | Path) -> None:
        step.run(
            [self.programs / program, *arguments],
            cwd=Path("/"),
            env=_server_environment(),
            account=self.account,
        )

    def _attempt(self, step: Step, program: str, *arguments: str | Path) -> tuple[int, str]:
        return step.attempt(
            [self.programs / program, *arguments],
            cwd=Path("/"),
            env=_server_environment(),
            account=self.account,
        )


def _server_environment() -> dict[str, str]:
    # Without the caller's PG* variables and language: they would change what the programs do and say.
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "HOME": "/"}

"""Everything the portal needs, of a test's own, so that all of it may be killed."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

from gisportal.local import account, management, ports, postgres, serve
from gisportal.local.cluster import DATABASE, Cluster
from gisportal.local.console import Step
from gisportal.local.database import Access
from gisportal.local.paths import PYTHON, ROOT
from tests.long.crash.mailbox import Mailbox
from tests.long.crash.processes import Kept
from tests.long.crash.visitor import Visitor

DATABASE_PORTS, WEB_PORTS, MAIL_PORTS = range(17600, 17700), range(17700, 17800), range(17800, 17900)
READY_WITHIN_S = 60


class Ground:
    """A cluster, the web server as `make demo` starts it, a job worker and a mail server; used as a context."""

    def __enter__(self) -> Self:
        # PostgreSQL refuses to run as root, and the account it runs as must reach its folder.
        self.folder = Path(tempfile.mkdtemp(prefix="opencity-crash-", dir="/var/tmp"))
        self.folder.chmod(0o711)
        self.step = Step("---", "Crash test")
        self.cluster = Cluster(
            self.folder / "pgdata", postgres.installations()[0].bin, account.server_account()
        )
        self.mailbox = Mailbox(ports.choose(MAIL_PORTS, ports.is_free))
        self._kept: list[Kept] = []
        self.breaks: list[float] = []
        try:
            self._open()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        for kept in self._kept:
            kept.close()
        self.mailbox.__exit__()
        if self.cluster.exists() and self.cluster.running_port(self.step):
            self.cluster.stop(self.step, "immediate")
        shutil.rmtree(self.folder)

    def _open(self) -> None:
        self.mailbox.__enter__()
        self.access = Access(ports.choose(DATABASE_PORTS, ports.is_free), "loopback-only")
        self.cluster.create(self.step, self.access.password)
        self.cluster.start(self.step, self.access.port)
        self.cluster.query(f"CREATE DATABASE {DATABASE}", self.access.port, self.access.password)
        self.moderator_session = self._prepared()
        self.port = ports.choose(WEB_PORTS, ports.is_free)
        self.web = self._keep("web", serve.web_server(self.port))
        self.worker = self._keep("worker", management.command("procrastinate", "worker"))
        self.wait_until_it_answers()

    def _environment(self, process: str) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.access.url,
            "DJANGO_SETTINGS_MODULE": "gisportal.settings",
            "SECRET_KEY": "for-the-crash-test-only-" * 2,
            "DEMO": "on",
            # Eight people behind one address, who fill in a form faster than anybody.
            "ANONYMOUS_REPORTS_AN_HOUR": "1000000",
            "QUICKEST_REPORT_S": "0",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mailbox.port}",
            "MEDIA_ROOT": str(self.folder / "media"),
            "PROCESS": process,
            "PYTHONUNBUFFERED": "1",
        }

    def _prepared(self) -> str:
        done = subprocess.run(
            [PYTHON, "-m", "tests.long.crash.prepare"],
            cwd=ROOT,
            env=self._environment("command"),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout

    def _keep(self, process: str, call: list[str]) -> Kept:
        kept = Kept(call, self._environment(process), ROOT, self.folder / f"{process}.log")
        self._kept.append(kept)
        return kept

    def log(self, process: str) -> str:
        """What the process has written since the beginning."""
        return (self.folder / f"{process}.log").read_text(errors="replace")

    def wait_until_it_answers(self) -> None:
        give_up = time.monotonic() + READY_WITHIN_S
        while Visitor(self.port).ask("GET", "/readyz").status != 200:
            assert time.monotonic() < give_up, self.log("web")[-3000:]
            time.sleep(0.2)

    def restart_database(self, how: str) -> None:
        self.cluster.stop(self.step, how)  # type: ignore[arg-type]
        self.cluster.start(self.step, self.access.port)
        self.breaks.append(time.monotonic())

    def rows(self, sql: str) -> list[tuple[str, ...]]:
        """What the database answers, every value as text."""
        said = self.cluster.query(sql, self.access.port, self.access.password, DATABASE)
        return [tuple(line.split("|")) for line in said.splitlines()]

    def number(self, sql: str) -> int:
        return int(self.rows(sql)[0][0])

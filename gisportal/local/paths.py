"""Where this checkout keeps what it makes for itself; all of it is git-ignored."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"
LOG = LOCAL / "log"
STAMPS = LOCAL / "stamps"
ENV_FILE = LOCAL / "env"
ACCOUNTS = LOCAL / "demo-accounts.json"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"

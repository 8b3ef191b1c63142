# Only finds a Python; what the commands do is in gisportal/local.
PYTHON := $(shell for python in python3.11 python3 python3.12 python3.13; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$python && break; done)
LOCAL = $(if $(PYTHON),$(PYTHON) -m gisportal.local,$(error Python 3.11 or newer is needed. On Debian or Ubuntu: apt-get install python3 python3-venv))

COMMANDS := demo serve test test-long lint bench messages migrate-only stop clean doctor
.PHONY: help $(COMMANDS)

help:
	@echo "make demo       set up, load the demo city and serve it on 127.0.0.1:8000  (PORT=8080  CITY=helsinki)"
	@echo "make test       set up, then lint, types, Python, TypeScript and browser tests"
	@echo "make test-long  the long figures; goes on where it stopped  (PART=name)"
	@echo "make lint       style, types, import direction, migrations, deployment settings"
	@echo "make bench      measure routing, tiles, imports and sending a report  (SIZE=100k|1m|10m)"
	@echo "make serve      serve what is in the database, without loading the demo city  (PORT=8080)"
	@echo "make messages   bring locale/ up to date with the texts of the code"
	@echo "make migrate-only  database up to date and left running, for manage.py and pytest by hand"
	@echo "make stop       stop a demo that runs elsewhere, and the private database"
	@echo "make clean      stop, then remove all that was set up here: packages, bundles, the private database"
	@echo "make doctor     what is there and what is missing"
	@echo ""
	@echo "DATABASE_URL=postgis://user:password@host:port/name uses a PostgreSQL server of your own."

$(COMMANDS):
	@$(LOCAL) $@

"""The subcommands of `alur`, one a module: `SUMMARY`, `add_arguments`, `execute`; listed in `web/cli.py`."""

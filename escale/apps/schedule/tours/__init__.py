"""The subcommands of `manage.py tour`, one a module; each is loaded only when it is asked for."""

"""``python -m ikec_compliance`` is the command ``ikec``."""

from ikec_compliance.cli import main

if __name__ == "__main__":
    main(prog_name="ikec")

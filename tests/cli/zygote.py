"""A process that has imported everything and forks for each command.

What a command does is done in a process of its own, as for a learner; only the imports, which take longer
than most commands, are shared. One request a line on the standard input, one answer a line back, in JSON.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import tempfile
from pathlib import Path
from typing import Any


def child(request: dict[str, Any], stdin: int, stdout: int, stderr: int) -> None:
    """Become the command: this never returns."""
    code = 70
    try:
        for number, file in enumerate((stdin, stdout, stderr)):
            os.dup2(file, number)
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(n, mode, encoding="utf-8") for n, mode in
                                             ((0, "r"), (1, "w"), (2, "w")))  # fmt: skip
        os.environ.clear()
        os.environ.update(request["environment"])
        sys.argv = ["tutor", *request["words"]]
        from tutor import cli

        try:
            cli.main()
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 0 if left.code is None else 1
        except BaseException:  # noqa: BLE001
            import traceback

            traceback.print_exc()
            code = 1
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def main() -> None:
    from tutor import resources

    resources.COURSES = Path(sys.argv[1])
    import alembic.command
    import alembic.script
    import yaml

    from tutor import cli, practice, terminal, upkeep
    from tutor.course import check
    from tutor.store import courses

    assert all((alembic.command, alembic.script, yaml, cli, practice, terminal, upkeep, check, courses))
    for line in sys.stdin:
        request = json.loads(line)
        files = [tempfile.TemporaryFile() for _ in range(3)]  # noqa: SIM115
        files[0].write(request["stdin"].encode("utf-8", "surrogateescape"))
        files[0].seek(0)
        process = os.fork()
        if not process:
            child(request, *(file.fileno() for file in files))
        _, status = os.waitpid(process, 0)
        said = []
        for file in files[1:]:
            file.seek(0)
            said.append(file.read().decode("utf-8"))
        for file in files:
            file.close()
        answer = {"code": os.waitstatus_to_exitcode(status), "stdout": said[0], "stderr": said[1]}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

"""A process that is taken over: what it can do with machine code of its own (inputs/attempts.h)."""

import socket

from repository import IS_SANITIZED, Repository, cli, compiled, landlock

CONFINED = ("is confined: " + (f"files (Landlock {landlock()}), system calls" if landlock() else
                                "system calls; not files: the system has no Landlock"))  # fmt: skip
same, holds = cli.same, cli.holds


def attacked(repository):
    """What the attempts are made on, in a folder that belongs to the project."""
    repository.folder.write("a.c", "int f(void) { return 1; }\n")
    repository.folder.write("victim", "untouched\n")
    listener = socket.create_server(("127.0.0.1", 0))
    env = {"HOSTILE_FOLDER": str(repository.folder.path), "HOSTILE_SECRET": str(repository.secret),
           "HOSTILE_PORT": str(listener.getsockname()[1])}  # fmt: skip
    return listener, env


def test_a_worker_that_is_taken_over(folder):
    """It writes, executes and connects to nothing, and reaches no other process."""
    if IS_SANITIZED:
        raise cli.Skipped("a sanitizer needs what is forbidden")
    repository = Repository(folder)
    module = compiled(repository, "module", "-shared", "-fPIC")
    listener, env = attacked(repository)
    before = repository.tree()
    with listener:
        text = repository.check("--no-cache", "--log=debug", f"--module={module}", "a.c", env=env)
    holds("attempts", text, "EC908", "done: and no more; its fork: aborted")
    holds("the log", text, "system call 1023 is refused\n", ": a line in two pieces\n", CONFINED)
    same("the tree", repository.tree(), before)


def test_a_clang_that_is_taken_over(folder):
    """The program of the full stage writes and executes nothing, and reads what belongs to it."""
    if IS_SANITIZED or not landlock():
        raise cli.Skipped("no Landlock, or a sanitizer needs what is forbidden")
    repository = Repository(folder)
    program = compiled(repository, "program")
    listener, env = attacked(repository)
    before = repository.tree()
    with listener:
        text = repository.check("--no-cache", "--stage=full", "a.c", "--", "clang",
                                env={**env, "ARM64ECD_CLANG": str(program)})  # fmt: skip
    could = "" if landlock() >= 6 else " signal"  # which Landlock knows since version 6
    holds("attempts", text, f"done:{could} and no more; secret not read, own read, toolchain read")
    same("the tree", repository.tree(), before)


def test_a_wrapper_of_clang_writes_nothing(folder):
    """ARM64ECD_CLANG may be a script of the user's: it runs, and writes nothing either."""
    if not landlock():
        raise cli.Skipped("no Landlock")
    repository = Repository(folder)
    repository.folder.write("a.c", "int f(void) { return 1; }\n")
    (repository.base / "wrapper").write_text("#!/bin/sh\ntouch made 2>/dev/null || echo 'clang: error: "
                                             "cannot touch' >&2\nexit 1\n")  # fmt: skip
    (repository.base / "wrapper").chmod(0o755)
    before = repository.tree()
    text = repository.check("--no-cache", "--stage=full", "a.c", "--", "clang",
                            env={"ARM64ECD_CLANG": str(repository.base / "wrapper")})  # fmt: skip
    holds("words", text, "cannot touch")
    same("the tree", repository.tree(), before)

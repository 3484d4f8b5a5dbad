"""The real C code bases: where each comes from, which files, and with which flags.

A file that clang compiles for Arm64EC in neither environment is no evidence and counts as
refused; `least` is how many files must be compared, so that a corpus cannot vanish quietly.
"""

import subprocess
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FETCH_S = 300


@dataclass(frozen=True)
class Corpus:
    name: str
    package: str  # of tests/setup/corpus.sh
    files: tuple  # patterns in the package
    least: int
    flags: tuple = ()  # {} is the package's folder
    made: dict = field(default_factory=dict)  # header that configure would make: a copy, or =text


SODIUM = "src/libsodium/"
CORPORA = (
    Corpus("sqlite3", "npm:better-sqlite3", ("deps/sqlite3/sqlite3.c",), 1,
           ("-DSQLITE_OS_OTHER=1", "-DSQLITE_THREADSAFE=0", "-DSQLITE_OMIT_LOAD_EXTENSION")),
    Corpus("lz4", "src:lz4", ("lib/*.c",), 4),
    Corpus("zlib", "src:zlib", ("*.c",), 12),
    Corpus("lua", "src:lua5.4", ("src/*.c",), 30),
    Corpus("xxhash", "src:xxhash", ("xxhash.c",), 1, ("-DXXH_VECTOR=0",)),
    Corpus("zstd", "src:libzstd", ("lib/*/*.c",), 20, ("-DZSTD_LEGACY_SUPPORT=4", "-DZSTD_NO_INTRINSICS", "-U__x86_64__", "-DXXH_VECTOR=0")),
    Corpus("tree-sitter", "src:tree-sitter", ("lib/src/*.c",), 8,
           ("-I{}/lib/include", "-I{}/lib/src")),
    Corpus("libpng", "src:libpng1.6", ("png*.c",), 12, ("-I{}/../src-zlib",),
           {"pnglibconf.h": "scripts/pnglibconf.h.prebuilt"}),
    Corpus("expat", "src:expat", ("expat/lib/*.c",), 3, (),
           {"expat_config.h": "=#define XML_NS 1\n#define XML_DTD 1\n#define XML_CONTEXT_BYTES 1024\n"
                              "#define XML_POOR_ENTROPY 1\n"}),
    Corpus("jansson", "src:jansson", ("src/*.c",), 8, ("-DHAVE_STDINT_H",),
           {"jansson_config.h": "android/jansson_config.h",
            "jansson_private_config.h": "=#define HAVE_STDINT_H 1\n"}),
    Corpus("cjson", "src:cjson", ("cJSON.c", "cJSON_Utils.c"), 2),
    Corpus("bzip2", "src:bzip2", ("*.c",), 8),
    Corpus("brotli", "src:brotli", ("c/common/*.c", "c/dec/*.c", "c/enc/*.c"), 20,
           ("-I{}/c/include",)),
    Corpus("pcre2", "src:pcre2", ("src/pcre2_*.c",), 20,
           ("-DPCRE2_CODE_UNIT_WIDTH=8", "-DSUPPORT_PCRE2_8", "-DHAVE_CONFIG_H", "-DSUPPORT_UNICODE", "-I{}/src"),
           {"pcre2.h": "src/pcre2.h.generic", "config.h": "src/config.h.generic"}),
    Corpus("mbedtls", "src:mbedtls", ("library/*.c",), 60, ("-I{}/include",)),
    Corpus("libyaml", "src:libyaml", ("src/*.c",), 7,
           ("-I{}/include", "-DYAML_VERSION_MAJOR=0", "-DYAML_VERSION_MINOR=2",
            "-DYAML_VERSION_PATCH=5", '-DYAML_VERSION_STRING="0.2.5"')),
    Corpus("libsodium", "src:libsodium", (SODIUM + "**/*.c",), 60,
           (f"-I{{}}/{SODIUM}include", f"-I{{}}/{SODIUM}include/sodium"),
           {"sodium/version.h": "builds/msvc/version.h"}),
    Corpus("http-parser", "src:http-parser", ("http_parser.c",), 1),
)  # fmt: skip


def fetched(package):
    """The folder of a package's files, which a first call fetches."""
    done = subprocess.run(
        [ROOT / "tests/setup/corpus.sh", package],
        capture_output=True, text=True, timeout=FETCH_S,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return Path(done.stdout.strip())


def files_of(corpus):
    """[(file, flags)]; fetches what is not there."""
    folder = fetched(corpus.package)
    made = ROOT / "out/corpora/.made" / corpus.name
    for name, source in corpus.made.items():
        header = made / name
        header.parent.mkdir(parents=True, exist_ok=True)
        text = source[1:] if source.startswith("=") else (folder / source).read_text()
        header.write_text(text)
    flags = [f"-I{made}"] if corpus.made else []
    flags += [flag.replace("{}", str(folder)) for flag in corpus.flags]
    files = {file for pattern in corpus.files for file in folder.glob(pattern)}
    return [(file, flags) for file in sorted(files)]

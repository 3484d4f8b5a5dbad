#!/bin/sh
# Makes a C table of the explained examples, for codegen/explain.c:
#
#   embed.sh [FILE...]     default: every EC<number>.<language> beside this script
#
# A file's head comment is the explanation; what follows is the example. Lines for the
# test runner ("// flags:" and their like) stand before it and belong to the example, in
# which an expectation becomes a mark: "// EC501". A .txt file is explanation as a whole:
# it has no example, and its line "Shown by tests/..." is for tests/catalogue.sh.
set -eu
folder=$(dirname "$0")
[ $# -gt 0 ] || set -- "$folder"/EC[0-9][0-9][0-9].*

LC_ALL=C awk '
function quoted(text) {
    gsub(/\\/, "&&", text)
    gsub(/"/, "\\\"", text)
    gsub(/\?/, "\\?", text) # no trigraphs
    gsub(/\t/, "\\t", text)
    return "\"" text "\\n\"\n"
}

# Blank lines count only between others.
function add(part, line) {
    if (line == "") {
        if (out[part] != "")
            blank[part] = blank[part] quoted("")
        return
    }
    out[part] = out[part] blank[part] "     " quoted(line)
    blank[part] = ""
}

# Only an expectation about its own line leaves a mark.
function example_line(line,    mark) {
    if (match(line, /([/][/]|;) expect-[a-z]+ EC[0-9]+/)) {
        mark = substr(line, RSTART, RLENGTH)
        sub(/ .* /, " ", mark)
        line = substr(line, 1, RSTART - 1) mark
    } else if (sub(/[ ]*([/][/]|;) expect-[a-z]+@.*$/, "", line) && line == "")
        return
    add("example", line)
}

function flush_file() {
    if (name == "")
        return
    if (out["text"] == "" || (language != "txt" && out["example"] == "")) {
        print name ": needs a head comment and an example" >"/dev/stderr"
        failed = 1
    }
    printf "{%s, STR_INIT(\"%s\"),\n", number, language
    printf " STR_INIT(\n%s),\n", out["text"]
    printf " STR_INIT(\n%s)},\n", (out["example"] == "" ? "     \"\"" : out["example"])
}

FNR == 1 {
    flush_file()
    name = FILENAME
    number = language = name
    sub(/^.*EC/, "", number)
    sub(/[.].*$/, "", number)
    sub(/^.*[.]/, "", language)
    delete out
    delete blank
    in_head = 1
}

language == "txt" && /^Shown by tests/ { next }
language == "txt" { add("text", $0); next }

in_head && /^(\/\/|;) (flags:|builder:|needs:|expect-nothing$)/ { add("example", $0); next }
in_head && /^(\/\/|;)/ {
    line = $0
    sub(/^(\/\/|;) ?/, "", line)
    add("text", line)
    next
}
{ in_head = 0; example_line($0) }

END { flush_file(); exit failed }
' "$@"

// The settings of a document: .arm64ecd.json over the editor's, key by key.
//
// key                  values                        meaning
// diagnostics.clang    "all" | "target" | "off"      which of clang's own are shown
// diagnostics.rustc    "target" | "all" | "off"      which of rustc's own; target
// diagnostics.severity {"EC501": "warning", ...}     another severity, or "off"
// headers.use          "auto" | "builtin"            builtin: only our own declarations
// headers.paths        ["folder", ...]               system headers for Arm64EC, first
// builder              "msvc-19.40", "clang-22", ... who compiles; else by the command
// compileCommands      "folder or file"              the compile database
// codeLens             "on" | "off"                  thunks above functions; on
// fullStage            "on" | "off"                  compile a file when it is saved; on
// trusted              "on" | "off"                  the editor alone may say so: cargo
//                                                    may run build scripts; off
// inlayHints.registers "on" | "off"                  registers of parameters; off
// flags                ["-DX", ...]                  where no compile command is found
// trace                                              read by the editor only
//
// The file is the nearest .arm64ecd.json in the document's folder or above it; relative
// paths in it start from its folder. Each wrong value and unknown key is one sentence in
// `problems` and becomes EC631; everything else goes on. An empty text counts as not
// given; the editor's own keys "path", "args" and "trace" are not looked at.
#pragma once

#include "codegen/diag.h"
#include "codegen/job.h"
#include "protocol/base/arena.h"

enum { SETTINGS_BYTES_MAX = 1024 * 1024 };

typedef struct SettingsSeverity {
    uint16_t number;
    Severity severity;
    bool off;
} SettingsSeverity;

typedef struct Settings {
    ClangDiagnostics clang, rustc;
    bool builtin_headers_only;
    bool code_lens, register_hints, full_stage, is_trusted;
    StrSpan header_paths; // absolute
    Str builder;
    Str compile_commands; // absolute, or empty
    StrSpan flags;        // without a program
    const SettingsSeverity *severities;
    size_t n_severities;
    StrSpan problems;
    Str file;      // the .arm64ecd.json that was read; empty if none
    bool is_short; // it could not be read for a passing reason (ERR_SHORT)
} Settings;

// `editor_json` is initializationOptions or didChangeConfiguration's settings, bare or
// under the key "arm64ecd"; empty if there is none. Strings live in the arena. Reads the
// file again each time it is asked: it is small, and never stale so.
void settings_read(Arena *arena, Str path, Str editor_json, Settings *ret_settings);

// False: the code is switched off. Else *severity may be changed.
bool settings_severity(const Settings *settings, uint16_t number, Severity *severity);

"""Flags of compile commands that must come to nothing."""

# They run, load or replace something.
RUNS = [
    "-fplugin=./evil.so", "-fplugin-arg-evil-x", "-fpass-plugin=./evil.so", "-Xclang -load -Xclang ./evil.so",
    "-Xclang=-load", "-Xclang -plugin -Xclang evil", "-Xclang -add-plugin -Xclang evil",
    "-mllvm -load=./evil.so", "-mllvm --load=./evil.so", "-Xclang -mllvm -Xclang -load=./evil.so",
    "-mllvm -load-pass-plugin=./evil.so", "-Wa,-load,./evil.so", "-Wp,-load,./evil.so", "-Xpreprocessor -load",
    "-B.", "-B ./", "--prefix=.", "-fuse-ld=./evil", "-fuse-ld=evil", "--ld-path=./evil",
    "-wrapper ./evil,x", "-specs=evil.specs", "-fno-integrated-as", "-fno-integrated-cc1",
    "-ccc-gcc-name ./evil", "-ccc-install-dir .", "--config evil.cfg", "--config=evil.cfg",
    "--config-user-dir=.", "--gcc-toolchain=.", "--gcc-install-dir=.", "-resource-dir .",
    "-resource-dir=.", "-iplugindir=.", "-fmodule-mapper=|./evil", "-gen-reproducer",
    "-gen-reproducer=always", "-fcrash-diagnostics=all", "-fintegrated-objemitter",
    "-fdriver-only", "--driver-mode=cl", "-cc1", "-cc1as", "-cc1 -load ./evil.so", "-###",
    "-x cuda", "-x ir", "-x ast", "-x none", "-rpath .", "-Xarch_host -fplugin=./evil.so",
    "-Xarch_device -B.", "-Xopenmp-target -B.", "-fopenmp-targets=nvptx64", "--offload-arch=sm_35",
    "-fembed-bitcode", "-fsanitize-blacklist=evil", "-fsanitize-ignorelist=/etc/passwd",
    "-fxray-always-instrument=evil", "-fprofile-list=evil", "--hipstdpar", "--autocomplete=-f",
    "-print-search-dirs", "--version", "-fthinlto-index=evil", "-fprofile-use=evil.profdata",
    "-fprofile-instr-use=evil", "-fprofile-sample-use=evil", "-fauto-profile=evil",
    "-fmemory-profile-use=evil", "-fapinotes", "-iapinotes-modules .",
]  # fmt: skip

# They write something, "made" as a rule.
WRITES = [
    "-o made.o", "-omade.o", "--output=made.o", "-MD", "-MMD", "-MF made.d", "-MFmade.d", "-MJ made.json",
    "-MT x -MD", "-save-temps", "-save-temps=obj", "--save-temps", "-serialize-diagnostics made.dia",
    "--serialize-diagnostics made.dia", "-ftime-trace", "-ftime-trace=made.json", "-gsplit-dwarf",
    "-ftime-report=made", "-fsave-optimization-record", "-foptimization-record-file=made.yml",
    "-fdump-tree-all", "-dumpdir ./made", "-dumpbase made", "-fcallgraph-info", "-fstack-usage",
    "-fdump-record-layouts", "-ftest-coverage", "--coverage", "-fprofile-arcs", "-fprofile-dir=made",
    "-fprofile-generate=made", "-fprofile-instr-generate=made.profraw", "-fcs-profile-generate=made",
    "-fmodules -fmodules-cache-path=made", "-fmodule-output=made.pcm", "-fmodules-user-build-path made",
    "-fcrash-diagnostics-dir=made", "-gen-cdb-fragment-path made", "-fproc-stat-report=made",
    "-fdiagnostics-format=sarif -fdiagnostics-add-output=sarif", "-index-store-path made",
    "-Xclang -o -Xclang made.o", "-Xclang -dependency-file -Xclang made.d -Xclang -MT -Xclang x",
    "-Xclang -emit-pch", "-Xclang -emit-llvm-bc", "-Xclang -fixit", "-Xclang -rewrite-objc",
    "-Xclang -header-include-file -Xclang made", "-Xclang -module-dependency-dir -Xclang made",
    "-Xclang -stack-usage-file -Xclang made", "-Xclang -opt-record-file -Xclang made",
    "-Xclang -diagnostic-log-file -Xclang made", "-Xclang -split-dwarf-output -Xclang made",
    "-Xclang -stats-file=made", "-mllvm -info-output-file=made", "-mllvm -stats -mllvm -print-after-all",
    "-mllvm -dot-cfg-after-all", "-mllvm -rng-seed=1", "-mllvm -time-passes", "-Wp,-MD,made.d",
    "-emit-pth", "-emit-ast", "-emit-llvm", "-S", "-E", "-fsyntax-only", "-extract-api",
    "--product-name=made", "-fextract-api-ignores=made", "-emit-symbol-graph --symbol-graph-dir=made",
    "-emit-interface-stubs", "-fbuild-session-file=made", "-Fomade.obj", "/Fomade.obj", "/Famade.asm",
    "/Fdmade.pdb", "/Fpmade.pch", "/Ycmade.h", "/Frmade", "/sourceDependencies made", "/analyze:log made",
]  # fmt: skip

# They lift what holds the parser.
LIMITS = [
    "-fbracket-depth=4000000000", "-ftemplate-depth=2000000000", "-fconstexpr-steps=4000000000",
    "-fconstexpr-depth=2000000000", "-foperator-arrow-depth=2000000000", "-ftemplate-depth-999999999",
    "-Xclang -fbracket-depth -Xclang 4000000000", "-Xclang -ftemplate-depth -Xclang 4000000000",
    "-Xclang -fconstexpr-steps -Xclang 4000000000", "-fmacro-backtrace-limit=0", "-ferror-limit=4000000000",
    "-ftemplate-backtrace-limit=0", "-fspell-checking-limit=0", "-fconstexpr-loop-limit=999999999",
    "-fmax-type-align=4294967296", "-fmessage-length=4294967295",
    "-ftabstop=4294967295", "-fconstexpr-cache-depth=999999999",
]  # fmt: skip

// Command lines as they stand in real compile databases (names shortened), and what
// becomes of each: the arguments for libclang, and what is said.
#include "codegen/frontend/flags.h"

#include "tests/unit/harness.h"

static const struct Line {
    const char *what, *builder;
    Environment environment;
    Quoting quoting;
    const char *command, *args, *notes;
} lines[] = {
    {"Chromium, clang-cl", "clang-cl", ENVIRONMENT_MSVC, QUOTING_POSIX,
     "../../third_party/llvm-build/Release+Asserts/bin/clang-cl.exe /nologo "
     "/showIncludes:user /c ../../base/a.cc /Foobj/base/a.obj -DUSE_AURA=1 "
     "\"-DCR_CLANG_REVISION=\\\"llvmorg-19\\\"\" -D__DATE__= -D_WIN32_WINNT=0x0A00 "
     "-I../.. -Igen -fno-ident -fcolor-diagnostics -fcrash-diagnostics-dir=../../crash "
     "-mllvm -instcombine-lower-dbg-declare=0 -ffp-contract=off "
     "-fcomplete-member-pointers /Gy /FS /bigobj /utf-8 /Zc:sizedDealloc- /D__WRL__ "
     "-fmsc-version=1934 --target=arm64ec-pc-windows-msvc -Xclang "
     "-fdebug-compilation-dir -Xclang . -ftrivial-auto-var-init=pattern /W4 "
     "-Wno-missing-field-initializers /WX /wd4091 -Wheader-hygiene /O2 /Ob2 /Oy- "
     "/Zc:inline /Gw /MD -Xclang -add-plugin -Xclang find-bad-constructs -Xclang "
     "-plugin-arg-find-bad-constructs -Xclang raw-ref -gcodeview-ghash -std:c++20 /TP "
     "/GR- -imsvc../../win/include /winsysroot../../toolchain /guard:cf,nochecks /Brepro",
     "-fms-extensions -fms-compatibility -DUSE_AURA=1 -DCR_CLANG_REVISION=\"llvmorg-19\" "
     "-D__DATE__= -D_WIN32_WINNT=0x0A00 -I /p/build/../.. -I /p/build/gen "
     "-fcomplete-member-pointers -fno-sized-deallocation -D__WRL__ -fmsc-version=1934 "
     "-Wall -Wextra -Wno-missing-field-initializers -Werror -Wheader-hygiene -O2 -D_MT "
     "-D_DLL -fno-rtti -isystem /p/build/../../win/include -Xmicrosoft-windows-sys-root "
     "/p/build/../../toolchain -fno-cxx-exceptions -fno-exceptions "
     "-Wno-unknown-warning-option -Wno-missing-include-dirs -std=c++20",
     "EC627 -mllvm -instcombine-lower-dbg-declare=0; EC628 -Xclang -add-plugin -Xclang "
     "find-bad-constructs; EC628 -Xclang -plugin-arg-find-bad-constructs"},
    {"CMake with Ninja, cl", "msvc-19.38", ENVIRONMENT_MSVC, QUOTING_WINDOWS,
     "C:\\PROGRA~1\\MIB055~1\\2022\\COMMUN~1\\VC\\Tools\\MSVC\\14.38."
     "33130\\bin\\Hostx64\\arm64\\cl.exe  /nologo /TP -DFOO=\\\"bar\\\" -IC:\\p\\include "
     "-external:IC:\\vcpkg\\include -external:W0 /DWIN32 /D_WINDOWS /W3 /GR /EHsc /O2 "
     "/Ob2 /DNDEBUG -std:c++17 -MD /arm64EC /FoCMakeFiles\\a.dir\\a.cpp.obj "
     "/FdCMakeFiles\\a.dir\\ /FS -c C:\\p\\src\\a.cpp",
     "-fms-extensions -fms-compatibility -DFOO=\"bar\" -I C:/p/include -isystem "
     "C:/vcpkg/include -DWIN32 -D_WINDOWS -Wall -frtti -fcxx-exceptions -fexceptions -O2 "
     "-DNDEBUG -D_MT -D_DLL -Wno-unknown-warning-option -Wno-missing-include-dirs "
     "-fms-compatibility-version=19.38 -std=c++17",
     ""},
    {"MSBuild, cl in quotes", "msvc-19.40", ENVIRONMENT_MSVC, QUOTING_WINDOWS,
     "\"C:\\Program Files\\Microsoft Visual "
     "Studio\\2022\\Enterprise\\VC\\Tools\\MSVC\\14.40.33807\\bin\\HostARM64\\arm64\\CL."
     "exe\" /c /I..\\include /I \"..\\third party\" /Zi /nologo /W4 /WX "
     "/diagnostics:column /sdl /O2 /Oi /GL /D \"WIN32\" /D VERSION#3 /Gm- /EHsc /MT /GS "
     "/Gy /arch:SSE2 /fp:precise /permissive- /Zc:wchar_t /Zc:forScope /Zc:inline "
     "/Yu\"pch.h\" /FIconfig.h /Fo\"ARM64EC\\Release\\\\\" /external:W3 /Gd /TC /FC "
     "/errorReport:prompt /arm64EC ..\\src\\a.c",
     "-fms-extensions -fms-compatibility -I C:/p/build/../include -I C:/p/build/../third "
     "party -Wall -Wextra -O2 -DWIN32 -DVERSION=3 -fcxx-exceptions -fexceptions -D_MT "
     "-fmath-errno -fno-delayed-template-parsing -foperator-names -Xclang -include "
     "-Xclang config.h "
     "-Wno-unknown-warning-option -Wno-missing-include-dirs "
     "-fms-compatibility-version=19.40",
     "EC627 /arch:SSE2"},
    {"Linux kernel, gcc", "clang", ENVIRONMENT_ANY, QUOTING_POSIX,
     "gcc-12 -Wp,-MMD,kernel/.fork.o.d -nostdinc -I./arch/x86/include -include "
     "./include/linux/kconfig.h -D__KERNEL__ -fmacro-prefix-map=./= -Wundef -std=gnu11 "
     "-fshort-wchar -funsigned-char -fno-common -fno-PIE -fno-strict-aliasing -mno-sse "
     "-fcf-protection=none -m64 -falign-jumps=1 -mtune=generic -mno-red-zone "
     "-mcmodel=kernel -fno-delete-null-pointer-checks -O2 -fno-allow-store-data-races "
     "-fstack-protector-strong -fno-stack-clash-protection -pg -DCC_USING_FENTRY "
     "-fno-inline-functions-called-once -fstrict-flex-arrays=3 -fno-strict-overflow "
     "-fconserve-stack -Wno-pointer-sign '-DKBUILD_MODFILE=\"kernel/fork\"' -c -o "
     "kernel/fork.o kernel/fork.c",
     "-nostdinc -I /p/build/arch/x86/include -Xclang -include -Xclang "
     "./include/linux/kconfig.h "
     "-D__KERNEL__ -Wundef -fshort-wchar -funsigned-char -fno-common -O2 "
     "-DCC_USING_FENTRY -fstrict-flex-arrays=3 -Wno-pointer-sign "
     "-DKBUILD_MODFILE=\"kernel/fork\" -Wno-unknown-warning-option "
     "-Wno-missing-include-dirs -std=gnu11",
     "EC627 -mno-sse; EC627 -fcf-protection=none; EC627 -mtune=generic; EC627 "
     "-mno-red-zone; EC627 -mcmodel=kernel"},
    {"Meson, gcc", "clang", ENVIRONMENT_ANY, QUOTING_POSIX,
     "ccache cc -Isubprojects/x.p -I../src/include -I/usr/include/glib-2.0 "
     "-fdiagnostics-color=always -D_FILE_OFFSET_BITS=64 -Wall -Winvalid-pch -std=c11 -O0 "
     "-g -fPIC -pthread -MD -MQ src/a.c.o -MF src/a.c.o.d -o src/a.c.o -c ../src/a.c",
     "-I /p/build/subprojects/x.p -I /p/build/../src/include -I /usr/include/glib-2.0 "
     "-D_FILE_OFFSET_BITS=64 -Wall -Winvalid-pch -O0 -D_REENTRANT "
     "-Wno-unknown-warning-option -Wno-missing-include-dirs -std=c11",
     ""},
    {"autotools, libtool", "clang", ENVIRONMENT_ANY, QUOTING_POSIX,
     "/bin/sh ../libtool --tag=CC --mode=compile gcc -DHAVE_CONFIG_H -I. -I.. -isystem "
     "/usr/include/libxml2 -I/usr/include -g -O2 -MT a.lo -MD -MP -MF .deps/a.Tpo -c -o "
     "a.lo ../src/a.c",
     "-DHAVE_CONFIG_H -I /p/build -I /p/build/.. -O2", ""},
    {"Bazel wrapper", "clang", ENVIRONMENT_ANY, QUOTING_POSIX,
     "external/local_config_cc/cc_wrapper.sh -U_FORTIFY_SOURCE -fstack-protector -Wall "
     "-Wunused-but-set-parameter -Wno-free-nonheap-object -fno-omit-frame-pointer -MD "
     "-MF bazel-out/a.d -frandom-seed=a.o -iquote . -iquote bazel-out/bin -isystem "
     "external/zlib -fno-canonical-system-headers -Wno-builtin-macro-redefined "
     "'-D__DATE__=\"redacted\"' -c src/a.c -o a.o",
     "-U_FORTIFY_SOURCE -Wall -Wunused-but-set-parameter -Wno-free-nonheap-object "
     "-iquote /p/build -iquote /p/build/bazel-out/bin -isystem /p/build/external/zlib "
     "-Wno-builtin-macro-redefined -D__DATE__=\"redacted\" -Wno-unknown-warning-option "
     "-Wno-missing-include-dirs",
     ""},
    {"Bazel, Windows wrapper", "clang-cl", ENVIRONMENT_MSVC, QUOTING_WINDOWS,
     "external/rules/cl_wrapper.bat /nologo /DCOMPILER_MSVC /bigobj /Zm500 /EHsc /wd4351 "
     "/wd4996 /I. /Ibazel-out/bin /showIncludes /MD /Od /Z7 /Foa.obj /c src/a.c",
     "-fms-extensions -fms-compatibility -DCOMPILER_MSVC -fcxx-exceptions -fexceptions "
     "-Wno-deprecated-declarations -I C:/p/build -I C:/p/build/bazel-out/bin -D_MT "
     "-D_DLL -O0",
     ""},
    {"llvm-mingw", "mingw", ENVIRONMENT_GNU, QUOTING_POSIX,
     "/opt/llvm-mingw-20260224/bin/arm64ec-w64-mingw32-clang -municode -mwindows "
     "-DUNICODE_TEST -I../include -O2 -g -flto=thin -pthread -c ../src/a.c -o a.o",
     "-DUNICODE -D_UNICODE -DUNICODE_TEST -I /p/build/../include -O2 -D_REENTRANT", ""},
    {"mingw-w64 gcc, to be retargeted", "mingw", ENVIRONMENT_GNU, QUOTING_POSIX,
     "x86_64-w64-mingw32-gcc-12 -mms-bitfields -msse2 -mavx2 -march=x86-64-v2 -O9 -Ifoo "
     "-c a.c",
     "-mms-bitfields -O3 -I /p/build/foo",
     "EC627 -msse2; EC627 -mavx2; EC627 -march=x86-64-v2"},
    {"zig", "mingw", ENVIRONMENT_GNU, QUOTING_POSIX,
     "zig cc -target x86_64-windows-gnu -mcpu=baseline -c a.c -o a.o", "",
     "EC627 -mcpu=baseline"},
    {"clang with a Windows triple", "clang-18", ENVIRONMENT_MSVC, QUOTING_POSIX,
     "/usr/bin/clang-18 --target=arm64ec-pc-windows-msvc "
     "-fms-compatibility-version=19.40 -isystem /xwin/crt/include "
     "-isystem/xwin/sdk/include/ucrt -Xclang -fno-builtin -c a.c",
     "-fms-compatibility-version=19.40 -isystem /xwin/crt/include -isystem "
     "/xwin/sdk/include/ucrt -Xclang -fno-builtin",
     ""},
    {"clang, cross, the wrong triple", "clang", ENVIRONMENT_ANY, QUOTING_POSIX,
     "clang -target arm64ec-linux-gnu --sysroot=/sys -isysroot /sys -idirafter "
     "/usr/lib/x -O3 -c a.c",
     "-O3", "EC601 -target arm64ec-linux-gnu"},
    {"clang, Rust's name of the environment", "mingw", ENVIRONMENT_ANY, QUOTING_POSIX,
     "clang --target=arm64ec-pc-windows-gnullvm -O3 -c a.c", "-O3",
     "EC601 --target=arm64ec-pc-windows-gnullvm"},
    {"clang, LLVM cannot", "mingw", ENVIRONMENT_GNU, QUOTING_POSIX,
     "clang --target=arm64ec-w64-mingw32 -mllvm -global-isel -mllvm --global-isel=1 "
     "-mllvm -global-isel=0 -Xclang -mllvm -Xclang -global-isel -mcmodel=tiny "
     "-fptrauth-calls -mlong-double-80 -c a.c",
     "",
     "EC609 -mllvm -global-isel; EC609 -mllvm --global-isel=1; EC609 -Xclang -mllvm "
     "-Xclang -global-isel; EC609 -mcmodel=tiny; EC609 -fptrauth-calls; EC609 "
     "-mlong-double-80"},
    {"clang, thunks off", "mingw", ENVIRONMENT_GNU, QUOTING_POSIX,
     "clang --target=arm64ec-w64-mingw32 -mllvm -arm64ec-generate-thunks=false "
     "-Xclang -mllvm -Xclang --arm64ec-lower-direct-to-indirect=0 "
     "-mllvm -arm64ec-generate-thunks=true -mllvm -arm64ec-generate-thunks -c a.c",
     "",
     "EC223 -mllvm -arm64ec-generate-thunks=false; EC223 -Xclang -mllvm -Xclang "
     "--arm64ec-lower-direct-to-indirect=0"},
    {"clang, AddressSanitizer", "mingw", ENVIRONMENT_GNU, QUOTING_POSIX,
     "clang --target=arm64ec-w64-mingw32 -fsanitize=undefined,address "
     "-fsanitize=undefined -c a.c",
     "", "EC323 -fsanitize=undefined,address"},
    {"clang-cl, LLVM cannot", "clang-cl-19", ENVIRONMENT_MSVC, QUOTING_POSIX,
     "clang-cl-19 /arm64EC /QIntel-jcc-erratum /clang:-mllvm /clang:-global-isel "
     "/arch:AVX2 /Gv /c /home/me/a.c",
     "-fms-extensions -fms-compatibility -D_MT -fno-cxx-exceptions -fno-exceptions",
     "EC609 /QIntel-jcc-erratum; EC609 /clang:-mllvm /clang:-global-isel; EC627 "
     "/arch:AVX2; EC627 /Gv"},
    {"hostile", "clang", ENVIRONMENT_ANY, QUOTING_POSIX,
     "clang -fplugin=evil.so -fplugin-arg-evil-x=1 -fpass-plugin=evil.so -Xclang -load "
     "-Xclang evil.so -Xclang -ast-dump -Xclang -include-pch -Xclang x.pch -B/evil "
     "-fuse-ld=/evil/ld -fuse-ld=lld --gcc-toolchain=/evil -resource-dir /evil "
     "-ivfsoverlay evil.yaml -fmodules -fmodule-file=x.pcm -fmodule-map-file=m "
     "-include-pch x.pch --config evil.cfg -specs=evil -wrapper evil,x "
     "-working-directory /evil -fbracket-depth=100000 -ftemplate-depth=900 "
     "-fconstexpr-steps=0 @/etc/passwd -mllvm -load=evil.so -c a.c",
     "-ftemplate-depth=900",
     "EC628 @/etc/passwd; EC628 -fplugin=evil.so; EC628 -fplugin-arg-evil-x=1; EC628 "
     "-fpass-plugin=evil.so; EC628 -Xclang -load -Xclang evil.so; EC628 -Xclang "
     "-ast-dump; EC628 -Xclang -include-pch -Xclang x.pch; EC628 -B/evil; EC628 "
     "-fuse-ld=/evil/ld; EC628 --gcc-toolchain=/evil; EC628 -resource-dir /evil; EC628 "
     "-ivfsoverlay evil.yaml; EC628 -fmodules; EC628 -fmodule-file=x.pcm; EC628 "
     "-fmodule-map-file=m; EC628 -include-pch x.pch; EC628 --config evil.cfg; EC628 "
     "-specs=evil; EC628 -wrapper evil,x; EC628 -working-directory /evil; EC628 "
     "-fbracket-depth=100000; EC628 -fconstexpr-steps=0; EC628 -mllvm -load=evil.so"},
    {"outputs vanish", "clang", ENVIRONMENT_ANY, QUOTING_POSIX,
     "clang -o a.o -oa.o -MD -MMD -MF a.d -MFa.d -MJ a.json -MT a -ftime-trace "
     "-ftime-trace=x.json -save-temps=obj -dumpdir x -serialize-diagnostics a.dia "
     "-index-store-path x --driver-mode=gcc -S -E -fsyntax-only -emit-llvm "
     "-Wl,--gc-sections -L. -lm -L /x -l m -T script -pipe -v a.c",
     "", ""},
    {"sccache and cl, linking at once", "msvc", ENVIRONMENT_MSVC, QUOTING_POSIX,
     "sccache cl.exe /nologo /Tca.c /Feprogram.exe /link /OUT:x.exe /MACHINE:ARM64EC",
     "-fms-extensions -fms-compatibility -D_MT", ""},
    {"distcc, clang++", "clang-17", ENVIRONMENT_ANY, QUOTING_POSIX,
     "DISTCC=1 distcc clang++-17 -x c++ -std=gnu++20 -fno-rtti -fno-exceptions "
     "-stdlib=libc++ -nostdinc++ -cxx-isystem libcxx -c a.cc",
     "-fno-rtti -fno-exceptions -stdlib=libc++ -nostdinc++ -cxx-isystem /p/build/libcxx "
     "-std=gnu++20",
     ""},
    {"Android NDK style", "clang", ENVIRONMENT_ANY, QUOTING_POSIX,
     "/ndk/bin/clang --target=aarch64-none-linux-android21 --sysroot=/ndk/sysroot "
     "-DANDROID -fdata-sections -ffunction-sections -funwind-tables "
     "-fstack-protector-strong -no-canonical-prefixes -D_FORTIFY_SOURCE=2 -Wformat "
     "-Werror=format-security -fno-limit-debug-info -fPIC -c a.c",
     "-DANDROID -D_FORTIFY_SOURCE=2 -Wformat -Werror=format-security "
     "-Wno-unknown-warning-option -Wno-missing-include-dirs",
     ""},
    {"Apple", "clang", ENVIRONMENT_ANY, QUOTING_POSIX,
     "/usr/bin/clang -arch arm64 -arch x86_64 -isysroot "
     "/Applications/Xcode.app/SDKs/MacOSX.sdk -mmacosx-version-min=11.0 -Fframeworks "
     "-iframework /System/Library -fobjc-arc -Wall -c a.c",
     "-F /p/build/frameworks -Wall -Wno-unknown-warning-option -Wno-missing-include-dirs",
     "EC627 -fobjc-arc"},
    {"Firefox, clang-cl", "clang-cl", ENVIRONMENT_MSVC, QUOTING_POSIX,
     "/clang/bin/clang-cl -Xclang -std=gnu99 --target=arm64ec-pc-windows-msvc -Foa.obj "
     "-c -guard:cf -DNDEBUG=1 -I/p/src -Idist/include -FImozilla-config.h -Brepro "
     "-Xclang -fexperimental-new-constant-interpreter -MD -FI config.h "
     "-Qunused-arguments -fcrash-diagnostics-dir=/c -utf-8 -Zc:inline -Wall -Wno-unused "
     "-TC -nologo -Gy -O2 -Oy- -WX -imsvc /win/include -ftime-trace=a.json a.c",
     "-fms-extensions -fms-compatibility -DNDEBUG=1 -I /p/src -I /p/build/dist/include "
     "-Xclang -include -Xclang mozilla-config.h -D_MT -D_DLL -Xclang -include -Xclang "
     "config.h -Weverything -Wno-unused "
     "-O2 -Werror -isystem /win/include -fno-cxx-exceptions -fno-exceptions "
     "-Wno-unknown-warning-option -Wno-missing-include-dirs -std=gnu99",
     "EC627 -Xclang -fexperimental-new-constant-interpreter"},
    {"gcc's own flags", "clang", ENVIRONMENT_ANY, QUOTING_POSIX,
     "gcc -fvar-tracking-assignments -fno-tree-vectorize -fipa-pta "
     "-fexcess-precision=fast -funroll-loops -fno-plt -fmax-errors=5 -fanalyzer "
     "-fgnu89-inline -fpermissive -ansi -pedantic -Ofast -Og -ffp-model=fast "
     "-ffp-contract=off -Wa,--noexecstack "
     "-Xassembler x -traditional-cpp --param ssp-buffer-size=4 -mregparm=3 -c a.c",
     "-fgnu89-inline -pedantic -O3 -ffast-math -Og -fno-math-errno "
     "-Wno-unknown-warning-option "
     "-Wno-missing-include-dirs -ansi",
     "EC627 -fanalyzer; EC627 -fpermissive; EC627 -Wa,--noexecstack; EC627 "
     "-traditional-cpp; EC627 -mregparm=3"},
    {"preprocessor's arguments", "clang", ENVIRONMENT_ANY, QUOTING_POSIX,
     "gcc -Wp,-D_FORTIFY_SOURCE=2,-DX=1,-MD,a.d -Xpreprocessor -DY -D Z -U W -UV "
     "-imacros m.h -includen.h -iquoteq -I.. -I . -c a.c",
     "-D_FORTIFY_SOURCE=2 -DX=1 -DY -DZ -UW -UV -Xclang -imacros -Xclang m.h -Xclang "
     "-include -Xclang n.h -iquote "
     "/p/build/q -I /p/build/.. -I /p/build",
     ""},
    {"unknown", "clang", ENVIRONMENT_ANY, QUOTING_POSIX,
     "clang -fno-such-thing -Wno-such-warning --no-such -std=c99x -x c -D -c a.c -I",
     "-Wno-such-warning -D-c -Wno-unknown-warning-option -Wno-missing-include-dirs",
     "EC627 -fno-such-thing; EC627 --no-such; EC627 -std=c99x; EC627 -I"},
    {"a standard of the other language", "clang", ENVIRONMENT_ANY, QUOTING_POSIX,
     "clang -std=c++17 -c a.c", "", ""},
    {"nothing but flags", "clang", ENVIRONMENT_ANY, QUOTING_POSIX,
     "-Iinclude -DX=1 -Wall",
     "-I /p/build/include -DX=1 -Wall -Wno-unknown-warning-option "
     "-Wno-missing-include-dirs",
     ""},
    {"cl without standard and runtime", "msvc", ENVIRONMENT_MSVC, QUOTING_POSIX,
     "cl /c /EHs-c- /J /Zp8 /std:c11 /Zc:char8_t /openmp /await /B2evil.dll /reference "
     "x=y.ifc /constexpr:depth2000 /Wall /w14242 /we4013 /wd4996 /X a.c",
     "-fms-extensions -fms-compatibility -fno-cxx-exceptions -fno-exceptions "
     "-funsigned-char -fpack-struct=8 -fchar8_t -fopenmp -Wall -Wextra "
     "-Wno-deprecated-declarations -nostdlibinc -D_MT -Wno-unknown-warning-option "
     "-Wno-missing-include-dirs -std=c11",
     "EC628 /B2evil.dll; EC628 /reference x=y.ifc; EC628 /constexpr:depth2000"},
};

static Str joined(Arena *arena, Str all, Str separator, Str next)
{
    return arena_format(arena, "%.*s%.*s%.*s", STR_ARG(all),
                        all.len ? (int)separator.len : 0, separator.at, STR_ARG(next));
}

static Str code_of(enum FlagNoteKind kind)
{
    switch (kind) {
    case FLAG_IGNORED:
    case FLAG_UNKNOWN:
    case FLAG_BROKEN:
        return STR("EC627");
    case FLAG_REFUSED:
        return STR("EC628");
    case FLAG_TRIPLE_NOT_WINDOWS:
        return STR("EC601");
    case FLAG_UNSUPPORTED_CODEGEN:
        return STR("EC609");
    case FLAG_NO_THUNKS:
        return STR("EC223");
    case FLAG_ADDRESS_SANITIZER:
        return STR("EC323");
    case FLAG_LIMIT:
        return STR("EC905");
    }
    return STR("?");
}

static void check_line(Arena *arena, const struct Line *line)
{
    Str root = STR("/p"), args = STR(""), notes = STR("");
    bool windows = line->quoting == QUOTING_WINDOWS;
    Job job = {.origin = COMMAND_DATABASE,
               .path = STR("/p/src/a.c"),
               .directory = windows ? STR("C:\\p\\build") : STR("/p/build"),
               .roots = {&root, 1},
               .argv = flags_split(arena, str_of(line->command), line->quoting)};
    Flags flags;
    flags_parse(arena, &job, &flags);
    for (uint32_t i = 0; i < flags.args.len; i++)
        args = joined(arena, args, STR(" "), flags.args.at[i]);
    for (uint32_t i = 0; i < flags.notes.len; i++) {
        const FlagNote *note = &flags.notes.at[i];
        notes = joined(arena, notes, STR("; "),
                       joined(arena, code_of(note->kind), STR(" "), note->text));
        CHECK(note->kind == FLAG_IGNORED || note->kind == FLAG_UNKNOWN || note->why.len ||
              note->fix.len);
    }
    bool good =
        check_str(args, str_of(line->args), line->what, "wanted", __FILE__, __LINE__);
    good &=
        check_str(notes, str_of(line->notes), line->what, "wanted", __FILE__, __LINE__);
    good &= check_str(builder_name(arena, flags.builder), str_of(line->builder),
                      line->what, "wanted", __FILE__, __LINE__);
    good &= check_eq(flags.environment, line->environment, line->what, "wanted", __FILE__,
                     __LINE__);
    CHECK(good);
}

TEST(flags_lines)
{
    for (size_t i = 0; i < COUNTOF(lines); i++) {
        Arena arena;
        arena_init(&arena, 16 * 1024 * 1024);
        check_line(&arena, &lines[i]);
        arena_done(&arena);
    }
}

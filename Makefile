# arm64ecd: one Makefile, no recursion. `make help` lists the targets.
#
# Three archives and a module, as README "The map" has it:
#   libprotocol.a   protocol/               libc, cJSON
#   libcodegen.a    codegen/ without LLVM   into the server and into the module
#   libserver.a     server/ but main.c      libuv
#   pipeline-22.so  codegen/ with LLVM      libclang and LLVM; loaded by workers
# Each variant (compiler, instrumentation) builds them in a folder of its own.
VERSION       = 0.1.0
LLVM          = 22
CC            := $(if $(filter default,$(origin CC)),gcc,$(CC))
CLANG         = clang-$(LLVM)
PREFIX        = /usr/local
FUZZ_SECONDS  = 10
CHAOS_SECONDS = 60
JOBS         := $(shell nproc 2>/dev/null || echo 2)
MAKEFLAGS    += --no-builtin-rules
ifeq ($(filter -j%,$(MAKEFLAGS)),)
MAKEFLAGS    += -j$(JOBS)
endif
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:

# --- Sources: lists by wildcard ---------------------------------------------------------

folders  = $1 $(foreach d,$(wildcard $1/*/.),$(call folders,$(d:/.=)))
files    = $(foreach d,$(call folders,$1),$(wildcard $d/*.$2))

PROTOCOL := $(call files,protocol,c)
CODEGEN  := $(filter-out codegen/include/% codegen/explain/%,$(call files,codegen,c))
SERVER   := $(call files,server,c)
UNIT     := $(wildcard tests/unit/*.c)
UNIT_LLVM := $(wildcard tests/unit/llvm/*.c)
FUZZERS  := $(patsubst tests/fuzz/%_fuzz.c,%,$(wildcard tests/fuzz/*_fuzz.c))
SOURCES  := $(foreach d,protocol codegen server,$(foreach e,c h def sh,$(call files,$d,$e)))

# Files that see libclang or LLVM, in their own includes or through our headers, which may
# include each other three deep, belong to the module, and so does its door.
bar        := |
,          := ,
pattern     = <(clang-c|llvm-c)/$(subst $() ,,$(1:%=$(bar)"%"))
seeing      = $(shell grep -rlE '$(call pattern,$2)' --include=*.$1 codegen)
LLVM_H     := $(call seeing,h,$(call seeing,h,$(call seeing,h)))
MODULE     := $(sort codegen/pipeline.c \
                $(filter-out codegen/include/% codegen/explain/%,$(call seeing,c,$(LLVM_H))))
LIBCODEGEN := $(filter-out $(MODULE),$(CODEGEN))

# The same in the server, the module and every Result: another build's are refused.
BUILD_ID := $(shell cat $(sort $(SOURCES)) Makefile | sha256sum | cut -c1-32)

# Rows of the version table. Older ones than the target's first are refused before
# anything is looked for; a version without a list of builtins has the one before it.
OLDEST   := $(shell sed -n 's/^.define LLVM_ARM64EC *\([0-9]*\).*/\1/p' codegen/toolchain/llvm_versions.h)
KNOWN    := $(shell ls codegen/frontend | sed -n 's/^builtins-\([0-9]*\)\.def$$/\1/p' | sort -n)
ifeq ($(strip $(LLVM)),)
$(error LLVM= is empty: give the major version, as in LLVM=22)
endif
ifneq ($(shell expr '$(LLVM)' : '[0-9][0-9]*$$'),$(shell expr '$(LLVM)' : '.*'))
$(error LLVM=$(LLVM): give the major version alone, as in LLVM=22)
endif
ifneq ($(shell [ $(LLVM) -ge $(OLDEST) ] && echo yes),yes)
$(error LLVM=$(LLVM): LLVM $(LLVM) cannot compile for Arm64EC: LLVM $(OLDEST).1.0 was the first that could)
endif
BUILTINS := $(or $(lastword $(foreach v,$(KNOWN),$(shell [ $v -le $(LLVM) ] && echo $v))),$(firstword $(KNOWN)))

# Another LLVM's build stands beside the usual one.
OUT      := $(if $(filter 22,$(LLVM)),out,out/llvm-$(LLVM))

# --- Tools and flags --------------------------------------------------------------------

# Asked at first use, so that set-up can run before.
once         = $(eval $1 := $(shell $2))$($1)
LLVM_CONFIG  = llvm-config-$(LLVM)
LLVM_LIB     = $(call once,LLVM_LIB,$(LLVM_CONFIG) --libdir)
LLVM_INCLUDE = $(call once,LLVM_INCLUDE,$(LLVM_CONFIG) --includedir)
LLVM_BIN     = $(call once,LLVM_BIN,$(LLVM_CONFIG) --bindir)
LIBS         = $(call once,LIBS,pkg-config --libs libuv libcjson)
LLVM_LIBS    = -L$(LLVM_LIB) -Wl,-rpath,$(LLVM_LIB) -lclang-$(LLVM) -lLLVM-$(LLVM)

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion \
  -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wvla -Wcast-qual \
  -Wcast-align -Wpointer-arith -Wwrite-strings -Wundef -Wformat=2 -Wimplicit-fallthrough \
  -Wswitch -Wdouble-promotion -Wnull-dereference -Wunused-macros
CFLAGS   := -O2 -g
DIALECT  := -std=gnu17 -D_GNU_SOURCE -DARM64ECD_VERSION='"$(VERSION)"' \
  -DLLVM_MAJOR='"$(LLVM)"' -fno-common -fPIC -I. $(WARNINGS)
SANITIZE := -O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=undefined \
  -fsanitize=address,undefined

# --- Set-up -----------------------------------------------------------------------------

# `make run`, `make test` and their like install what they need first; a plain `make`
# only says what is missing, and the command that installs it.
SETUP_GOALS := run test quick check sanitize lint fuzz chaos bench verify oracle
PURPOSES    := build $(sort $(filter test check lint bench verify oracle,$(MAKECMDGOALS)) \
                 $(if $(filter update quick chaos,$(MAKECMDGOALS)),test) \
                 $(if $(filter sanitize fuzz,$(MAKECMDGOALS)),test check))
.PHONY: setup
setup:
	@LLVM=$(LLVM) tests/setup/packages.sh \
	  $(if $(filter $(SETUP_GOALS),$(MAKECMDGOALS)),--install,--need) $(PURPOSES)

# --- Generated --------------------------------------------------------------------------

GENERATED := $(patsubst codegen/explain/embed.sh,out/explain.inc,$(wildcard codegen/explain/embed.sh))
out/explain.inc: codegen/explain/embed.sh codegen/diagnostics.def $(wildcard codegen/explain/EC*)
	@mkdir -p $(@D)
	@sh $< >$@

# Rewritten only when it changes, so that only build_id.c follows.
out/build_id: FORCE
	@mkdir -p $(@D)
	@echo $(BUILD_ID) | cmp -s - $@ || echo $(BUILD_ID) >$@
.PHONY: FORCE

# What a worker's os_guard_posix.c stands in for, in libraries built either way.
OPENS := open open64

# --- One variant ------------------------------------------------------------------------

# $1 folder   $2 compiler   $3 its flags, for compiling and linking   $4 for linking the module
define variant
$1/obj/%.o: %.c | setup $(GENERATED)
	@mkdir -p $$(@D)
	@echo '  CC      $$@'
	@$2 $(DIALECT) $3 $$(SEES) -MMD -MP -c $$< -o $$@

$(MODULE:%.c=$1/obj/%.o) $(UNIT_LLVM:%.c=$1/obj/%.o): SEES = -isystem $$(LLVM_INCLUDE) -DLLVM_LIBDIR='"$$(LLVM_LIB)"' \
  -DBUILTINS_DEF='"codegen/frontend/builtins-$(BUILTINS).def"'
$1/obj/server/clang_finder.o: SEES = -DLLVM_BINDIR='"$$(LLVM_BIN)"'
$1/obj/codegen/build_id.o: SEES = -DBUILD_ID='"$(BUILD_ID)"'
$1/obj/codegen/build_id.o: out/build_id

$1/libprotocol.a: $(PROTOCOL:%.c=$1/obj/%.o)
$1/libcodegen.a: $(LIBCODEGEN:%.c=$1/obj/%.o)
$1/libserver.a: $(patsubst %.c,$1/obj/%.o,$(filter-out server/main.c,$(SERVER)))
$1/lib%.a:
	@echo '  AR      $$@'
	@rm -f $$@ && ar rcs $$@ $$^

$1/arm64ecd: $1/obj/server/main.o $1/libserver.a $1/libcodegen.a $1/libprotocol.a
	@echo '  LINK    $$@'
	@$2 $3 $$^ -o $$@ $(OPENS:%=-Wl,--export-dynamic-symbol=%) $$(LIBS) -ldl -lm

$1/pipeline-$(LLVM).so: $(MODULE:%.c=$1/obj/%.o) $1/libcodegen.a $1/libprotocol.a codegen/pipeline.map
	@echo '  LINK    $$@'
	@$2 $3 -shared $$(filter-out %.map,$$^) -o $$@ -Wl,--version-script=codegen/pipeline.map $4 $$(LLVM_LIBS) -lm

$1/include: | setup
	@ln -sfn $$(CURDIR)/codegen/include $$@

# The first sees the walls: it links neither main.c nor LLVM.
$1/unit-tests: $(UNIT:%.c=$1/obj/%.o) $1/libserver.a $1/libcodegen.a $1/libprotocol.a
	@echo '  LINK    $$@'
	@$2 $3 $$^ -o $$@ $$(LIBS) -ldl -lm

$1/unit-llvm-tests: $(patsubst %.c,$1/obj/%.o,$(UNIT_LLVM) tests/unit/harness.c $(MODULE)) $1/libcodegen.a $1/libprotocol.a
	@echo '  LINK    $$@'
	@$2 $3 $$^ -o $$@ $$(LLVM_LIBS) -lcjson -lm

$1/fuzz-%: $1/obj/tests/fuzz/%_fuzz.o $1/libcodegen.a $1/libprotocol.a
	@echo '  LINK    $$@'
	@$2 $3 -fsanitize=fuzzer -Wl,--start-group $$^ -Wl,--end-group -o $$@ $$(if $$(findstring fuzz-llvm-,$$@),$$(LLVM_LIBS)) -lcjson -lm
$1/fuzz-llvm-ir: $(MODULE:%.c=$1/obj/%.o)

# Two programs more, which link libcodegen alone: libunicorn is looked for when it runs.
$1/verify-driver: $1/obj/tests/verify/driver.o $1/obj/tests/unit/abi_text.o
$1/rust-driver: $1/obj/tests/rust/driver.o
$1/verify-driver $1/rust-driver: $1/libcodegen.a $1/libprotocol.a
	@echo '  LINK    $$@'
	@$2 $3 $$(filter %.o,$$^) $$(filter %.a,$$^) -o $$@ -ldl

-include $$(wildcard $(foreach s,$(PROTOCOL) $(CODEGEN) $(SERVER) $(UNIT) $(UNIT_LLVM) $(FUZZERS:%=tests/fuzz/%_fuzz.c) tests/verify/driver.c tests/rust/driver.c,$1/obj/$(s:%.c=%.d)))
endef

$(eval $(call variant,$(OUT),$$(CC),$(CFLAGS),-Wl$(,)-z$(,)defs))
$(eval $(call variant,$(OUT)/sanitize,$$(CLANG),$(SANITIZE)))
$(eval $(call variant,$(OUT)/fuzz,$$(CLANG),$(SANITIZE) -fsanitize=fuzzer-no-link))
$(eval $(call variant,$(OUT)/check-gcc,gcc,-O2 -Werror))
$(eval $(call variant,$(OUT)/check-clang,$$(CLANG),-O2 -Werror))

program    = $1/arm64ecd $1/pipeline-$(LLVM).so $1/include
units      = $1/unit-tests $(if $(UNIT_LLVM),$1/unit-llvm-tests)
all_c      = $(foreach s,$(PROTOCOL) $(CODEGEN) $(SERVER) $(UNIT) $(UNIT_LLVM),$1/obj/$(s:%.c=%.o))
.SECONDARY:

# --- Targets ----------------------------------------------------------------------------

.PHONY: all run test quick check sanitize lint fuzz chaos update verify oracle bench install help clean
all: $(call program,$(OUT)) ## build out/arm64ecd and its pipeline module

run: all ## set up, build, and check a real file of real size
	@tests/setup/show.sh $(OUT)/arm64ecd

test: all $(call units,$(OUT)) $(OUT)/verify-driver $(OUT)/rust-driver ## every test, plain build; ends with "N passed, N failed, N skipped"
	@LLVM=$(LLVM) tests/run.sh $(OUT)

quick: all $(call units,$(OUT)) $(OUT)/verify-driver $(OUT)/rust-driver ## of the tests those that hang on LLVM's version, for a second LLVM
	@LLVM=$(LLVM) tests/run.sh $(OUT) quick

sanitize: $(call program,$(OUT)/sanitize) $(call units,$(OUT)/sanitize) $(OUT)/sanitize/verify-driver $(OUT)/sanitize/rust-driver ## the same under ASan, UBSan and LSan
	@tests/run.sh $(OUT)/sanitize

check: all $(call all_c,$(OUT)/check-gcc) $(call all_c,$(OUT)/check-clang) ## format, layers, style, catalogue, both compilers -Werror
	@tests/check.sh $(OUT) compiled

lint: all ## the slow analysers: gcc -fanalyzer, scan-build, cppcheck, clang-tidy, shellcheck
	@LLVM=$(LLVM) tests/lint.sh $(DIALECT) -isystem $(LLVM_INCLUDE)

fuzz: $(FUZZERS:%=out/fuzz/fuzz-%) ## every fuzzer for FUZZ_SECONDS (10)
	@tests/fuzz.sh $(FUZZ_SECONDS) $^

chaos: all ## everything at once for CHAOS_SECONDS (60): then all must be as in a fresh server
	@OUT=$(OUT) tests/chaos/run.py --cut --seconds=$(CHAOS_SECONDS)

update: all ## rewrite the expectations of tests; the diff is the review
	@tests/lsp/run.py --update
	@tests/diag/run.py --update
	@tests/fixes/run.py --update
	@tests/catalogue.sh --update out

verify: all $(OUT)/verify-driver ## thunks executed in an emulator (libunicorn), against the truth table
	@LLVM=$(LLVM) OUT=$(OUT) tests/verify/run.py

oracle: all $(OUT)/verify-driver ## the thunks of real and random C against clang's objects, from the network
	@LLVM=$(LLVM) tests/oracle/run.py --full
	@tests/assembly/run.py --full && tests/ir/oracle.py --llvm && tests/edits/run.py --edits 500 && tests/cut/run.py --edits 1000 --seed 2
	@TEST_PATIENCE_S=120 tests/cut/run.py --edits 500 --corpora --workers 2
	@LLVM=$(LLVM) OUT=$(OUT) tests/verify/run.py --random 3000
	@tests/abi/run.py --seed 4 --count 10000
	@tests/arch/judge.py --full && tests/arch/quiet.py && tests/arch/fixes.py && tests/rust/gates.py && tests/rust/commits.py && tests/rust/run.py --full

bench: all ## latency and memory against clangd
	@LLVM=$(LLVM) tests/bench/run.py

install: all ## into PREFIX (/usr/local), DESTDIR is heeded
	@install -Dm755 $(OUT)/arm64ecd $(DESTDIR)$(PREFIX)/bin/arm64ecd
	@install -Dm755 $(OUT)/pipeline-$(LLVM).so $(DESTDIR)$(PREFIX)/lib/arm64ecd/pipeline-$(LLVM).so
	@cd codegen/include && find . -type f -exec install -Dm644 {} $(abspath $(DESTDIR)$(PREFIX))/lib/arm64ecd/include/{} \;
	@cd editors && for d in nvim vim; do [ ! -d $$d ] || find $$d -type f -exec \
	  install -Dm644 {} $(abspath $(DESTDIR)$(PREFIX))/share/arm64ecd/{} \; ; done
	@install -Dm644 LICENSE $(DESTDIR)$(PREFIX)/share/doc/arm64ecd/LICENSE
	@echo 'installed $(DESTDIR)$(PREFIX)/bin/arm64ecd'

help: ## this list
	@echo 'make [LLVM=22] [CC=gcc] TARGET'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 12

clean: ## remove out/, but keep fetched corpora
	@find out -mindepth 1 -maxdepth 1 ! -name corpora -exec rm -rf {} +

// Of the files that are indexed, those that a header is judged by.
#pragma once

#include "codegen/arch/index.h"
#include "protocol/base/hash.h"
#include "server/disk.h"

typedef struct ConsumerInclude {
    Str name;
    uint32_t hash; // of what stands behind its last slash
} ConsumerInclude;

typedef struct ConsumerFile {
    Str path;
    uint32_t name_hash; // of what stands behind its last slash
    Stamp stamp;
    bool is_known, is_unread;
    uint32_t generation; // of what is known
    uint64_t n_bytes;
    IndexGuard *guards; // owned, as are the next two
    IndexLink *links;
    ConsumerInclude *includes;
    uint32_t n_guards, n_links, n_includes;
    uint32_t kinds; // bits of ArchKind: of all hardware in it
} ConsumerFile;

uint32_t consumer_name_hash(Str name);

typedef struct ConsumerChoice {
    Arena *arena;
    const ConsumerFile *files;
    uint32_t n_files, n_names;
    Str header;
    const NameId *settings; // that it defines
    uint32_t n_settings;
} ConsumerChoice;

// At most CONSUMERS_OF_ONE_MAX paths: two for each macro and x86 or Arm, those that lie
// nearest; a file that makes another macro of one stands before those that ask for it.
StrSpan consumers_choose(const ConsumerChoice *choice, Hash *ret_hash);

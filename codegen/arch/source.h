// The files of a translation unit, as the walk meets them: unsaved texts first, then the
// disk. Scanned once while they stand.
//
// A file is opened only where clang would look for it: in the includer's folder and in
// the include folders of the command. A worker is confined to what may be read at all
// (server/os.h); what cannot be opened counts as absent.
#pragma once

#include "codegen/arch/scan.h"
#include "codegen/frontend/flags.h"
#include "codegen/job.h"
#include "codegen/toolchain/headers.h"

typedef enum ArchOwner {
    OWNER_PROJECT,
    OWNER_THIRD_PARTY, // found through -isystem: what it defines counts, it is not judged
    OWNER_SYSTEM,      // of the compiler or of Windows: not looked into
} ArchOwner;

typedef struct ArchFile {
    Str path;
    ArchOwner owner;
    const ArchText *scanned; // NULL: OWNER_SYSTEM
    bool is_consumer;        // the document does not include it: Job.consumers
} ArchFile;

typedef struct ArchFolder {
    Str path;
    ArchOwner owner;
    bool is_quoted_only; // -iquote
} ArchFolder;

// What one process keeps between jobs.
typedef struct ArchCache {
    Arena arena; // names and scanned files
    ArchNames names;
    Macros macros;
    struct CachedFile **slots; // by path
    uint32_t n_slots, n_files;
} ArchCache;

enum { ARCH_CACHE_BYTES_MAX = 512 * 1024 * 1024, ARCH_FILE_BYTES_MAX = 32 * 1024 * 1024 };

void arch_cache_init(ArchCache *cache);
void arch_cache_done(ArchCache *cache);
void arch_cache_settle(ArchCache *cache); // starts anew when it has grown too far

// The files of one job.
typedef struct ArchSources {
    ArchCache *cache;
    Arena *arena; // of the job
    const Job *job;
    LIST(ArchFolder) folders;
    LIST(ArchFile) files; // [0] is the document
    uint32_t *slots;      // of what was found, by includer's folder and name
    uint32_t n_slots;
    LIST(struct Found) found;
    bool is_alone; // nothing but the document is opened
} ArchSources;

void arch_sources_init(ArchSources *sources, ArchCache *cache, Arena *arena,
                       const Job *job, Str document_text, const Flags *flags,
                       const Headers *headers);

// Index of the file that #include in `includer` means, scanned; UINT32_MAX: there is none
// that can be opened.
uint32_t arch_sources_find(ArchSources *sources, uint32_t includer, Str name,
                           bool is_angled);
// The same of a file of the project, by its path.
uint32_t arch_sources_open(ArchSources *sources, Str path);

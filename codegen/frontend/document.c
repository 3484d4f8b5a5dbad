#include "codegen/frontend/document.h"

#include "codegen/assembly/dialect.h"

enum { FOLDERS_THAT_TELL = 4 }; // the file's own name counted

typedef struct Row {
    Str name;
    DocumentKind kind;
} Row;

// LSP's languageId. Those of assembly do not say whose.
static const Row languages[] = {
    {STR_INIT("c"), DOCUMENT_C},
    {STR_INIT("cpp"), DOCUMENT_C},
    {STR_INIT("objective-c"), DOCUMENT_C},
    {STR_INIT("objective-cpp"), DOCUMENT_C},
    {STR_INIT("cuda-cpp"), DOCUMENT_C},
    {STR_INIT("asm"), DOCUMENT_GNU_ASM},
    {STR_INIT("assembly"), DOCUMENT_GNU_ASM},
    {STR_INIT("gas"), DOCUMENT_GNU_ASM},
    {STR_INIT("arm"), DOCUMENT_GNU_ASM},
    {STR_INIT("arm64"), DOCUMENT_GNU_ASM},
    {STR_INIT("aarch64"), DOCUMENT_GNU_ASM},
    {STR_INIT("asm-arm64"), DOCUMENT_GNU_ASM},
    {STR_INIT("asm-arm"), DOCUMENT_GNU_ASM},
    {STR_INIT("asm-collection"), DOCUMENT_GNU_ASM},
    {STR_INIT("armasm"), DOCUMENT_ARMASM},
    {STR_INIT("armasm64"), DOCUMENT_ARMASM},
    {STR_INIT("masm"), DOCUMENT_FOREIGN_ASM},
    {STR_INIT("nasm"), DOCUMENT_FOREIGN_ASM},
    {STR_INIT("rust"), DOCUMENT_RUST},
    {STR_INIT("llvm"), DOCUMENT_IR},
    {STR_INIT("llvm-ir"), DOCUMENT_IR},
};

static const Row endings[] = {
    {STR_INIT("s"), DOCUMENT_GNU_ASM},   {STR_INIT("sx"), DOCUMENT_GNU_ASM},
    {STR_INIT("asm"), DOCUMENT_ARMASM},  {STR_INIT("ll"), DOCUMENT_IR},
    {STR_INIT("bc"), DOCUMENT_BITCODE},  {STR_INIT("rs"), DOCUMENT_RUST},
    {STR_INIT("def"), DOCUMENT_OTHER},   {STR_INIT("json"), DOCUMENT_OTHER},
    {STR_INIT("toml"), DOCUMENT_OTHER},  {STR_INIT("md"), DOCUMENT_OTHER},
    {STR_INIT("txt"), DOCUMENT_OTHER},   {STR_INIT("py"), DOCUMENT_OTHER},
    {STR_INIT("js"), DOCUMENT_OTHER},    {STR_INIT("ts"), DOCUMENT_OTHER},
    {STR_INIT("java"), DOCUMENT_OTHER},  {STR_INIT("cs"), DOCUMENT_OTHER},
    {STR_INIT("go"), DOCUMENT_OTHER},    {STR_INIT("html"), DOCUMENT_OTHER},
    {STR_INIT("xml"), DOCUMENT_OTHER},   {STR_INIT("yml"), DOCUMENT_OTHER},
    {STR_INIT("yaml"), DOCUMENT_OTHER},  {STR_INIT("sh"), DOCUMENT_OTHER},
    {STR_INIT("cmake"), DOCUMENT_OTHER},
};

static Str ending_of(Str path)
{
    size_t slash = str_find_char_last(path, '/');
    Str name = slash == path.len ? path : str_from(path, slash + 1);
    return str_from(name, str_find_char_last(name, '.') + 1);
}

static DocumentKind kind_by_path(Str path)
{
    Str ending = ending_of(path);
    for (size_t i = 0; i < COUNTOF(endings); i++)
        if (str_eq_nocase(ending, endings[i].name))
            return endings[i].kind;
    return DOCUMENT_C;
}

// TOML is only read where Cargo reads it, whatever the editor calls it.
static bool is_cargo_path(Str path)
{
    static const Str ends[] = {STR_INIT("/Cargo.toml"), STR_INIT("/Cargo.lock"),
                               STR_INIT("/.cargo/config.toml"),
                               STR_INIT("/.cargo/config")};
    for (size_t i = 0; i < COUNTOF(ends); i++)
        if (str_ends(path, ends[i]))
            return true;
    return false;
}

static bool is_some_assembly(DocumentKind kind)
{
    return kind == DOCUMENT_GNU_ASM || kind == DOCUMENT_ARMASM ||
           kind == DOCUMENT_FOREIGN_ASM;
}

static DocumentKind kind_by_name(const Job *job)
{
    if (is_cargo_path(job->path))
        return DOCUMENT_CARGO;
    if (!job->language_id.len)
        return kind_by_path(job->path);
    for (size_t i = 0; i < COUNTOF(languages); i++)
        if (str_eq(job->language_id, languages[i].name))
            return languages[i].kind;
    // "plaintext", or a name that an extension made up.
    DocumentKind by_path = kind_by_path(job->path);
    return is_some_assembly(by_path) || by_path == DOCUMENT_IR ? by_path : DOCUMENT_OTHER;
}

// "arm64", "jump_arm64_aapcs", "arm64ec", but not a folder that is called "arm64ecd".
static bool names_a64(Str name)
{
    static const Str parts[] = {STR_INIT("aarch64"), STR_INIT("arm64"),
                                STR_INIT("armv8")};
    for (size_t i = 0; i < COUNTOF(parts); i++)
        for (size_t at = 0; at + parts[i].len <= name.len; at++) {
            size_t end = at + parts[i].len;
            if (!str_eq_nocase(str_sub(name, at, end), parts[i]))
                continue;
            Str rest = str_from(name, end);
            if (rest.len >= 2 && str_eq_nocase(str_sub(rest, 0, 2), STR("ec")))
                rest = str_from(rest, 2);
            bool starts = at == 0 || !is_alpha(name.at[at - 1]);
            if (starts && (!rest.len || !is_word(rest.at[0]) || rest.at[0] == '_'))
                return true;
        }
    return false;
}

// The file or a folder close to it: those further up belong to who has checked it out.
static bool is_named_like_a64(const Job *job)
{
    Str path = job->path;
    if (names_a64(job->language_id))
        return true;
    for (int i = 0; i < FOLDERS_THAT_TELL && path.len; i++) {
        size_t slash = str_find_char_last(path, '/');
        if (names_a64(slash == path.len ? path : str_from(path, slash + 1)))
            return true;
        path = slash == path.len ? STR("") : str_sub(path, 0, slash);
    }
    return false;
}

// Files of macros have few words of any processor, and their folder says whose they are.
static AsmDialect dialect_of(const Job *job)
{
    AsmDialect dialect = asm_dialect(job->text);
    if (!is_named_like_a64(job))
        return dialect;
    if (dialect == DIALECT_A32_ARMASM)
        return DIALECT_A64_ARMASM;
    bool is_weak = dialect == DIALECT_UNKNOWN || dialect == DIALECT_A32_GNU;
    return is_weak ? DIALECT_A64_GNU : dialect;
}

static Document assembly_of(const Job *job, DocumentKind named)
{
    AsmDialect dialect = dialect_of(job);
    Document document = {DOCUMENT_FOREIGN_ASM, asm_dialect_name(dialect)};
    if (dialect == DIALECT_UNKNOWN) {
        // Data, or the first line of a new file.
        bool is_armasm = named == DOCUMENT_ARMASM;
        document.kind = named;
        document.words = named == DOCUMENT_FOREIGN_ASM ? STR("x86 assembly")
                         : is_armasm                   ? STR("armasm64 assembly")
                                                       : STR("GNU assembly");
    } else if (dialect == DIALECT_A64_GNU) {
        document.kind = DOCUMENT_GNU_ASM;
    } else if (dialect == DIALECT_A64_ARMASM) {
        document.kind = DOCUMENT_ARMASM;
    }
    return document;
}

Document document_of(const Job *job)
{
    DocumentKind kind = kind_by_name(job);
    if (is_some_assembly(kind))
        return assembly_of(job, kind);
    static const Str words[] = {
        [DOCUMENT_OTHER] = STR_INIT("a text that is not analysed"),
        [DOCUMENT_C] = STR_INIT("C or C++"),
        [DOCUMENT_RUST] = STR_INIT("Rust"),
        [DOCUMENT_CARGO] = STR_INIT("a file of Cargo's"),
        [DOCUMENT_IR] = STR_INIT("LLVM IR"),
        [DOCUMENT_BITCODE] = STR_INIT("LLVM bitcode"),
    };
    return (Document){kind, words[kind]};
}

bool document_may_be_ours(const Job *job)
{
    DocumentKind kind = kind_by_name(job);
    return kind == DOCUMENT_C || kind == DOCUMENT_RUST || kind == DOCUMENT_CARGO ||
           kind == DOCUMENT_IR || kind == DOCUMENT_BITCODE || is_some_assembly(kind);
}

bool document_is_rust(const Job *job)
{
    return kind_by_name(job) == DOCUMENT_RUST;
}

bool document_is_cargo(const Job *job)
{
    return kind_by_name(job) == DOCUMENT_CARGO;
}

bool document_is_ir(const Job *job)
{
    DocumentKind kind = kind_by_name(job);
    return kind == DOCUMENT_IR || kind == DOCUMENT_BITCODE;
}

bool document_is_bitcode(const Job *job)
{
    return kind_by_name(job) == DOCUMENT_BITCODE;
}

bool document_is_c_family(const Job *job)
{
    return kind_by_name(job) == DOCUMENT_C;
}

bool document_has_assembly(const Job *job)
{
    return is_some_assembly(kind_by_name(job));
}

bool document_is_preprocessed(const Job *job)
{
    Str ending = ending_of(job->path);
    return !str_eq(ending, STR("s"));
}

bool document_has_assembly_ending(Str path)
{
    return is_some_assembly(kind_by_path(path));
}

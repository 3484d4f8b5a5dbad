#include "codegen/rules/arch_words.h"

enum { X86_LINES_MIN = 8 };

bool arch_is_avx_type(Str word)
{
    return str_starts(word, STR("__m256")) || str_starts(word, STR("__m512"));
}

// The word of such a verdict; empty: it is another one, has a replacement of its own, or
// no error follows from it.
static Str word_of(const ArchVerdicts *verdicts, const ArchVerdict *verdict)
{
    const ArchSink *sink = verdict->first[ARCH_X86_CODE];
    if (verdict->kind != VERDICT_UNGUARDED || !sink || !verdict->n_errors)
        return STR("");
    const ArchItem *item = arch_item(verdicts->walk, sink->file, sink->item);
    if (item->kind != ITEM_TOKEN || item->is_pragma || arch_word(item->text).instead.len)
        return STR("");
    return item->text;
}

static bool is_of_kin(const ArchVerdicts *verdicts, const ArchVerdict *a,
                      const ArchVerdict *b)
{
    Str one = word_of(verdicts, a), other = word_of(verdicts, b);
    return one.len && other.len && a->file == b->file &&
           arch_is_avx_type(one) == arch_is_avx_type(other);
}

bool arch_is_x86_file(const ArchWalk *walk, uint32_t file)
{
    return walk->neutral.at[file].n_x86 >= X86_LINES_MIN;
}

static void take_kin(ArchVerdicts *verdicts, uint32_t first)
{
    ArchVerdict *verdict = verdicts->all.at[first];
    uint32_t n = first + 1;
    for (uint32_t i = n; i < verdicts->all.len; i++) {
        ArchVerdict *other = verdicts->all.at[i];
        if (!is_of_kin(verdicts, verdict, other)) {
            verdicts->all.at[n++] = other;
            continue;
        }
        verdict->n_more++;
        verdict->n_errors += other->n_errors;
        verdict->n_sinks[ARCH_X86_CODE] += other->n_sinks[ARCH_X86_CODE];
    }
    verdicts->all.len = n;
}

void arch_words_merge(ArchVerdicts *verdicts)
{
    for (uint32_t i = 0; i < verdicts->all.len; i++)
        if (word_of(verdicts, verdicts->all.at[i]).len &&
            arch_is_x86_file(verdicts->walk, verdicts->all.at[i]->file))
            take_kin(verdicts, i);
}

#include "server/unsaved.h"

#include "server/disk.h"

enum { WITHHELD_BYTES_MAX = 16 * 1024 * 1024 };

static bool has_unsaved(const Doc *doc, const Doc *other)
{
    return other != doc && other->is_dirty && !other->is_lost;
}

// By its name alone: it may be a link.
static bool includes_name(const Result *result, Str name)
{
    for (uint32_t i = 0; i < result->n_includes; i++)
        if (str_eq(disk_name_of(result_path(result, result->includes[i])), name))
            return true;
    return false;
}

bool unsaved_misses_a_header(const Result *result)
{
    for (uint32_t i = 0; i < result->n_findings; i++) {
        const RFinding *finding = &result->findings[i];
        if (finding->number == 626 ||
            (finding->source == SOURCE_CLANG &&
             str_has(result_str(result, finding->message), STR("file not found"))))
            return true;
    }
    return false;
}

static bool is_needed(const Doc *doc, const Doc *other, bool is_edit)
{
    const Result *live = &doc->result[STAGE_LIVE];
    Str name = disk_name_of(str_of(other->path));
    if (other->text.len <= UNSAVED_SMALL_BYTES || doc->wants_unsaved)
        return true;
    if (!live->block.at || doc->is_given_up || unsaved_misses_a_header(live))
        return true;
    return includes_name(live, name) || (!is_edit && str_has(doc->text, name));
}

void unsaved_put(const Documents *documents, const Doc *doc, bool is_edit, Arena *arena,
                 Job *job)
{
    LIST(Source) dirty = {0};
    const List *list = &documents->list;
    for (Link *at = list->first.next; at != &list->first; at = at->next) {
        const Doc *other = CONTAINER_OF(at, Doc, link);
        if (has_unsaved(doc, other) && is_needed(doc, other, is_edit))
            *LIST_PUSH(arena, &dirty) = (Source){str_of(other->path), other->text};
    }
    job->dirty = dirty.at;
    job->n_dirty = dirty.len;
}

static bool brings(const Job *job, Str path)
{
    for (uint32_t i = 0; i < job->n_dirty; i++)
        if (str_eq(job->dirty[i].path, path))
            return true;
    return false;
}

void unsaved_remember(const Documents *documents, Doc *doc, const Job *job)
{
    const List *list = &documents->list;
    Buf names;
    buf_init(&names, WITHHELD_BYTES_MAX);
    for (Link *at = list->first.next; at != &list->first; at = at->next) {
        const Doc *other = CONTAINER_OF(at, Doc, link);
        Str path = str_of(other->path);
        if (!has_unsaved(doc, other) || brings(job, path))
            continue;
        buf_put(&names, disk_name_of(path));
        buf_put_char(&names, '\n');
    }
    mem_free(doc->withheld);
    doc->withheld = names.len && !buf_is_over(&names) ? mem_copy(buf_str(&names)) : NULL;
    buf_done(&names);
}

bool unsaved_is_missed(Doc *doc, Str block)
{
    Result result;
    Str rest = doc->withheld ? str_of(doc->withheld) : STR(""), name;
    bool is_missed = false;
    if (!rest.len || doc->wants_unsaved ||
        result_open(block, build_id(), &result) != ERR_NONE)
        return false;
    while (!is_missed && str_take_line(&rest, &name))
        is_missed = includes_name(&result, name);
    // What it did not find may be a text that has never been saved.
    doc->wants_unsaved = is_missed || unsaved_misses_a_header(&result);
    return doc->wants_unsaved;
}

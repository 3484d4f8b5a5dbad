#include "server/document.h"

#include "codegen/full/full.h"
#include "protocol/edit.h"
#include "server/disk.h"

#include <string.h>

enum { COMPARED_BYTES_MAX = 4 * 1024 * 1024 };

void documents_init(Documents *documents)
{
    *documents = (Documents){0};
    list_init(&documents->list);
}

Doc *documents_find(Documents *documents, Str uri)
{
    for (Link *at = documents->list.first.next; at != &documents->list.first;
         at = at->next)
        if (str_eq(str_of(CONTAINER_OF(at, Doc, link)->uri), uri))
            return CONTAINER_OF(at, Doc, link);
    return NULL;
}

Doc *documents_find_path(Documents *documents, Str path)
{
    for (Link *at = documents->list.first.next; at != &documents->list.first;
         at = at->next)
        if (str_eq(str_of(CONTAINER_OF(at, Doc, link)->path), path))
            return CONTAINER_OF(at, Doc, link);
    return NULL;
}

static void text_is_new(Documents *documents, Doc *doc, int32_t version)
{
    doc->text = buf_str(&doc->bytes);
    doc->version = version;
    doc->text_generation = doc->generation = ++documents->last_generation;
}

// A text of the same size is compared, if that is quick.
static bool differs_from_disk(Str path, Str text)
{
    Stamp stamp = disk_stamp(path);
    if (stamp.kind != STAMP_FILE || stamp.n_bytes != text.len)
        return true;
    if (text.len > COMPARED_BYTES_MAX)
        return false;
    Arena arena;
    Str disk, why;
    arena_init(&arena, 2 * COMPARED_BYTES_MAX + 65536);
    bool same = disk_read(&arena, path, COMPARED_BYTES_MAX, &disk, &why) == ERR_NONE &&
                str_eq(disk, text);
    arena_done(&arena);
    return !same;
}

Doc *doc_open(Documents *documents, Str uri, Str path, Str language_id, int32_t version,
              Str text)
{
    if (text.len > DOC_BYTES_MAX || uri.len > URI_BYTES_MAX)
        return NULL;
    Doc *doc = mem_new(sizeof *doc);
    doc->uri = mem_copy(uri);
    doc->path = mem_copy(path);
    doc->language_id = mem_copy(language_id);
    list_init(&doc->parked);
    buf_init(&doc->bytes, DOC_BYTES_MAX);
    buf_splice(&doc->bytes, 0, 0, text);
    lines_init(&doc->lines, text);
    text_is_new(documents, doc, version);
    doc->is_dirty = differs_from_disk(path, text);
    list_append(&documents->list, &doc->link);
    return doc;
}

static void drop_result(Doc *doc, Stage stage)
{
    mem_free(doc->result[stage].block.at);
    doc->result[stage] = (Result){0};
    doc->result_generation[stage] = 0;
}

void doc_close(Doc *owned_doc)
{
    if (!owned_doc)
        return;
    Doc *doc = owned_doc;
    CHECK_BUG(list_is_empty(&doc->parked));
    list_remove(&doc->link);
    clock_disarm(&doc->delay);
    clock_disarm(&doc->lexical_delay);
    clock_disarm(&doc->stale);
    clock_disarm(&doc->whole_delay);
    clock_disarm(&doc->prepare_delay);
    pool_forget(doc->flight);
    pool_forget(doc->cut_flight);
    cutting_done(&doc->cutting);
    mem_free(doc->withheld);
    CHECK_BUG(!doc->full);
    mem_free(doc->semantic_sent.at);
    mem_free(doc->full_text.at);
    for (Stage stage = 0; stage < STAGE_COUNT; stage++)
        drop_result(doc, stage);
    lines_done(&doc->lines);
    buf_done(&doc->bytes);
    mem_free(doc->uri);
    mem_free(doc->path);
    mem_free(doc->language_id);
    mem_free(doc);
}

// What stands before a change that brings the whole text has no effect.
static size_t first_of(const DidChangeParams *params)
{
    size_t i = params->changes.len;
    while (i && params->changes.at[i - 1].has_range)
        i--;
    return i ? i - 1 : 0;
}

// The text as it was, before several changes of which one cannot be applied.
static void restore(Doc *doc, Str text)
{
    buf_splice(&doc->bytes, 0, doc->bytes.len, text);
    lines_done(&doc->lines);
    lines_init(&doc->lines, text);
}

Err doc_edit(Documents *documents, Doc *doc, const DidChangeParams *params,
             Encoding encoding)
{
    size_t first = first_of(params), n = params->changes.len;
    bool is_whole = n && !params->changes.at[first].has_range;
    Str before = n - first > 1 ? (Str){mem_copy(doc->text), doc->text.len} : (Str){0};
    Err err = doc->is_lost && !is_whole ? ERR_RANGE : ERR_NONE;
    for (size_t i = first; i < n && !err; i++) {
        EditSpan span;
        Str inserted;
        err = edit_read(&doc->bytes, &doc->lines, &params->changes.at[i], encoding, &span,
                        &inserted);
        if (err)
            break;
        cutting_edit(&doc->cutting, &doc->result[STAGE_LIVE],
                     i == first ? doc->result_generation[STAGE_LIVE] : 0, doc->generation,
                     doc->text, &doc->lines, span);
        edit_apply(&doc->bytes, &doc->lines, span, inserted);
        doc->text = buf_str(&doc->bytes);
    }
    if (err && before.at)
        restore(doc, before);
    mem_free(before.at);
    if (err) {
        doc->text = buf_str(&doc->bytes);
        doc_lose(documents, doc);
        return err;
    }
    text_is_new(documents, doc, params->document.version);
    doc->is_dirty = true;
    doc->is_lost = false;
    return ERR_NONE;
}

void doc_lose(Documents *documents, Doc *doc)
{
    doc->is_lost = true;
    doc->pending = false;
    clock_disarm(&doc->delay);
    doc_touch(documents, doc); // what is in flight is stale
}

bool doc_look_at_disk(Doc *doc)
{
    bool was_dirty = doc->is_dirty;
    doc->is_dirty = differs_from_disk(str_of(doc->path), doc->text);
    return doc->is_dirty != was_dirty;
}

void doc_touch(Documents *documents, Doc *doc)
{
    doc->only_edited = false;
    cutting_lose(&doc->cutting);
    doc->generation = ++documents->last_generation;
}

Err doc_keep_result(Doc *doc, Str block, uint64_t generation)
{
    Str copy = {mem_copy(block), block.len};
    Result result;
    if (result_open(copy, build_id(), &result) != ERR_NONE) {
        mem_free(copy.at);
        return ERR_FORMAT;
    }
    if (result.stage == STAGE_LIVE)
        cutting_rebase(&doc->cutting);
    drop_result(doc, result.stage);
    doc->result[result.stage] = result;
    doc->result_generation[result.stage] = generation;
    if (result.stage == STAGE_FULL) {
        mem_free(doc->full_text.at);
        doc->full_text =
            result.n_findings ? (Str){mem_copy(doc->text), doc->text.len} : (Str){0};
    }
    return ERR_NONE;
}

Err doc_keep_full(Doc *doc, Str block, Str text)
{
    bool is_same = str_eq(text, doc->text);
    Err err = doc_keep_result(doc, block, is_same ? doc->generation : UINT64_MAX);
    if (err || is_same || doc->result[STAGE_FULL].n_findings == 0)
        return err;
    mem_free(doc->full_text.at);
    doc->full_text = (Str){mem_copy(text), text.len};
    return ERR_NONE;
}

Err doc_keep_cut(Doc *doc, Str block)
{
    if (!cutting_merge(&doc->cutting, block, doc->generation, &doc->lines, doc->text,
                       &doc->result[STAGE_LIVE]))
        return ERR_FORMAT;
    doc->result_generation[STAGE_LIVE] = doc->generation;
    return ERR_NONE;
}

static const Result *fresh_from(const Doc *doc, Stage least)
{
    for (Stage stage = STAGE_FULL; stage-- > least;)
        if (doc->result_generation[stage] == doc->generation)
            return &doc->result[stage];
    return NULL;
}

const Result *doc_fresh_result(const Doc *doc)
{
    return fresh_from(doc, STAGE_LEXICAL);
}

const Result *doc_settled_result(const Doc *doc)
{
    return fresh_from(doc, STAGE_LIVE);
}

const Result *doc_truth(const Doc *doc)
{
    const Result *full = &doc->result[STAGE_FULL];
    bool has_full =
        doc->result_generation[STAGE_FULL] == doc->generation && full_has_object(full);
    return has_full ? full : doc_settled_result(doc);
}

const Result *doc_full_findings(const Doc *doc)
{
    const Result *full = &doc->result[STAGE_FULL];
    return doc->result_generation[STAGE_FULL] && full->n_findings ? full : NULL;
}

void doc_moves(const Doc *doc, Moved *ret_moved)
{
    bool is_same = doc->result_generation[STAGE_FULL] == doc->generation;
    *ret_moved = (Moved){0};
    if (!is_same)
        moved_init(ret_moved, doc->full_text, doc->text);
}

bool doc_moved(const Moved *moved, const RRange *range, RRange *ret_range)
{
    *ret_range = *range;
    return range->path != 0 || !moved->new_text.at ||
           moved_lines(moved, &ret_range->start, &ret_range->end);
}

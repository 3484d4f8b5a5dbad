// Intrusive doubly linked lists; the Link is a member of what is listed.
#pragma once

#include "protocol/base/base.h"

typedef struct Link {
    struct Link *next, *before; // next is NULL: in no list
} Link;

typedef struct List {
    Link first; // the head: first.next is the first item, first.before the last
} List;

static inline void list_init(List *list)
{
    list->first.next = list->first.before = &list->first;
}

static inline bool list_is_empty(const List *list)
{
    return list->first.next == &list->first;
}

static inline void list_insert_before(Link *at, Link *link)
{
    *link = (Link){at, at->before};
    at->before->next = link;
    at->before = link;
}

static inline void list_append(List *list, Link *link)
{
    list_insert_before(&list->first, link);
}

static inline void list_remove(Link *link)
{
    link->before->next = link->next;
    link->next->before = link->before;
    *link = (Link){0};
}

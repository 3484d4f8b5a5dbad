// What each document last published: diagnostics go out when they, or the version,
// changed.
#pragma once

#include "server/document.h"
#include "server/session.h"

// The document has a fresh Result. Of a lost one nothing is said.
void publish_document(Session *session, Doc *doc);

// The document closes or is lost: an empty list, so that nothing stale stays on the
// screen.
void publish_clear(Session *session, Doc *doc);
